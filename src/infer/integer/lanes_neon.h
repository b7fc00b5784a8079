/*
 * lanes_neon.h - 16 lanes in four NEON registers with dot products, for the loops of kernels_lanes.h. The functions are
 * those of lanes_avx512.h, which explains them.
 */
#ifndef LINCE_INFER_INTEGER_LANES_NEON_H
#define LINCE_INFER_INTEGER_LANES_NEON_H

#include <arm_neon.h>
#include <string.h>

#include "infer/integer/kernels.h"

enum { QUARTER = LANES / 4 };

typedef struct {
    float32x4_t quarters[4];
} floats;

typedef struct {
    int32x4_t quarters[4];
} ints;

/* How many lanes, from the first. */
typedef size_t lane_set;

ALWAYS_INLINE lane_set first_lanes(size_t count) {
    return count < LANES ? count : LANES;
}

#define EACH_QUARTER(result, expression)                                                                               \
    UNROLL for (size_t i = 0; i < 4; i++) {                                                                            \
        (result).quarters[i] = (expression);                                                                           \
    }

ALWAYS_INLINE floats load(lane_set which, const float *values) {
    float padded[LANES] = {0.0f};
    const float *from = values;
    if (which < LANES) {
        memcpy(padded, values, which * sizeof *values);
        from = padded;
    }
    floats loaded;
    EACH_QUARTER(loaded, vld1q_f32(from + i * QUARTER))
    return loaded;
}

ALWAYS_INLINE void store(float *values, lane_set which, floats stored) {
    float padded[LANES];
    float *to = which < LANES ? padded : values;
    UNROLL for (size_t i = 0; i < 4; i++) {
        vst1q_f32(to + i * QUARTER, stored.quarters[i]);
    }
    if (which < LANES) {
        memcpy(values, padded, which * sizeof *values);
    }
}

ALWAYS_INLINE floats load_over(floats other, lane_set which, const float *values) {
    float over[LANES];
    store(over, LANES, other);
    memcpy(over, values, which * sizeof *values);
    return load(LANES, over);
}

ALWAYS_INLINE ints load_ints(lane_set which, const int32_t *values) {
    int32_t padded[LANES] = {0};
    memcpy(padded, values, which * sizeof *values);
    ints loaded;
    EACH_QUARTER(loaded, vld1q_s32(padded + i * QUARTER))
    return loaded;
}

ALWAYS_INLINE void store_ints(void *values, lane_set which, ints stored) {
    memcpy(values, &stored, which * sizeof(int32_t));
}

ALWAYS_INLINE void store_bytes(uint8_t *bytes, lane_set which, ints stored) {
    uint16x8_t low = vcombine_u16(vqmovun_s32(stored.quarters[0]), vqmovun_s32(stored.quarters[1]));
    uint16x8_t high = vcombine_u16(vqmovun_s32(stored.quarters[2]), vqmovun_s32(stored.quarters[3]));
    uint8x16_t packed = vcombine_u8(vmovn_u16(low), vmovn_u16(high));
    memcpy(bytes, &packed, which);
}

ALWAYS_INLINE floats all(float value) {
    floats result;
    EACH_QUARTER(result, vdupq_n_f32(value))
    return result;
}

#define OF_TWO(name, operation)                                                                                        \
    ALWAYS_INLINE floats name(floats a, floats b) {                                                                    \
        floats result;                                                                                                 \
        EACH_QUARTER(result, operation(a.quarters[i], b.quarters[i]))                                                  \
        return result;                                                                                                 \
    }

OF_TWO(add, vaddq_f32)
OF_TWO(subtract, vsubq_f32)
OF_TWO(multiply, vmulq_f32)
OF_TWO(greater, vmaxnmq_f32)
OF_TWO(smaller, vminnmq_f32)

ALWAYS_INLINE floats multiply_add(floats a, floats b, floats c) {
    floats result;
    EACH_QUARTER(result, vfmaq_f32(c.quarters[i], a.quarters[i], b.quarters[i]))
    return result;
}

ALWAYS_INLINE floats magnitude(floats a) {
    floats result;
    EACH_QUARTER(result, vabsq_f32(a.quarters[i]))
    return result;
}

ALWAYS_INLINE floats only(lane_set which, floats a) {
    float values[LANES];
    store(values, LANES, a);
    return load(which, values);
}

ALWAYS_INLINE float greatest_lane(floats a) {
    float32x4_t first = vmaxnmq_f32(a.quarters[0], a.quarters[1]), second = vmaxnmq_f32(a.quarters[2], a.quarters[3]);
    return vmaxnmvq_f32(vmaxnmq_f32(first, second));
}

ALWAYS_INLINE float lanes_sum(floats sums) {
    float32x4_t first = vaddq_f32(sums.quarters[0], sums.quarters[2]);
    float32x4_t four = vaddq_f32(first, vaddq_f32(sums.quarters[1], sums.quarters[3]));
    float32x2_t two = vadd_f32(vget_low_f32(four), vget_high_f32(four));
    return vget_lane_f32(two, 0) + vget_lane_f32(two, 1);
}

/* 2^n by its exponent's bits. */
ALWAYS_INLINE float32x4_t power_of_two(float32x4_t n) {
    return vreinterpretq_f32_s32(vshlq_n_s32(vaddq_s32(vcvtnq_s32_f32(n), vdupq_n_s32(127)), 23));
}

ALWAYS_INLINE floats times_power_of_two(floats a, floats n) {
    floats result;
    EACH_QUARTER(result, vmulq_f32(a.quarters[i], power_of_two(n.quarters[i])))
    return result;
}

