/* kernels_avx512_vnni.c - the inner loops for processors with AVX-512 VNNI but without VBMI. */
#if defined(__x86_64__)

#define KERNELS kernels_avx512_vnni
#define KERNELS_NAME "avx512-vnni"
#include "infer/integer/kernels_avx512.h"

/* Words of two entries are picked for the even and the odd bytes in turn, then the half that is meant. */
ALWAYS_INLINE __m512i words_look_up(const struct table *table, __m512i indices) {
    __m512i pair = _mm512_srli_epi16(indices, 1);
    __m512i low = _mm512_permutex2var_epi16(table->quarters[0], pair, table->quarters[1]);
    __m512i high = _mm512_permutex2var_epi16(table->quarters[2], pair, table->quarters[3]);
    __mmask32 is_high = _mm512_test_epi16_mask(indices, _mm512_set1_epi16(128));
    __m512i words = _mm512_mask_blend_epi16(is_high, low, high);
    __m512i shift = _mm512_slli_epi16(_mm512_and_si512(indices, _mm512_set1_epi16(1)), 3);
    return _mm512_and_si512(_mm512_srlv_epi16(words, shift), _mm512_set1_epi16(255));
}

ALWAYS_INLINE __m512i table_look_up(const struct table *table, __m512i indices) {
    __m512i even = words_look_up(table, _mm512_and_si512(indices, _mm512_set1_epi16(255)));
    __m512i odd = words_look_up(table, _mm512_srli_epi16(indices, 8));
    return _mm512_or_si512(even, _mm512_slli_epi16(odd, 8));
}

#endif
