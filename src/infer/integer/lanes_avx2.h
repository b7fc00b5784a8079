/*
 * lanes_avx2.h - 16 lanes in two AVX2 registers with FMA, for the loops of kernels_lanes.h. The functions are those of
 * lanes_avx512.h, which explains them. LANES_DOT: the function that adds products of bytes, if the processor has one.
 */
#ifndef LINCE_INFER_INTEGER_LANES_AVX2_H
#define LINCE_INFER_INTEGER_LANES_AVX2_H

#include <immintrin.h>
#include <string.h>

#include "infer/integer/kernels.h"

enum { HALF = LANES / 2 };

typedef struct {
    __m256 low, high;
} floats;

typedef struct {
    __m256i low, high;
} ints;

/* All bits of a selected lane are set. */
typedef struct {
    size_t count;
    __m256i low, high;
} lane_set;

ALWAYS_INLINE lane_set first_lanes(size_t count) {
    count = count < LANES ? count : LANES;
    const __m256i places = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), there = _mm256_set1_epi32((int)count);
    return (lane_set){count, _mm256_cmpgt_epi32(there, places),
                      _mm256_cmpgt_epi32(there, _mm256_add_epi32(places, _mm256_set1_epi32(HALF)))};
}

ALWAYS_INLINE floats load(lane_set which, const float *values) {
    return which.count == LANES
               ? (floats){_mm256_loadu_ps(values), _mm256_loadu_ps(values + HALF)}
               : (floats){_mm256_maskload_ps(values, which.low), _mm256_maskload_ps(values + HALF, which.high)};
}

ALWAYS_INLINE floats load_over(floats other, lane_set which, const float *values) {
    floats loaded = load(which, values);
    return (floats){_mm256_blendv_ps(other.low, loaded.low, _mm256_castsi256_ps(which.low)),
                    _mm256_blendv_ps(other.high, loaded.high, _mm256_castsi256_ps(which.high))};
}

ALWAYS_INLINE ints load_ints(lane_set which, const int32_t *values) {
    return (ints){_mm256_maskload_epi32(values, which.low), _mm256_maskload_epi32(values + HALF, which.high)};
}

ALWAYS_INLINE void store(float *values, lane_set which, floats stored) {
    if (which.count == LANES) {
        _mm256_storeu_ps(values, stored.low);
        _mm256_storeu_ps(values + HALF, stored.high);
    } else {
        _mm256_maskstore_ps(values, which.low, stored.low);
        _mm256_maskstore_ps(values + HALF, which.high, stored.high);
    }
}

ALWAYS_INLINE void store_ints(void *values, lane_set which, ints stored) {
    _mm256_maskstore_epi32(values, which.low, stored.low);
    _mm256_maskstore_epi32((int *)values + HALF, which.high, stored.high);
}

ALWAYS_INLINE void store_bytes(uint8_t *bytes, lane_set which, ints stored) {
    __m256i words = _mm256_permute4x64_epi64(_mm256_packus_epi32(stored.low, stored.high), 0xd8);
    __m128i packed = _mm_packus_epi16(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1));
    if (which.count == LANES) {
        _mm_storeu_si128((__m128i *)bytes, packed);
    } else {
        memcpy(bytes, &packed, which.count);
    }
}

ALWAYS_INLINE floats all(float value) {
    return (floats){_mm256_set1_ps(value), _mm256_set1_ps(value)};
}

ALWAYS_INLINE floats add(floats a, floats b) {
    return (floats){_mm256_add_ps(a.low, b.low), _mm256_add_ps(a.high, b.high)};
}

ALWAYS_INLINE floats subtract(floats a, floats b) {
    return (floats){_mm256_sub_ps(a.low, b.low), _mm256_sub_ps(a.high, b.high)};
}

ALWAYS_INLINE floats multiply(floats a, floats b) {
    return (floats){_mm256_mul_ps(a.low, b.low), _mm256_mul_ps(a.high, b.high)};
}

ALWAYS_INLINE floats multiply_add(floats a, floats b, floats c) {
    return (floats){_mm256_fmadd_ps(a.low, b.low, c.low), _mm256_fmadd_ps(a.high, b.high, c.high)};
}

