/* kernels_avx512_vbmi.c - the inner loops for processors with AVX-512 VNNI and VBMI. */
#if defined(__x86_64__)

#define KERNELS kernels_avx512_vbmi
#define LANES_HEADER "infer/integer/lanes_avx512.h"
#define KERNELS_NAME "avx512-vnni-vbmi"
#include "infer/integer/kernels_lanes.h"
#include "infer/integer/table_vbmi.h"

#endif
