/*
 * kernels_avx512.h - the integer operators' inner loops for AVX-512 with VNNI; each processor's file includes it with
 * its own KERNELS, NAME and, below, table_look_up.
 */
#ifndef LINCE_INFER_INTEGER_KERNELS_AVX512_H
#define LINCE_INFER_INTEGER_KERNELS_AVX512_H

#include <float.h>
#include <immintrin.h>
#include <string.h>

#include "infer/integer/kernels.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 20")

/* The table of 256 bytes in registers. */
struct table {
    __m512i quarters[4];
};

/* The first `count` of 16 lanes, or all of them. */
ALWAYS_INLINE __mmask16 first_lanes(size_t count) {
    return count >= LANES ? (__mmask16)0xffff : (__mmask16)((1u << count) - 1);
}

static float greatest(const float *values, size_t count) {
    __m512 most = _mm512_setzero_ps();
    for (size_t i = 0; i < count; i += LANES) {
        most = _mm512_max_ps(_mm512_abs_ps(_mm512_maskz_loadu_ps(first_lanes(count - i), values + i)), most);
    }
    return _mm512_reduce_max_ps(most);
}

ALWAYS_INLINE __m128i bytes_of(__m512 value, __m512 factors, __m512 offsets) {
    value = _mm512_min_ps(_mm512_fmadd_ps(value, factors, offsets), _mm512_set1_ps(255.0f));
    return _mm512_cvtepi32_epi8(_mm512_max_epi32(_mm512_cvtps_epi32(value), _mm512_setzero_si512()));
}

static void to_bytes(const float *values, size_t count, float factor, float offset, uint8_t *bytes) {
    __m512 factors = _mm512_set1_ps(factor), offsets = _mm512_set1_ps(offset);
    for (size_t i = 0; i < count; i += LANES) {
        __mmask16 lanes = first_lanes(count - i);
        __m128i whole = bytes_of(_mm512_maskz_loadu_ps(lanes, values + i), factors, offsets);
        _mm_mask_storeu_epi8(bytes + i, lanes, whole);
    }
}

/* Packing four times 16 numbers mixes them by fours; this sets them right. */
ALWAYS_INLINE __m512i in_order(__m512i packed) {
    return _mm512_permutexvar_epi32(_mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), packed);
}

/* Rounded to whole numbers from -127 to 127. */
ALWAYS_INLINE __m512i whole_of(__mmask16 lanes, const float *values, __m512 factors) {
    return _mm512_cvtps_epi32(_mm512_mul_ps(_mm512_maskz_loadu_ps(lanes, values), factors));
}

/* 64 channels of a pixel, of which `count` are there, as bytes around 128. */
ALWAYS_INLINE __m512i channels_to_bytes(const float *values, size_t count, __m512 factors) {
    __m512i whole[4];
    UNROLL for (size_t i = 0; i < 4; i++) {
        whole[i] = count > i * LANES ? whole_of(first_lanes(count - i * LANES), values + i * LANES, factors)
                                     : _mm512_setzero_si512();
    }
    __m512i bytes = _mm512_packs_epi16(_mm512_packs_epi32(whole[0], whole[1]), _mm512_packs_epi32(whole[2], whole[3]));
    return _mm512_xor_si512(in_order(bytes), _mm512_set1_epi8((char)0x80));
}

static void pixels_to_bytes(const float *values, size_t pixels, size_t channels, uint8_t *bytes, size_t stride,
                            float *scales) {
    size_t padded = (channels + DEPTH - 1) / DEPTH * DEPTH;
    for (size_t i = 0; i < pixels; i++) {
        float most = greatest(values, channels);
        scales[i] = most / 127.0f;
        __m512 factors = _mm512_set1_ps(most > FLT_MIN ? 127.0f / most : 0.0f);
        size_t c = 0;
        for (; c + 4 * LANES <= channels; c += 4 * LANES) {
            _mm512_storeu_si512(bytes + c, channels_to_bytes(values + c, 4 * LANES, factors));
        }
        if (c < padded) {
            __mmask64 written = ~(__mmask64)0 >> (4 * LANES - (padded - c));
            _mm512_mask_storeu_epi8(bytes + c, written, channels_to_bytes(values + c, channels - c, factors));
        }
        values += channels;
        bytes += stride;
    }
}

