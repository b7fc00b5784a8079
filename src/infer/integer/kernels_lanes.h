/*
 * kernels_lanes.h - the inner loops of the integer operators over 16 lanes. Each processor's file includes it with its
 * own KERNELS, KERNELS_NAME and LANES_HEADER, which defines the lanes. TILE_SUM_HEADER: how the sums of a product are
 * computed, if not in lanes.
 */
#ifndef LINCE_INFER_INTEGER_KERNELS_LANES_H
#define LINCE_INFER_INTEGER_KERNELS_LANES_H

#include <float.h>
#include <string.h>

#include "infer/integer/kernels.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("GCC unroll 20")

/* DEPTH bytes of a row, in their order. */
ALWAYS_INLINE int32_t four_at(const uint8_t *bytes) {
    int32_t four;
    memcpy(&four, bytes, sizeof four);
    return four;
}

#include LANES_HEADER

#ifndef TILE_SUM_HEADER
#define TILE_SUM_HEADER "infer/integer/tile_sum_lanes.h"
#endif

static float greatest(const float *values, size_t count) {
    floats most = all(0.0f);
    for (size_t i = 0; i < count; i += LANES) {
        most = greater(magnitude(load(first_lanes(count - i), values + i)), most);
    }
    return greatest_lane(most);
}

ALWAYS_INLINE ints bytes_of(floats value, floats factors, floats offsets) {
    return at_least_0(rounded(smaller(multiply_add(value, factors, offsets), all(255.0f))));
}

static void to_bytes(const float *values, size_t count, float factor, float offset, uint8_t *bytes) {
    floats factors = all(factor), offsets = all(offset);
    for (size_t i = 0; i < count; i += LANES) {
        lane_set lanes = first_lanes(count - i);
        store_bytes(bytes + i, lanes, bytes_of(load(lanes, values + i), factors, offsets));
    }
}

/* Rounded to integers from -127 to 127. */
ALWAYS_INLINE ints whole_of(lane_set lanes, const float *values, floats factors) {
    return rounded(multiply(load(lanes, values), factors));
}

/* Up to 64 channels of a pixel, `count` of them present, as bytes around 128. */
ALWAYS_INLINE packed channels_to_bytes(const float *values, size_t count, floats factors) {
    ints whole[4];
    UNROLL for (size_t i = 0; i < 4; i++) {
        whole[i] =
            count > i * LANES ? whole_of(first_lanes(count - i * LANES), values + i * LANES, factors) : no_ints();
    }
    return pack_around_128(whole);
}

static void pixels_to_bytes(const float *values, size_t pixels, size_t channels, uint8_t *bytes, size_t stride,
                            float *scales) {
    size_t padded = (channels + DEPTH - 1) / DEPTH * DEPTH;
    for (size_t i = 0; i < pixels; i++) {
        float most = greatest(values, channels);
        scales[i] = most / 127.0f;
        floats factors = all(most > FLT_MIN ? 127.0f / most : 0.0f);
        size_t c = 0;
        for (; c + 4 * LANES <= channels; c += 4 * LANES) {
            store_packed(bytes + c, 4 * LANES, channels_to_bytes(values + c, 4 * LANES, factors));
        }
        if (c < padded) {
            store_packed(bytes + c, padded - c, channels_to_bytes(values + c, channels - c, factors));
        }
        values += channels;
        bytes += stride;
    }
}

ALWAYS_INLINE const int8_t *group_weights(const struct product *product, size_t group) {
    return product->weights + group * product->segment_count * product->segment_groups * LANES * DEPTH;
}

/* The initial sums of a few groups of outputs. */
ALWAYS_INLINE void starts_load(const struct product *product, size_t group, size_t groups,
                               ints starts[TILE_GROUPS_LIMIT]) {
    size_t columns = product->segment_count * product->segment_groups;
    UNROLL for (size_t g = 0; g < groups; g++) {
        size_t output = (group + g) * LANES;
        lane_set lanes = first_lanes(product->outputs - output);
        ints start = product->start == NULL ? no_ints() : load_ints(lanes, product->start + output);
        starts[g] = start_for(start, group_weights(product, group + g), columns);
    }
}

#include TILE_SUM_HEADER