ALWAYS_INLINE ints rounded(floats a) {
    ints result;
    EACH_QUARTER(result, vcvtnq_s32_f32(a.quarters[i]))
    return result;
}

ALWAYS_INLINE floats floats_of_ints(ints a) {
    floats result;
    EACH_QUARTER(result, vcvtq_f32_s32(a.quarters[i]))
    return result;
}

ALWAYS_INLINE ints no_ints(void) {
    ints result;
    EACH_QUARTER(result, vdupq_n_s32(0))
    return result;
}

ALWAYS_INLINE ints at_least_0(ints a) {
    ints result;
    EACH_QUARTER(result, vmaxq_s32(a.quarters[i], vdupq_n_s32(0)))
    return result;
}

ALWAYS_INLINE ints join_shifted(ints a, ints b, unsigned bits) {
    ints result;
    EACH_QUARTER(result, vorrq_s32(a.quarters[i], vshlq_s32(b.quarters[i], vdupq_n_s32((int32_t)bits))))
    return result;
}

typedef struct {
    uint8x16_t quarters[4];
} packed;

ALWAYS_INLINE int16x8_t words_of(int32x4_t low, int32x4_t high) {
    return vcombine_s16(vqmovn_s32(low), vqmovn_s32(high));
}

ALWAYS_INLINE uint8x16_t bytes_around_128(ints whole) {
    int8x8_t low = vqmovn_s16(words_of(whole.quarters[0], whole.quarters[1]));
    int8x8_t high = vqmovn_s16(words_of(whole.quarters[2], whole.quarters[3]));
    return veorq_u8(vreinterpretq_u8_s8(vcombine_s8(low, high)), vdupq_n_u8(128));
}

ALWAYS_INLINE uint8x16_t bytes_from_0(ints whole) {
    return vcombine_u8(vqmovun_s16(words_of(whole.quarters[0], whole.quarters[1])),
                       vqmovun_s16(words_of(whole.quarters[2], whole.quarters[3])));
}

ALWAYS_INLINE packed pack_around_128(const ints whole[4]) {
    packed bytes;
    EACH_QUARTER(bytes, bytes_around_128(whole[i]))
    return bytes;
}

ALWAYS_INLINE packed pack(const ints whole[4]) {
    packed bytes;
    EACH_QUARTER(bytes, bytes_from_0(whole[i]))
    return bytes;
}

ALWAYS_INLINE void store_packed(uint8_t *bytes, size_t count, packed stored) {
    UNROLL for (size_t i = 0; i < 4; i++) {
        if (count >= (i + 1) * LANES) {
            vst1q_u8(bytes + i * LANES, stored.quarters[i]);
        } else if (count > i * LANES) {
            memcpy(bytes + i * LANES, &stored.quarters[i], count - i * LANES);
        }
    }
}

typedef struct {
    int8x16_t quarters[4];
} column;
typedef int8x16_t four_bytes;

ALWAYS_INLINE column load_column(const int8_t *weights) {
    column loaded;
    EACH_QUARTER(loaded, vld1q_s8(weights + i * QUARTER * DEPTH))
    return loaded;
}

/* Less 128, so that bytes are signed like the weights. */
ALWAYS_INLINE four_bytes load_four(const uint8_t *bytes) {
    return vreinterpretq_s8_u8(veorq_u8(vreinterpretq_u8_s32(vdupq_n_s32(four_at(bytes))), vdupq_n_u8(128)));
}

ALWAYS_INLINE ints add_products(ints sums, four_bytes bytes, column weights) {
    EACH_QUARTER(sums, vdotq_s32(sums.quarters[i], weights.quarters[i], bytes))
    return sums;
}

/* Adds 128 times the sums of the weights, which the bytes lack. */
ALWAYS_INLINE ints start_for(ints start, const int8_t *weights, size_t columns) {
    ints sums = no_ints();
    for (size_t k = 0; k < columns; k++) {
        sums = add_products(sums, vdupq_n_s8(1), load_column(weights + k * LANES * DEPTH));
    }
    EACH_QUARTER(start, vaddq_s32(start.quarters[i], vshlq_n_s32(sums.quarters[i], 7)))
    return start;
}

/* 24 registers of sums. */
#define TILE_ROWS(groups) 6u
#define KERNELS_ROWS 24
enum { TILE_ROWS_LIMIT = 6, TILE_GROUPS_LIMIT = 1, DEPTHWISE_PIXELS = 4 };

struct table {
    uint8x16x4_t quarters[4];
};

ALWAYS_INLINE struct table table_load(const uint8_t *bytes) {
    struct table table;
    UNROLL for (size_t i = 0; i < 4; i++) {
        table.quarters[i] = vld1q_u8_x4(bytes + i * 64);
    }
    return table;
}

ALWAYS_INLINE void rows_look_up(const struct table *table, ints indices[2][TILE_GROUPS_LIMIT], packed entries[2]) {
    UNROLL for (size_t r = 0; r < 2; r++) {
        uint8x16_t places = bytes_from_0(indices[r][0]), found = vqtbl4q_u8(table->quarters[0], places);
        UNROLL for (size_t i = 1; i < 4; i++) { /* an index outside this quarter leaves the entry as it is */
            places = vsubq_u8(places, vdupq_n_u8(64));
            found = vqtbx4q_u8(found, table->quarters[i], places);
        }
        entries[r].quarters[0] = found;
    }
}

#endif