/* How many rows are computed at once when this many groups of outputs are: 24 sums in registers. */
#define TILE_ROWS(groups) ((groups) == 3 ? 8u : 12u)
enum { TILE_ROWS_LIMIT = 12, TILE_GROUPS_LIMIT = 3 };

/* The entries of two rows of up to 48 indices, which are at most 255; those below 0 are taken for 0. */
ALWAYS_INLINE void rows_look_up(const struct table *table, __m512i indices[2][TILE_GROUPS_LIMIT], __m512i entries[2]);

/* The sums of up to `tall` rows from `row` on, and `groups` of outputs from `group` on; both constant when inlined. */
ALWAYS_INLINE void tile_sum(const struct product *product, size_t row, size_t tall, size_t group, size_t groups,
                            __m512i sums[TILE_ROWS_LIMIT][TILE_GROUPS_LIMIT]) {
    const uint8_t *rows[TILE_ROWS_LIMIT];
    const int8_t *weights[TILE_GROUPS_LIMIT];
    UNROLL for (size_t r = 0; r < tall; r++) { /* rows that are missing repeat the last */
        size_t there = row + r < product->row_count ? row + r : product->row_count - 1;
        rows[r] = product->rows + there * product->row_stride;
    }
    UNROLL for (size_t g = 0; g < groups; g++) {
        size_t output = (group + g) * LANES;
        weights[g] = product->weights + output * product->segment_count * product->segment_groups * DEPTH;
        __m512i start = product->start == NULL
                            ? _mm512_setzero_si512()
                            : _mm512_maskz_loadu_epi32(first_lanes(product->outputs - output), product->start + output);
        UNROLL for (size_t r = 0; r < tall; r++) {
            sums[r][g] = start;
        }
    }
    size_t at = 0;
    for (size_t segment = 0; segment < product->segment_count; segment++) {
        for (size_t k = 0; k < product->segment_groups; k++) {
            __m512i column[TILE_GROUPS_LIMIT];
            UNROLL for (size_t g = 0; g < groups; g++) {
                column[g] = _mm512_loadu_si512(weights[g] + at);
            }
            at += LANES * DEPTH;
            UNROLL for (size_t r = 0; r < tall; r++) {
                int32_t four;
                memcpy(&four, rows[r] + k * DEPTH, sizeof four);
                __m512i bytes = _mm512_set1_epi32(four);
                UNROLL for (size_t g = 0; g < groups; g++) {
                    sums[r][g] = _mm512_dpbusd_epi32(sums[r][g], bytes, column[g]);
                }
            }
        }
        UNROLL for (size_t r = 0; r < tall; r++) {
            rows[r] += product->segment_stride;
        }
    }
}

/* The scale and the bias of a tile's outputs. */
struct lane_terms {
    __m512 scale[TILE_GROUPS_LIMIT], bias[TILE_GROUPS_LIMIT];
    __mmask16 lanes[TILE_GROUPS_LIMIT];
};

ALWAYS_INLINE struct lane_terms terms_load(const struct product *product, size_t group, size_t groups) {
    struct lane_terms terms;
    UNROLL for (size_t g = 0; g < groups; g++) {
        size_t output = (group + g) * LANES;
        terms.lanes[g] = first_lanes(product->outputs - output);
        terms.scale[g] = _mm512_maskz_loadu_ps(terms.lanes[g], product->scale + output);
        terms.bias[g] = _mm512_maskz_loadu_ps(terms.lanes[g], product->bias + output);
    }
    return terms;
}

ALWAYS_INLINE __m512 row_scale(const struct product *product, size_t row) {
    return _mm512_set1_ps(product->row_scales == NULL ? product->row_scale : product->row_scales[row]);
}

