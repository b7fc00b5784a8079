/*
 * lanes_avx512.h - 16 lanes in one AVX-512 register with VNNI, for the loops of kernels_lanes.h. The files of the two
 * kinds of processors define rows_look_up.
 */
#ifndef LINCE_INFER_INTEGER_LANES_AVX512_H
#define LINCE_INFER_INTEGER_LANES_AVX512_H

#include <immintrin.h>
#include <string.h>

#include "infer/integer/kernels.h"

typedef __m512 floats;
typedef __m512i ints;
typedef __mmask16 lane_set;

/* The first `count` of 16 lanes, or all of them. */
ALWAYS_INLINE lane_set first_lanes(size_t count) {
    return count >= LANES ? (lane_set)0xffff : (lane_set)((1u << count) - 1);
}

ALWAYS_INLINE bool are_surely_all(lane_set which) {
    return __builtin_constant_p(which) && which == 0xffff;
}

/* Unselected lanes are 0, and nothing is read for them. */
ALWAYS_INLINE floats load(lane_set which, const float *values) {
    return are_surely_all(which) ? _mm512_loadu_ps(values) : _mm512_maskz_loadu_ps(which, values);
}

/* Unselected lanes are those of `other`. */
ALWAYS_INLINE floats load_over(floats other, lane_set which, const float *values) {
    return _mm512_mask_loadu_ps(other, which, values);
}

ALWAYS_INLINE ints load_ints(lane_set which, const int32_t *values) {
    return _mm512_maskz_loadu_epi32(which, values);
}

ALWAYS_INLINE void store(float *values, lane_set which, floats stored) {
    _mm512_mask_storeu_ps(values, which, stored);
}

ALWAYS_INLINE void store_ints(void *values, lane_set which, ints stored) {
    _mm512_mask_storeu_epi32(values, which, stored);
}

/* Integers below 256, as bytes. */
ALWAYS_INLINE void store_bytes(uint8_t *bytes, lane_set which, ints stored) {
    _mm_mask_storeu_epi8(bytes, which, _mm512_cvtepi32_epi8(stored));
}

ALWAYS_INLINE floats all(float value) {
    return _mm512_set1_ps(value);
}

ALWAYS_INLINE floats add(floats a, floats b) {
    return _mm512_add_ps(a, b);
}

ALWAYS_INLINE floats subtract(floats a, floats b) {
    return _mm512_sub_ps(a, b);
}

ALWAYS_INLINE floats multiply(floats a, floats b) {
    return _mm512_mul_ps(a, b);
}

/* a * b + c, fused. */
ALWAYS_INLINE floats multiply_add(floats a, floats b, floats c) {
    return _mm512_fmadd_ps(a, b, c);
}

/* The second if one is not a number. */
ALWAYS_INLINE floats greater(floats a, floats b) {
    return _mm512_max_ps(a, b);
}

ALWAYS_INLINE floats smaller(floats a, floats b) {
    return _mm512_min_ps(a, b);
}

ALWAYS_INLINE floats magnitude(floats a) {
    return _mm512_abs_ps(a);
}

/* 0 in the other lanes. */
ALWAYS_INLINE floats only(lane_set which, floats a) {
    return _mm512_maskz_mov_ps(which, a);
}

ALWAYS_INLINE float greatest_lane(floats a) {
    return _mm512_reduce_max_ps(a);
}

/* Adds the lanes in halves: while n are left, lane i takes lane i + n / 2. */
ALWAYS_INLINE float lanes_sum(floats sums) {
    __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(sums), _mm512_extractf32x8_ps(sums, 1));
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(two) + _mm_cvtss_f32(_mm_movehdup_ps(two));
}

/* a * 2^n, for an integer n that leaves it a normal number. */
ALWAYS_INLINE floats times_power_of_two(floats a, floats n) {
    return _mm512_scalef_ps(a, n);
}

/* Rounded half to even. Values far below all integers give a negative one. */
ALWAYS_INLINE ints rounded(floats a) {
    return _mm512_cvtps_epi32(a);
}

ALWAYS_INLINE floats floats_of_ints(ints a) {
    return _mm512_cvtepi32_ps(a);
}

ALWAYS_INLINE ints no_ints(void) {
    return _mm512_setzero_si512();
}

ALWAYS_INLINE ints at_least_0(ints a) {
    return _mm512_max_epi32(a, _mm512_setzero_si512());
}

/* a | b << bits */
ALWAYS_INLINE ints join_shifted(ints a, ints b, unsigned bits) {
    return _mm512_or_si512(a, _mm512_slli_epi32(b, bits));
}

/* 64 bytes. */
typedef __m512i packed;

/* Packing four times 16 numbers interleaves them by fours; this restores the order. */
ALWAYS_INLINE __m512i in_order(__m512i mixed) {
    return _mm512_permutexvar_epi32(_mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), mixed);
}

/* From -128 to 127, plus 128. */
ALWAYS_INLINE packed pack_around_128(const ints whole[4]) {
    __m512i bytes = _mm512_packs_epi16(_mm512_packs_epi32(whole[0], whole[1]), _mm512_packs_epi32(whole[2], whole[3]));
    return _mm512_xor_si512(in_order(bytes), _mm512_set1_epi8((char)0x80));
}

/* Negative ones as 0. */
ALWAYS_INLINE packed pack(const ints whole[4]) {
    return in_order(
        _mm512_packus_epi16(_mm512_packs_epi32(whole[0], whole[1]), _mm512_packs_epi32(whole[2], whole[3])));
}

/* The first `count` of 64. */
ALWAYS_INLINE void store_packed(uint8_t *bytes, size_t count, packed stored) {
    _mm512_mask_storeu_epi8(bytes, ~(__mmask64)0 >> (4 * LANES - count), stored);
}

/* DEPTH weights for each of 16 outputs, and DEPTH bytes of a row for all of them. */
typedef __m512i column;
typedef __m512i four_bytes;

ALWAYS_INLINE column load_column(const int8_t *weights) {
    return _mm512_loadu_si512(weights);
}

ALWAYS_INLINE four_bytes load_four(const uint8_t *bytes) {
    return _mm512_set1_epi32(four_at(bytes));
}

ALWAYS_INLINE ints add_products(ints sums, four_bytes bytes, column weights) {
    return _mm512_dpbusd_epi32(sums, bytes, weights);
}

/* The initial sums for `columns` columns of weights. */
ALWAYS_INLINE ints start_for(ints start, const int8_t *weights, size_t columns) {
    (void)weights;
    (void)columns;
    return start;
}

/*
 * How many rows are computed at once for this many groups of outputs: 24 sums in registers. Processors that keep the
 * sums elsewhere define their own.
 */
#ifndef TILE_ROWS
#define TILE_ROWS(groups) ((groups) == 3 ? 8u : 12u)
#define TILE_ROWS_LIMIT 12u
#define KERNELS_ROWS 24
#endif
enum { TILE_GROUPS_LIMIT = 3, DEPTHWISE_PIXELS = 8 };

/* The table of 256 bytes in registers. */
struct table {
    __m512i quarters[4];
};

ALWAYS_INLINE struct table table_load(const uint8_t *bytes) {
    struct table table;
    memcpy(&table, bytes, sizeof table);
    return table;
}

/* The entries for two rows of up to 48 indexes, at most 255; negative ones count as 0. */
ALWAYS_INLINE void rows_look_up(const struct table *table, ints indices[2][TILE_GROUPS_LIMIT], packed entries[2]);

#endif