/* The scale and the bias of outputs. For floats each tile loads them again, which is faster than keeping them. */
struct lane_terms {
    floats scale[TILE_GROUPS_LIMIT], bias[TILE_GROUPS_LIMIT];
    lane_set lanes[TILE_GROUPS_LIMIT];
};

ALWAYS_INLINE struct lane_terms terms_load(const struct product *product, size_t group, size_t groups) {
    struct lane_terms terms;
    UNROLL for (size_t g = 0; g < groups; g++) {
        size_t output = (group + g) * LANES;
        terms.lanes[g] = first_lanes(product->outputs - output);
        terms.scale[g] = load(terms.lanes[g], product->scale + output);
        terms.bias[g] = load(terms.lanes[g], product->bias + output);
    }
    return terms;
}

ALWAYS_INLINE floats row_scale(const struct product *product, size_t row) {
    return all(product->row_scales == NULL ? product->row_scale : product->row_scales[row]);
}

ALWAYS_INLINE floats value_of(ints sum, floats scale_of_row, const struct lane_terms *terms, size_t g) {
    floats scaled = multiply(floats_of_ints(sum), scale_of_row);
    return multiply_add(scaled, terms->scale[g], terms->bias[g]);
}

/* Whether there is a relu and a residual is constant when inlined, so that nothing is tested for each value. */
ALWAYS_INLINE void floats_tile(const struct product *product, const struct float_output *output, size_t step,
                               const ints starts[TILE_GROUPS_LIMIT], size_t row, size_t group, size_t groups, bool relu,
                               bool residual) {
    size_t tall = TILE_ROWS(groups);
    ints sums[TILE_ROWS_LIMIT][TILE_GROUPS_LIMIT];
    tile_sum(product, step, starts, row, tall, group, groups, sums);
    struct lane_terms terms = terms_load(product, group, groups);
    UNROLL for (size_t r = 0; r < tall; r++) {
        if (row + r >= product->row_count) {
            break;
        }
        UNROLL for (size_t g = 0; g < groups; g++) {
            size_t at = (row + r) * output->stride + (group + g) * LANES;
            floats value = value_of(sums[r][g], row_scale(product, row + r), &terms, g);
            value = relu ? greater(value, all(0.0f)) : value;
            if (residual) {
                value = add(value, load(terms.lanes[g], output->residual + at));
            }
            store(output->values + at, terms.lanes[g], value);
        }
    }
}

/* The table indexes for a row's sums; those below 0 mean 0. */
ALWAYS_INLINE void row_to_indices(const struct product *product, size_t row, const ints *sums,
                                  const struct lane_terms *terms, size_t groups, ints indices[TILE_GROUPS_LIMIT]) {
    UNROLL for (size_t g = 0; g < TILE_GROUPS_LIMIT; g++) {
        indices[g] = no_ints();
        if (g < groups) {
            floats value = value_of(sums[g], row_scale(product, row), terms, g);
            value = smaller(value, all(255.0f));
            indices[g] = rounded(value);
        }
    }
}

ALWAYS_INLINE void bytes_tile(const struct product *product, const struct byte_output *output, size_t step,
                              const struct table *table, const ints starts[TILE_GROUPS_LIMIT],
                              const struct lane_terms *terms, size_t row, size_t group, size_t groups) {
    size_t tall = TILE_ROWS(groups);
    ints sums[TILE_ROWS_LIMIT][TILE_GROUPS_LIMIT];
    tile_sum(product, step, starts, row, tall, group, groups, sums);
    UNROLL for (size_t r = 0; r < tall; r += 2) {
        if (row + r >= product->row_count) {
            break;
        }
        ints indices[2][TILE_GROUPS_LIMIT];
        size_t second = row + r + 1 < product->row_count ? r + 1 : r; /* if the last row is alone, it is used twice */
        row_to_indices(product, row + r, sums[r], terms, groups, indices[0]);
        row_to_indices(product, row + second, sums[r + 1], terms, groups, indices[1]);
        uint8_t *values = output->values + (row + r) * output->stride + group * LANES;
        packed entries[2];
        rows_look_up(table, indices, entries);
        store_packed(values, groups * LANES, entries[0]);
        if (second != r) {
            store_packed(values + output->stride, groups * LANES, entries[1]);
        }
    }
}