ALWAYS_INLINE __m512 value_of(__m512i sum, __m512 scale_of_row, const struct lane_terms *terms, size_t g) {
    __m512 scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(sum), scale_of_row);
    return _mm512_fmadd_ps(scaled, terms->scale[g], terms->bias[g]);
}

/* Whether there is relu and a residual is constant when inlined, so that nothing is asked for each value. */
ALWAYS_INLINE void floats_tile(const struct product *product, const struct float_output *output, size_t row,
                               size_t group, size_t groups, bool relu, bool residual) {
    size_t tall = TILE_ROWS(groups);
    __m512i sums[TILE_ROWS_LIMIT][TILE_GROUPS_LIMIT];
    tile_sum(product, row, tall, group, groups, sums);
    struct lane_terms terms = terms_load(product, group, groups);
    UNROLL for (size_t r = 0; r < tall; r++) {
        if (row + r >= product->row_count) {
            break;
        }
        UNROLL for (size_t g = 0; g < groups; g++) {
            size_t at = (row + r) * output->stride + (group + g) * LANES;
            __m512 value = value_of(sums[r][g], row_scale(product, row + r), &terms, g);
            value = relu ? _mm512_max_ps(value, _mm512_setzero_ps()) : value;
            if (residual) {
                value = _mm512_add_ps(value, _mm512_maskz_loadu_ps(terms.lanes[g], output->residual + at));
            }
            _mm512_mask_storeu_ps(output->values + at, terms.lanes[g], value);
        }
    }
}

/* The places in the table that a row's sums mean; what is below 0 means 0. */
ALWAYS_INLINE void row_to_indices(const struct product *product, size_t row, const __m512i *sums,
                                  const struct lane_terms *terms, size_t groups, __m512i indices[TILE_GROUPS_LIMIT]) {
    UNROLL for (size_t g = 0; g < TILE_GROUPS_LIMIT; g++) {
        indices[g] = _mm512_setzero_si512();
        if (g < groups) {
            __m512 value = value_of(sums[g], row_scale(product, row), terms, g);
            value = _mm512_min_ps(value, _mm512_set1_ps(255.0f));
            indices[g] = _mm512_cvtps_epi32(value);
        }
    }
}

ALWAYS_INLINE void bytes_tile(const struct product *product, const struct byte_output *output,
                              const struct table *table, size_t row, size_t group, size_t groups) {
    const __mmask64 written = ((__mmask64)1 << (groups * LANES)) - 1;
    size_t tall = TILE_ROWS(groups);
    __m512i sums[TILE_ROWS_LIMIT][TILE_GROUPS_LIMIT];
    tile_sum(product, row, tall, group, groups, sums);
    struct lane_terms terms = terms_load(product, group, groups);
    UNROLL for (size_t r = 0; r < tall; r += 2) {
        if (row + r >= product->row_count) {
            break;
        }
        __m512i indices[2][TILE_GROUPS_LIMIT], entries[2];
        size_t second = row + r + 1 < product->row_count ? r + 1 : r; /* the last row, where it is alone, twice */
        row_to_indices(product, row + r, sums[r], &terms, groups, indices[0]);
        row_to_indices(product, row + second, sums[r + 1], &terms, groups, indices[1]);
        rows_look_up(table, indices, entries);
        uint8_t *values = output->values + (row + r) * output->stride + group * LANES;
        _mm512_mask_storeu_epi8(values, written, entries[0]);
        if (second != r) {
            _mm512_mask_storeu_epi8(values + output->stride, written, entries[1]);
        }
    }
}

/* How many of the groups that are left are computed at once, so that none is left alone. */
ALWAYS_INLINE size_t groups_next(size_t left) {
    return left == 4 ? 2 : left >= 3 ? 3 : left;
}

ALWAYS_INLINE void floats_of(const struct product *product, const struct float_output *output, bool relu,
                             bool residual) {
    size_t count = (product->outputs + LANES - 1) / LANES;
    for (size_t group = 0, groups; group < count; group += groups) {
        groups = groups_next(count - group);
        for (size_t row = 0; row < product->row_count; row += TILE_ROWS(groups)) {
            if (groups == 3) {
                floats_tile(product, output, row, group, 3, relu, residual);
            } else if (groups == 2) {
                floats_tile(product, output, row, group, 2, relu, residual);
            } else {
                floats_tile(product, output, row, group, 1, relu, residual);
            }
        }
    }
}

