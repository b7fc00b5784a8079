/* kernels_neon.c - the inner loops for arm64 with dot products. */
#if defined(__aarch64__)

#define KERNELS kernels_neon
#define LANES_HEADER "infer/integer/lanes_neon.h"
#define KERNELS_NAME "neon-dotprod"
#include "infer/integer/kernels_lanes.h"

#endif