/* How many of the remaining groups are computed at once, so that none is left alone. */
ALWAYS_INLINE size_t groups_next(size_t left) {
    size_t most = TILE_GROUPS_LIMIT;
    return left == most + 1 && most > 1 ? most - 1 : left < most ? left : most;
}

ALWAYS_INLINE void floats_groups(const struct product *product, const struct float_output *output, size_t step,
                                 size_t group, size_t groups, bool relu, bool residual) {
    ints starts[TILE_GROUPS_LIMIT];
    starts_load(product, group, groups, starts);
    for (size_t row = 0; row < product->row_count; row += TILE_ROWS(groups)) {
        floats_tile(product, output, step, starts, tile_row(product, row), group, groups, relu, residual);
    }
}

ALWAYS_INLINE void floats_of(const struct product *product, const struct float_output *output, bool relu,
                             bool residual) {
    size_t count = (product->outputs + LANES - 1) / LANES, step = tiles_begin(product);
    for (size_t group = 0, groups; group < count; group += groups) {
        groups = groups_next(count - group);
        if (groups == TILE_GROUPS_LIMIT) {
            floats_groups(product, output, step, group, TILE_GROUPS_LIMIT, relu, residual);
        } else if (TILE_GROUPS_LIMIT > 2 && groups == 2) {
            floats_groups(product, output, step, group, 2, relu, residual);
        } else if (TILE_GROUPS_LIMIT > 1) {
            floats_groups(product, output, step, group, 1, relu, residual);
        }
    }
    tiles_end();
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

ALWAYS_INLINE void bytes_groups(const struct product *product, const struct byte_output *output, size_t step,
                                const struct table *table, size_t group, size_t groups) {
    ints starts[TILE_GROUPS_LIMIT];
    starts_load(product, group, groups, starts);
    struct lane_terms terms = terms_load(product, group, groups);
    for (size_t row = 0; row < product->row_count; row += TILE_ROWS(groups)) {
        bytes_tile(product, output, step, table, starts, &terms, tile_row(product, row), group, groups);
    }
}

static void product_to_bytes(const struct product *product, const struct byte_output *output) {
    struct table table = table_load(output->table);
    size_t count = (product->outputs + LANES - 1) / LANES, step = tiles_begin(product);
    for (size_t group = 0, groups; group < count; group += groups) {
        groups = groups_next(count - group);
        if (groups == TILE_GROUPS_LIMIT) {
            bytes_groups(product, output, step, &table, group, TILE_GROUPS_LIMIT);
        } else if (TILE_GROUPS_LIMIT > 2 && groups == 2) {
            bytes_groups(product, output, step, &table, group, 2);
        } else if (TILE_GROUPS_LIMIT > 1) {
            bytes_groups(product, output, step, &table, group, 1);
        }
    }
    tiles_end();
}

/*
 * `count` pixels of a depthwise row from `x` on, with every tap inside the row. All sizes, and whether all lanes are
 * present, are constant when inlined. Each value is loaded once and used for all pixels that it touches.
 */
ALWAYS_INLINE void depthwise_tile(const struct depthwise_row *row, size_t x, size_t count, size_t kernel_width,
                                  size_t stride, size_t c, lane_set lanes) {
    floats sums[DEPTHWISE_PIXELS];
    floats bias = load(lanes, row->bias + c);
    UNROLL for (size_t i = 0; i < count; i++) {
        sums[i] = bias;
    }
    for (size_t ky = 0; ky < row->kernel_height; ky++) {
        if (row->rows[ky] == NULL) {
            continue;
        }
        const float *from = row->rows[ky] + (x * stride - row->pad) * row->channels + c;
        const float *weights = row->weights + ky * kernel_width * row->channels + c;
        floats values[(DEPTHWISE_PIXELS - 1) * 2 + 7];
        UNROLL for (size_t i = 0; i < (count - 1) * stride + kernel_width; i++) {
            values[i] = load(lanes, from + i * row->channels);
        }
        UNROLL for (size_t kx = 0; kx < kernel_width; kx++) {
            floats weight = load(lanes, weights + kx * row->channels);
            UNROLL for (size_t i = 0; i < count; i++) {
                sums[i] = multiply_add(values[i * stride + kx], weight, sums[i]);
            }
        }
    }
    UNROLL for (size_t i = 0; i < count; i++) {
        store(row->out + (x + i) * row->channels + c, lanes, sums[i]);
    }
}

/* A pixel at the ends of the row, or one of a kernel without a loop of its own. */
static void depthwise_pixel(const struct depthwise_row *row, size_t x) {
    size_t start = x * row->stride, reach = row->width + row->pad; /* in padded pixels */
    size_t first = start < row->pad ? row->pad - start : 0;
    size_t last = reach < start + row->kernel_width ? reach - start : row->kernel_width;
    for (size_t c = 0; c < row->channels; c += LANES) {
        lane_set lanes = first_lanes(row->channels - c);
        floats sum = load(lanes, row->bias + c);
        for (size_t ky = 0; ky < row->kernel_height; ky++) {
            const float *from = row->rows[ky], *weights = row->weights + ky * row->kernel_width * row->channels + c;
            for (size_t kx = first; from != NULL && kx < last; kx++) {
                floats value = load(lanes, from + (start + kx - row->pad) * row->channels + c);
                sum = multiply_add(value, load(lanes, weights + kx * row->channels), sum);
            }
        }
        store(row->out + x * row->channels + c, lanes, sum);
    }
}

/* The last of a row's tiles overlaps the one before it, if the row is long enough. */
ALWAYS_INLINE void depthwise_inside(const struct depthwise_row *row, size_t first, size_t last, size_t kernel_width,
                                    size_t stride) {
    const size_t tile = DEPTHWISE_PIXELS;
    bool is_long = last - first >= tile;
    for (size_t x = first; x < last; x += is_long ? tile : 1) {
        size_t from = is_long && x + tile > last ? last - tile : x;
        size_t c = 0;
        for (; c + LANES <= row->channels && is_long; c += LANES) {
            depthwise_tile(row, from, tile, kernel_width, stride, c, first_lanes(LANES));
        }
        for (; c < row->channels; c += LANES) {
            for (size_t i = from; i < from + (is_long ? tile : 1); i++) {
                depthwise_tile(row, i, 1, kernel_width, stride, c, first_lanes(row->channels - c));
            }
        }
    }
}

static void depthwise(const struct depthwise_row *row) {
    bool is_known = (row->kernel_width == 3 && row->stride <= 2) || (row->kernel_width == 5 && row->stride == 1) ||
                    (row->kernel_width == 7 && row->stride == 1);
    size_t first = (row->pad + row->stride - 1) / row->stride;
    size_t reach = row->width + row->pad; /* the first place that no tap may read, in padded pixels */
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

/* The greater of the pixel and the one `right` floats after it. */
ALWAYS_INLINE floats greater_pixel(lane_set lanes, const float *pixel, size_t right) {
    return greater(load(lanes, pixel), load(lanes, pixel + right));
}

/*
 * `groups` groups of 16 channels of a part, `count` channels present from `c` on; the groups are constant when inlined.
 */
ALWAYS_INLINE void channels_of_row(const struct row_part *part, floats factors, floats offsets, size_t c, size_t count,
                                   size_t groups, uint8_t *bytes, size_t stride) {
    for (size_t i = 0; i < part->pixels; i++) {
        size_t at = i * part->channels + c, right = i + 1 < part->pixels ? part->channels : 0;
        ints whole[4] = {no_ints(), no_ints(), no_ints(), no_ints()};
        UNROLL for (size_t g = 0; g < groups; g++, at += LANES) {
            lane_set lanes = first_lanes(count > g * LANES ? count - g * LANES : 0);
            floats value = load(lanes, part->values + at);
            if (part->below != NULL) {
                value = greater(greater_pixel(lanes, part->values + at, right),
                                greater_pixel(lanes, part->below + at, right));
            }
            value = smaller(multiply_add(value, factors, offsets), all(255.0f));
            whole[g] = rounded(value);
        }
        packed bytes_of_pixel = pack(whole);
        for (size_t k = 0; k < part->repeat; k++, bytes += stride) {
            store_packed(bytes, count, bytes_of_pixel);
        }
    }
}

static void row_to_bytes(const struct row_part *part, float factor, float offset, uint8_t *bytes, size_t stride) {
    floats factors = all(factor), offsets = all(offset);
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
        lane_set lanes = first_lanes(count - i);
        ints pixel = no_ints();
        UNROLL for (size_t c = 0; c < 3; c++) {
            ints byte = bytes_of(load(lanes, planes[c] + i), all(factors[c]), all(offsets[c]));
            pixel = join_shifted(pixel, byte, 8 * (unsigned)c);
        }
        store_ints(pixels + 4 * i, lanes, pixel);
    }
}

/* The sums of `groups` x 16 channels in parallel, so that none waits for its own last addition. */
ALWAYS_INLINE void sum_groups(const float *values, size_t pixels, size_t channels, size_t c, size_t groups,
                              lane_set last, float *sums) {
    floats sum[4];
    UNROLL for (size_t g = 0; g < groups; g++) {
        sum[g] = load(g + 1 < groups ? first_lanes(LANES) : last, sums + c + g * LANES);
    }
    for (size_t i = 0; i < pixels; i++) {
        const float *pixel = values + i * channels + c;
        UNROLL for (size_t g = 0; g < groups; g++) {
            sum[g] = add(sum[g], load(g + 1 < groups ? first_lanes(LANES) : last, pixel + g * LANES));
        }
    }
    UNROLL for (size_t g = 0; g < groups; g++) {
        store(sums + c + g * LANES, g + 1 < groups ? first_lanes(LANES) : last, sum[g]);
    }
}

static void sum_pixels(const float *values, size_t pixels, size_t channels, float *sums) {
    size_t c = 0;
    for (; c + 4 * LANES <= channels; c += 4 * LANES) {
        sum_groups(values, pixels, channels, c, 4, first_lanes(LANES), sums);
    }
    for (; c + 2 * LANES <= channels; c += 2 * LANES) {
        sum_groups(values, pixels, channels, c, 2, first_lanes(LANES), sums);
    }
    for (; c < channels; c += LANES) {
        sum_groups(values, pixels, channels, c, 1, first_lanes(channels - c), sums);
    }
}

static void add_scaled_rows(const float *values, size_t stride, size_t rows, const float *factors, size_t count,
                            float *sums) {
    for (size_t i = 0; i < count; i += LANES) {
        lane_set lanes = first_lanes(count - i);
        floats sum = load(lanes, sums + i);
        for (size_t row = 0; row < rows; row++) {
            floats value = load(lanes, values + row * stride + i);
            sum = multiply_add(all(factors[row]), value, sum);
        }
        store(sums + i, lanes, sum);
    }
}

ALWAYS_INLINE floats power_of_e(floats x) {
    static const float series[SOFTMAX_TERMS] = SOFTMAX_SERIES;
    x = greater(x, all(SOFTMAX_LEAST));
    floats n = floats_of_ints(rounded(multiply(x, all(SOFTMAX_LOG2_E))));
    floats r = multiply_add(n, all(-SOFTMAX_LN2_HIGH), x);
    r = multiply_add(n, all(-SOFTMAX_LN2_LOW), r);
    floats power = all(series[0]);
    UNROLL for (size_t i = 1; i < SOFTMAX_TERMS; i++) {
        power = multiply_add(power, r, all(series[i]));
    }
    return times_power_of_two(power, n);
}

static void softmax(float *values, size_t count) {
    floats most = all(values[0]), sums = all(0.0f);
    for (size_t i = 0; i < count; i += LANES) {
        most = greater(load_over(most, first_lanes(count - i), values + i), most);
    }
    most = all(greatest_lane(most));
    for (size_t i = 0; i < count; i += LANES) {
        lane_set lanes = first_lanes(count - i);
        floats power = power_of_e(subtract(load(lanes, values + i), most));
        store(values + i, lanes, power);
        sums = add(sums, only(lanes, power));
    }
    floats share = all(1.0f / lanes_sum(sums));
    for (size_t i = 0; i < count; i += LANES) {
        lane_set lanes = first_lanes(count - i);
        store(values + i, lanes, multiply(load(lanes, values + i), share));
    }
}

static void multiply_pixels(const float *values, size_t pixels, size_t channels, const float *factors, float *out) {
    for (size_t i = 0; i < pixels; i++) {
        for (size_t c = 0; c < channels; c += LANES) {
            lane_set lanes = first_lanes(channels - c);
            floats product = multiply(load(lanes, values + i * channels + c), load(lanes, factors + c));
            store(out + i * channels + c, lanes, product);
        }
    }
}

const struct kernels KERNELS = {
    .name = KERNELS_NAME,
    .rows_at_once = KERNELS_ROWS,
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