static void product_to_floats(const struct product *product, const struct float_output *output) {
    bool residual = output->residual != NULL;
    if (output->relu && residual) {
        floats_of(product, output, true, true);
    } else if (output->relu) {
        floats_of(product, output, true, false);
    } else if (residual) {
        floats_of(product, output, false, true);
    } else {
        floats_of(product, output, false, false);
    }
}

static void product_to_bytes(const struct product *product, const struct byte_output *output) {
    struct table table;
    memcpy(&table, output->table, sizeof table);
    size_t count = (product->outputs + LANES - 1) / LANES;
    for (size_t group = 0, groups; group < count; group += groups) {
        groups = groups_next(count - group);
        for (size_t row = 0; row < product->row_count; row += TILE_ROWS(groups)) {
            if (groups == 3) {
                bytes_tile(product, output, &table, row, group, 3);
            } else if (groups == 2) {
                bytes_tile(product, output, &table, row, group, 2);
            } else {
                bytes_tile(product, output, &table, row, group, 1);
            }
        }
    }
}

ALWAYS_INLINE __m512 load(__mmask16 lanes, const float *values) {
    return lanes == 0xffff ? _mm512_loadu_ps(values) : _mm512_maskz_loadu_ps(lanes, values);
}

/*
 * `count` pixels of a depthwise row from `x` on, every tap inside the row; all sizes constant when inlined, as is
 * whether the lanes are all there. Each value is loaded once and used by all the pixels that it touches.
 */
ALWAYS_INLINE void depthwise_tile(const struct depthwise_row *row, size_t x, size_t count, size_t kernel_width,
                                  size_t stride, size_t c, __mmask16 lanes) {
    __m512 sums[8];
    __m512 bias = load(lanes, row->bias + c);
    UNROLL for (size_t i = 0; i < count; i++) {
        sums[i] = bias;
    }
    for (size_t ky = 0; ky < row->kernel_height; ky++) {
        if (row->rows[ky] == NULL) {
            continue;
        }
        const float *from = row->rows[ky] + (x * stride - row->pad) * row->channels + c;
        const float *weights = row->weights + ky * kernel_width * row->channels + c;
        __m512 values[(8 - 1) * 2 + 3];
        UNROLL for (size_t i = 0; i < (count - 1) * stride + kernel_width; i++) {
            values[i] = load(lanes, from + i * row->channels);
        }
        UNROLL for (size_t kx = 0; kx < kernel_width; kx++) {
            __m512 weight = load(lanes, weights + kx * row->channels);
            UNROLL for (size_t i = 0; i < count; i++) {
                sums[i] = _mm512_fmadd_ps(values[i * stride + kx], weight, sums[i]);
            }
        }
    }
    UNROLL for (size_t i = 0; i < count; i++) {
        _mm512_mask_storeu_ps(row->out + (x + i) * row->channels + c, lanes, sums[i]);
    }
}

/* A pixel at the row's ends, or one of a kernel without a loop of its own. */
static void depthwise_pixel(const struct depthwise_row *row, size_t x) {
    size_t start = x * row->stride, reach = row->width + row->pad; /* in padded pixels */
    size_t first = start < row->pad ? row->pad - start : 0;
    size_t last = reach < start + row->kernel_width ? reach - start : row->kernel_width;
    for (size_t c = 0; c < row->channels; c += LANES) {
        __mmask16 lanes = first_lanes(row->channels - c);
        __m512 sum = _mm512_maskz_loadu_ps(lanes, row->bias + c);
        for (size_t ky = 0; ky < row->kernel_height; ky++) {
            const float *from = row->rows[ky], *weights = row->weights + ky * row->kernel_width * row->channels + c;
            for (size_t kx = first; from != NULL && kx < last; kx++) {
                __m512 value = _mm512_maskz_loadu_ps(lanes, from + (start + kx - row->pad) * row->channels + c);
                sum = _mm512_fmadd_ps(value, _mm512_maskz_loadu_ps(lanes, weights + kx * row->channels), sum);
            }
        }
        _mm512_mask_storeu_ps(row->out + x * row->channels + c, lanes, sum);
    }
}

