/* kernels_avx2.c - the inner loops for processors with AVX2 and FMA but without VNNI. */
#if defined(__x86_64__)

#define KERNELS kernels_avx2
#define LANES_HEADER "infer/integer/lanes_avx2.h"
#define KERNELS_NAME "avx2"
#include "infer/integer/kernels_lanes.h"

#endif
