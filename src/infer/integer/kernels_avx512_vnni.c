/* kernels_avx512_vnni.c - the inner loops for processors with AVX-512 VNNI but without VBMI. */
#if defined(__x86_64__)

#define KERNELS kernels_avx512_vnni
#define LANES_HEADER "infer/integer/lanes_avx512.h"
#define KERNELS_NAME "avx512-vnni"
#include "infer/integer/kernels_lanes.h"

/* Picks 16-bit words of two entries from the right half of the table, then one of the two. */
ALWAYS_INLINE __m512i words_look_up(const struct table *table, __m512i indices) {
    __m512i pair = _mm512_srli_epi16(indices, 1);
    __m512i low = _mm512_permutex2var_epi16(table->quarters[0], pair, table->quarters[1]);
    __m512i high = _mm512_permutex2var_epi16(table->quarters[2], pair, table->quarters[3]);
    __m512i words = _mm512_mask_blend_epi16(_mm512_test_epi16_mask(indices, _mm512_set1_epi16(128)), low, high);
    words = _mm512_mask_srli_epi16(words, _mm512_test_epi16_mask(indices, _mm512_set1_epi16(1)), words, 8);
    return _mm512_and_si512(words, _mm512_set1_epi16(255));
}

/* Looks up the third groups of both rows together. */
ALWAYS_INLINE void rows_look_up(const struct table *table, ints indices[2][TILE_GROUPS_LIMIT], packed entries[2]) {
    const __m512i third_last = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 3, 7, 11, 15, 2, 6, 10, 14);
    __m512i thirds = words_look_up(table, _mm512_packus_epi32(indices[0][2], indices[1][2]));
    __m512i first = words_look_up(table, _mm512_packus_epi32(indices[0][0], indices[0][1]));
    __m512i second = words_look_up(table, _mm512_packus_epi32(indices[1][0], indices[1][1]));
    entries[0] = in_order(_mm512_packus_epi16(first, thirds));
    entries[1] = _mm512_permutexvar_epi32(third_last, _mm512_packus_epi16(second, thirds));
}

#endif