/* The last of a row's tiles covers pixels that the one before it has computed, if there are as many. */
ALWAYS_INLINE void depthwise_inside(const struct depthwise_row *row, size_t first, size_t last, size_t kernel_width,
                                    size_t stride) {
    for (size_t c = 0; c < row->channels; c += LANES) {
        bool is_whole = c + LANES <= row->channels && last - first >= 8;
        for (size_t x = first; x < last && is_whole; x += 8) {
            depthwise_tile(row, x + 8 <= last ? x : last - 8, 8, kernel_width, stride, c, 0xffff);
        }
        for (size_t x = first; x < last && !is_whole; x++) {
            depthwise_tile(row, x, 1, kernel_width, stride, c, first_lanes(row->channels - c));
        }
    }
}

static void depthwise(const struct depthwise_row *row) {
    bool is_known = (row->kernel_width == 3 && row->stride <= 2) || (row->kernel_width == 5 && row->stride == 1) ||
                    (row->kernel_width == 7 && row->stride == 1);
    size_t first = (row->pad + row->stride - 1) / row->stride;
    size_t reach = row->width + row->pad; /* the first place that no tap may touch, in padded pixels */
    size_t last = reach < row->kernel_width ? 0 : (reach - row->kernel_width) / row->stride + 1;
    last = last < row->out_width ? last : row->out_width;
    if (!is_known || first >= last) {
        first = last = row->out_width;
    }
    for (size_t x = 0; x < first; x++) {
        depthwise_pixel(row, x);
    }
    if (row->kernel_width == 3 && row->stride == 1) {
        depthwise_inside(row, first, last, 3, 1);
    } else if (row->kernel_width == 3) {
        depthwise_inside(row, first, last, 3, 2);
    } else if (row->kernel_width == 5) {
        depthwise_inside(row, first, last, 5, 1);
    } else if (row->kernel_width == 7) {
        depthwise_inside(row, first, last, 7, 1);
    }
    for (size_t x = last; x < row->out_width; x++) {
        depthwise_pixel(row, x);
    }
}

/* The greater of the pixel and the one `right` floats behind it. */
ALWAYS_INLINE __m512 greater_pixel(__mmask16 lanes, const float *pixel, size_t right) {
    return _mm512_max_ps(_mm512_maskz_loadu_ps(lanes, pixel), _mm512_maskz_loadu_ps(lanes, pixel + right));
}

/* `groups` of 16 channels of a part, of which `count` are there from `c` on; the groups are constant when inlined. */
ALWAYS_INLINE void channels_of_row(const struct row_part *part, __m512 factors, __m512 offsets, size_t c, size_t count,
                                   size_t groups, uint8_t *bytes, size_t stride) {
    const __mmask64 written = ~(__mmask64)0 >> (4 * LANES - count);
    for (size_t i = 0; i < part->pixels; i++) {
        size_t at = i * part->channels + c, right = i + 1 < part->pixels ? part->channels : 0;
        __m512i whole[4] = {_mm512_setzero_si512(), _mm512_setzero_si512(), _mm512_setzero_si512(),
                            _mm512_setzero_si512()};
        UNROLL for (size_t g = 0; g < groups; g++, at += LANES) {
            __mmask16 lanes = count > g * LANES ? first_lanes(count - g * LANES) : 0;
            __m512 value = _mm512_maskz_loadu_ps(lanes, part->values + at);
            if (part->below != NULL) {
                value = _mm512_max_ps(greater_pixel(lanes, part->values + at, right),
                                      greater_pixel(lanes, part->below + at, right));
            }
            value = _mm512_min_ps(_mm512_fmadd_ps(value, factors, offsets), _mm512_set1_ps(255.0f));
            whole[g] = _mm512_cvtps_epi32(value);
        }
        __m512i packed = in_order(
            _mm512_packus_epi16(_mm512_packs_epi32(whole[0], whole[1]), _mm512_packs_epi32(whole[2], whole[3])));
        for (size_t k = 0; k < part->repeat; k++, bytes += stride) {
            _mm512_mask_storeu_epi8(bytes, written, packed);
        }
    }
}