ALWAYS_INLINE floats greater(floats a, floats b) {
    return (floats){_mm256_max_ps(a.low, b.low), _mm256_max_ps(a.high, b.high)};
}

ALWAYS_INLINE floats smaller(floats a, floats b) {
    return (floats){_mm256_min_ps(a.low, b.low), _mm256_min_ps(a.high, b.high)};
}

ALWAYS_INLINE floats magnitude(floats a) {
    const __m256 sign = _mm256_set1_ps(-0.0f);
    return (floats){_mm256_andnot_ps(sign, a.low), _mm256_andnot_ps(sign, a.high)};
}

ALWAYS_INLINE floats only(lane_set which, floats a) {
    return (floats){_mm256_and_ps(_mm256_castsi256_ps(which.low), a.low),
                    _mm256_and_ps(_mm256_castsi256_ps(which.high), a.high)};
}

ALWAYS_INLINE float greatest_lane(floats a) {
    __m256 eight = _mm256_max_ps(a.low, a.high);
    __m128 four = _mm_max_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    __m128 two = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(two, _mm_movehdup_ps(two)));
}

ALWAYS_INLINE float lanes_sum(floats sums) {
    __m256 eight = _mm256_add_ps(sums.low, sums.high);
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(two) + _mm_cvtss_f32(_mm_movehdup_ps(two));
}

/* 2^n through the bits of its exponent. */
ALWAYS_INLINE __m256 power_of_two(__m256 n) {
    __m256i exponent = _mm256_add_epi32(_mm256_cvtps_epi32(n), _mm256_set1_epi32(127));
    return _mm256_castsi256_ps(_mm256_slli_epi32(exponent, 23));
}

ALWAYS_INLINE floats times_power_of_two(floats a, floats n) {
    return (floats){_mm256_mul_ps(a.low, power_of_two(n.low)), _mm256_mul_ps(a.high, power_of_two(n.high))};
}

ALWAYS_INLINE ints rounded(floats a) {
    return (ints){_mm256_cvtps_epi32(a.low), _mm256_cvtps_epi32(a.high)};
}

ALWAYS_INLINE floats floats_of_ints(ints a) {
    return (floats){_mm256_cvtepi32_ps(a.low), _mm256_cvtepi32_ps(a.high)};
}

ALWAYS_INLINE ints no_ints(void) {
    return (ints){_mm256_setzero_si256(), _mm256_setzero_si256()};
}

ALWAYS_INLINE ints at_least_0(ints a) {
    const __m256i zero = _mm256_setzero_si256();
    return (ints){_mm256_max_epi32(a.low, zero), _mm256_max_epi32(a.high, zero)};
}

ALWAYS_INLINE ints join_shifted(ints a, ints b, unsigned bits) {
    return (ints){_mm256_or_si256(a.low, _mm256_slli_epi32(b.low, (int)bits)),
                  _mm256_or_si256(a.high, _mm256_slli_epi32(b.high, (int)bits))};
}

typedef struct {
    __m256i halves[2];
} packed;

/* 16 words; packing two registers interleaves their halves, which this undoes. */
ALWAYS_INLINE __m256i words_of(ints whole) {
    return _mm256_permute4x64_epi64(_mm256_packs_epi32(whole.low, whole.high), 0xd8);
}

ALWAYS_INLINE packed pack_around_128(const ints whole[4]) {
    packed bytes;
    UNROLL for (size_t i = 0; i < 2; i++) {
        __m256i mixed = _mm256_packs_epi16(words_of(whole[2 * i]), words_of(whole[2 * i + 1]));
        bytes.halves[i] = _mm256_xor_si256(_mm256_permute4x64_epi64(mixed, 0xd8), _mm256_set1_epi8((char)0x80));
    }
    return bytes;
}

ALWAYS_INLINE packed pack(const ints whole[4]) {
    packed bytes;
    UNROLL for (size_t i = 0; i < 2; i++) {
        __m256i mixed = _mm256_packus_epi16(words_of(whole[2 * i]), words_of(whole[2 * i + 1]));
        bytes.halves[i] = _mm256_permute4x64_epi64(mixed, 0xd8);
    }
    return bytes;
}

