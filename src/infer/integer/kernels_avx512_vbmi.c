/* kernels_avx512_vbmi.c - the inner loops for processors with AVX-512 VNNI and VBMI. */
#if defined(__x86_64__)

#define KERNELS kernels_avx512_vbmi
#define KERNELS_NAME "avx512-vnni-vbmi"
#include "infer/integer/kernels_avx512.h"

ALWAYS_INLINE __m512i table_look_up(const struct table *table, __m512i indices) {
    __m512i low = _mm512_permutex2var_epi8(table->quarters[0], indices, table->quarters[1]);
    __m512i high = _mm512_permutex2var_epi8(table->quarters[2], indices, table->quarters[3]);
    return _mm512_mask_blend_epi8(_mm512_movepi8_mask(indices), low, high);
}

#endif