static void row_to_bytes(const struct row_part *part, float factor, float offset, uint8_t *bytes, size_t stride) {
    __m512 factors = _mm512_set1_ps(factor), offsets = _mm512_set1_ps(offset);
    for (size_t c = 0; c < part->channels; c += 4 * LANES) {
        size_t count = part->channels - c < 4 * LANES ? part->channels - c : 4 * LANES;
        if (count <= 2 * LANES) {
            channels_of_row(part, factors, offsets, c, count, 2, bytes + c, stride);
        } else {
            channels_of_row(part, factors, offsets, c, count, 4, bytes + c, stride);
        }
    }
}

static void planes_to_pixels(const float *const planes[3], size_t count, const float factors[3], const float offsets[3],
                             uint8_t *pixels) {
    for (size_t i = 0; i < count; i += LANES) {
        __mmask16 lanes = first_lanes(count - i);
        __m512i pixel = _mm512_setzero_si512();
        UNROLL for (size_t c = 0; c < 3; c++) {
            __m512 value = _mm512_fmadd_ps(_mm512_maskz_loadu_ps(lanes, planes[c] + i), _mm512_set1_ps(factors[c]),
                                           _mm512_set1_ps(offsets[c]));
            __m512i whole = _mm512_cvtps_epi32(_mm512_min_ps(value, _mm512_set1_ps(255.0f)));
            whole = _mm512_max_epi32(whole, _mm512_setzero_si512());
            pixel = _mm512_or_si512(pixel, _mm512_slli_epi32(whole, 8 * (unsigned)c));
        }
        _mm512_mask_storeu_epi32(pixels + 4 * i, lanes, pixel);
    }
}

/* The sums of `groups` x 16 channels side by side, so that none waits for its own last addition. */
ALWAYS_INLINE void sum_groups(const float *values, size_t pixels, size_t channels, size_t c, size_t groups,
                              __mmask16 last, float *sums) {
    __m512 sum[4];
    UNROLL for (size_t g = 0; g < groups; g++) {
        sum[g] = _mm512_maskz_loadu_ps(g + 1 < groups ? 0xffff : last, sums + c + g * LANES);
    }
    for (size_t i = 0; i < pixels; i++) {
        const float *pixel = values + i * channels + c;
        UNROLL for (size_t g = 0; g < groups; g++) {
            sum[g] = _mm512_add_ps(sum[g], _mm512_maskz_loadu_ps(g + 1 < groups ? 0xffff : last, pixel + g * LANES));
        }
    }
    UNROLL for (size_t g = 0; g < groups; g++) {
        _mm512_mask_storeu_ps(sums + c + g * LANES, g + 1 < groups ? 0xffff : last, sum[g]);
    }
}

static void sum_pixels(const float *values, size_t pixels, size_t channels, float *sums) {
    size_t c = 0;
    for (; c + 4 * LANES <= channels; c += 4 * LANES) {
        sum_groups(values, pixels, channels, c, 4, 0xffff, sums);
    }
    for (; c + 2 * LANES <= channels; c += 2 * LANES) {
        sum_groups(values, pixels, channels, c, 2, 0xffff, sums);
    }
    for (; c < channels; c += LANES) {
        sum_groups(values, pixels, channels, c, 1, first_lanes(channels - c), sums);
    }
}

static void add_scaled_rows(const float *values, size_t stride, size_t rows, const float *factors, size_t count,
                            float *sums) {
    for (size_t i = 0; i < count; i += LANES) {
        __mmask16 lanes = first_lanes(count - i);
        __m512 sum = _mm512_maskz_loadu_ps(lanes, sums + i);
        for (size_t row = 0; row < rows; row++) {
            __m512 value = _mm512_maskz_loadu_ps(lanes, values + row * stride + i);
            sum = _mm512_fmadd_ps(_mm512_set1_ps(factors[row]), value, sum);
        }
        _mm512_mask_storeu_ps(sums + i, lanes, sum);
    }
}

