/* table_vbmi.h - looks bytes up in a table of 256 with VBMI, for the loops of kernels_lanes.h. */
#ifndef LINCE_INFER_INTEGER_TABLE_VBMI_H
#define LINCE_INFER_INTEGER_TABLE_VBMI_H

ALWAYS_INLINE void rows_look_up(const struct table *table, ints indices[2][TILE_GROUPS_LIMIT], packed entries[2]) {
    UNROLL for (size_t r = 0; r < 2; r++) {
        __m512i bytes = _mm512_packus_epi16(_mm512_packs_epi32(indices[r][0], indices[r][1]),
                                            _mm512_packs_epi32(indices[r][2], _mm512_setzero_si512()));
        __m512i low = _mm512_permutex2var_epi8(table->quarters[0], bytes, table->quarters[1]);
        __m512i high = _mm512_permutex2var_epi8(table->quarters[2], bytes, table->quarters[3]);
        entries[r] = in_order(_mm512_mask_blend_epi8(_mm512_movepi8_mask(bytes), low, high));
    }
}

#endif
