/* kernels_amx.c - the inner loops for processors with AVX-512 VNNI, VBMI and AMX. */
#if defined(__x86_64__)

#define KERNELS kernels_amx
#define LANES_HEADER "infer/integer/lanes_avx512.h"
#define TILE_SUM_HEADER "infer/integer/tile_sum_amx.h"
#define TILE_ROWS_LIMIT 16u
#define TILE_ROWS(groups) TILE_ROWS_LIMIT
#define KERNELS_ROWS 48
#define KERNELS_NAME "avx512-amx"
#include "infer/integer/kernels_lanes.h"
#include "infer/integer/table_vbmi.h"

#endif