ALWAYS_INLINE __m512 power_of_e(__m512 x) {
    static const float series[SOFTMAX_TERMS] = SOFTMAX_SERIES;
    x = _mm512_max_ps(x, _mm512_set1_ps(SOFTMAX_LEAST));
    __m512 n = _mm512_cvtepi32_ps(_mm512_cvtps_epi32(_mm512_mul_ps(x, _mm512_set1_ps(SOFTMAX_LOG2_E))));
    __m512 r = _mm512_fnmadd_ps(n, _mm512_set1_ps(SOFTMAX_LN2_HIGH), x);
    r = _mm512_fnmadd_ps(n, _mm512_set1_ps(SOFTMAX_LN2_LOW), r);
    __m512 power = _mm512_set1_ps(series[0]);
    UNROLL for (size_t i = 1; i < SOFTMAX_TERMS; i++) {
        power = _mm512_fmadd_ps(power, r, _mm512_set1_ps(series[i]));
    }
    return _mm512_scalef_ps(power, n);
}

/* Adds the lanes pairwise: each and the one half of them further on. */
ALWAYS_INLINE float lanes_sum(__m512 sums) {
    __m256 eight = _mm256_add_ps(_mm512_castps512_ps256(sums), _mm512_extractf32x8_ps(sums, 1));
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(eight), _mm256_extractf128_ps(eight, 1));
    __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(two) + _mm_cvtss_f32(_mm_movehdup_ps(two));
}

static void softmax(float *values, size_t count) {
    __m512 most = _mm512_set1_ps(values[0]), sums = _mm512_setzero_ps();
    for (size_t i = 0; i < count; i += LANES) {
        most = _mm512_max_ps(_mm512_mask_loadu_ps(most, first_lanes(count - i), values + i), most);
    }
    most = _mm512_set1_ps(_mm512_reduce_max_ps(most));
    for (size_t i = 0; i < count; i += LANES) {
        __mmask16 lanes = first_lanes(count - i);
        __m512 power = power_of_e(_mm512_sub_ps(_mm512_maskz_loadu_ps(lanes, values + i), most));
        _mm512_mask_storeu_ps(values + i, lanes, power);
        sums = _mm512_mask_add_ps(sums, lanes, sums, power);
    }
    __m512 share = _mm512_set1_ps(1.0f / lanes_sum(sums));
    for (size_t i = 0; i < count; i += LANES) {
        __mmask16 lanes = first_lanes(count - i);
        _mm512_mask_storeu_ps(values + i, lanes, _mm512_mul_ps(_mm512_maskz_loadu_ps(lanes, values + i), share));
    }
}

static void multiply_pixels(const float *values, size_t pixels, size_t channels, const float *factors, float *out) {
    for (size_t i = 0; i < pixels; i++) {
        for (size_t c = 0; c < channels; c += LANES) {
            __mmask16 lanes = first_lanes(channels - c);
            __m512 product = _mm512_mul_ps(_mm512_maskz_loadu_ps(lanes, values + i * channels + c),
                                           _mm512_maskz_loadu_ps(lanes, factors + c));
            _mm512_mask_storeu_ps(out + i * channels + c, lanes, product);
        }
    }
}

const struct kernels KERNELS = {
    .name = KERNELS_NAME,
    .pixels_to_bytes = pixels_to_bytes,
    .greatest = greatest,
    .to_bytes = to_bytes,
    .product_to_floats = product_to_floats,
    .product_to_bytes = product_to_bytes,
    .depthwise = depthwise,
    .row_to_bytes = row_to_bytes,
    .planes_to_pixels = planes_to_pixels,
    .sum_pixels = sum_pixels,
    .add_scaled_rows = add_scaled_rows,
    .softmax = softmax,
    .multiply_pixels = multiply_pixels,
};

#endif