ALWAYS_INLINE void store_packed(uint8_t *bytes, size_t count, packed stored) {
    UNROLL for (size_t i = 0; i < 2; i++) {
        size_t before = i * sizeof(__m256i);
        if (count >= before + sizeof(__m256i)) {
            _mm256_storeu_si256((__m256i *)(bytes + before), stored.halves[i]);
        } else if (count > before) {
            memcpy(bytes + before, &stored.halves[i], count - before);
        }
    }
}

#ifdef LANES_DOT
/* The processor adds four products of bytes to each sum at once. */
typedef ints column;
typedef __m256i four_bytes;

ALWAYS_INLINE column load_column(const int8_t *weights) {
    const __m256i *halves = (const __m256i *)(const void *)weights;
    return (column){_mm256_loadu_si256(halves), _mm256_loadu_si256(halves + 1)};
}

ALWAYS_INLINE four_bytes load_four(const uint8_t *bytes) {
    return _mm256_set1_epi32(four_at(bytes));
}

ALWAYS_INLINE ints add_products(ints sums, four_bytes bytes, column weights) {
    return (ints){LANES_DOT(sums.low, bytes, weights.low), LANES_DOT(sums.high, bytes, weights.high)};
}
#else
/*
 * Bytes of even and odd places apart, as 16-bit words: AVX2 adds in words, which sums of products of bytes would
 * overflow.
 */
typedef struct {
    ints even, odd;
} column;

typedef struct {
    __m256i even, odd;
} four_bytes;

ALWAYS_INLINE column load_column(const int8_t *weights) {
    const __m256i *halves = (const __m256i *)(const void *)weights;
    __m256i low = _mm256_loadu_si256(halves), high = _mm256_loadu_si256(halves + 1);
    return (column){{_mm256_srai_epi16(_mm256_slli_epi16(low, 8), 8), _mm256_srai_epi16(_mm256_slli_epi16(high, 8), 8)},
                    {_mm256_srai_epi16(low, 8), _mm256_srai_epi16(high, 8)}};
}

ALWAYS_INLINE four_bytes load_four(const uint8_t *bytes) {
    __m256i words = _mm256_set1_epi32(four_at(bytes));
    return (four_bytes){_mm256_and_si256(words, _mm256_set1_epi16(255)), _mm256_srli_epi16(words, 8)};
}

ALWAYS_INLINE __m256i add_pairs(__m256i sums, four_bytes bytes, __m256i even, __m256i odd) {
    sums = _mm256_add_epi32(sums, _mm256_madd_epi16(bytes.even, even));
    return _mm256_add_epi32(sums, _mm256_madd_epi16(bytes.odd, odd));
}

ALWAYS_INLINE ints add_products(ints sums, four_bytes bytes, column weights) {
    return (ints){add_pairs(sums.low, bytes, weights.even.low, weights.odd.low),
                  add_pairs(sums.high, bytes, weights.even.high, weights.odd.high)};
}
#endif

ALWAYS_INLINE ints start_for(ints start, const int8_t *weights, size_t columns) {
    (void)weights;
    (void)columns;
    return start;
}

/* 12 sums in registers. */
#define TILE_ROWS(groups) 6u
#define KERNELS_ROWS 24
enum { TILE_ROWS_LIMIT = 6, TILE_GROUPS_LIMIT = 1, DEPTHWISE_PIXELS = 4 };

struct table {
    const uint8_t *bytes;
};

ALWAYS_INLINE struct table table_load(const uint8_t *bytes) {
    return (struct table){bytes};
}

ALWAYS_INLINE void rows_look_up(const struct table *table, ints indices[2][TILE_GROUPS_LIMIT], packed entries[2]) {
    UNROLL for (size_t r = 0; r < 2; r++) {
        uint8_t bytes[LANES];
        store_bytes(bytes, first_lanes(LANES), at_least_0(indices[r][0]));
        UNROLL for (size_t i = 0; i < LANES; i++) {
            bytes[i] = table->bytes[bytes[i]];
        }
        entries[r].halves[0] = _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)bytes));
        entries[r].halves[1] = _mm256_setzero_si256();
    }
}

#endif
