/* kernels_avx_vnni.c - the inner loops for processors with AVX2 and AVX-VNNI, but without AVX-512. */
#if defined(__x86_64__)

#define KERNELS kernels_avx_vnni
#define LANES_HEADER "infer/integer/lanes_avx2.h"
#define KERNELS_NAME "avx-vnni"
#define LANES_DOT _mm256_dpbusd_avx_epi32
#include "infer/integer/kernels_lanes.h"

#endif
