/* test_integer_operators.c - each integer operator compared with plain loops, on random sizes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "infer/integer/attention.h"
#include "infer/integer/channels.h"
#include "infer/integer/convolution.h"
#include "infer/integer/pair.h"

enum { ROUNDS = 20, VALUES = 1 << 17, WEIGHTS = 1 << 16, CHANNELS = 200 };

static float x[VALUES], y[VALUES], wanted[VALUES], added[VALUES], planes[VALUES], floats[WEIGHTS], rows[VALUES];
static int8_t plain1[WEIGHTS], plain2[WEIGHTS], packed1[WEIGHTS], packed2[WEIGHTS];
static int32_t start[CHANNELS];
static float scale1[CHANNELS], bias1[CHANNELS], scale2[CHANNELS], bias2[CHANNELS];
static uint8_t table[256], bytes[VALUES], scratch[1 << 18] __attribute__((aligned(64)));

static uint32_t seed = 7;

static size_t random_from(size_t least, size_t most) {
    seed = seed * 1664525u + 1013904223u;
    return least + (seed >> 8) % (most - least + 1);
}

static float random_float(float most) {
    return most * ((float)random_from(0, 20000) / 10000.0f - 1.0f);
}

static void fill_vectors(void) {
    for (size_t i = 0; i < CHANNELS; i++) {
        start[i] = (int32_t)random_from(0, 20000) - 10000;
        scale1[i] = random_float(0.02f);
        bias1[i] = random_float(100.0f) + 100.0f;
        scale2[i] = random_float(0.001f);
        bias2[i] = random_float(1.0f);
    }
    for (size_t i = 0; i < 256; i++) {
        table[i] = (uint8_t)random_from(0, 255);
    }
    for (size_t i = 0; i < WEIGHTS; i++) {
        plain1[i] = (int8_t)((int)random_from(0, 254) - 127);
        plain2[i] = (int8_t)((int)random_from(0, 254) - 127);
        floats[i] = random_float(0.5f);
    }
}

static int fill(void **state) {
    (void)state;
    fill_vectors();
    for (size_t i = 0; i < VALUES; i++) {
        x[i] = random_float(2.0f);
        added[i] = random_float(1.0f);
    }
    return 0;
}

/* [depth][outputs] to [outputs / LANES][depth / DEPTH][LANES][DEPTH], missing places 0. */
static void pack(const int8_t *plain, size_t depth, size_t outputs, int8_t *packed) {
    size_t groups = round_up(depth, DEPTH) / DEPTH;
    memset(packed, 0, round_up(outputs, LANES) * groups * DEPTH);
    for (size_t k = 0; k < depth; k++) {
        for (size_t n = 0; n < outputs; n++) {
            packed[((n / LANES * groups + k / DEPTH) * LANES + n % LANES) * DEPTH + k % DEPTH] = plain[k * outputs + n];
        }
    }
}

static int32_t byte_of(float value, float greatest, float most, int32_t offset) {
    return (int32_t)rintf(value * (greatest > 0.0f ? most / greatest : 0.0f)) + offset;
}

static float greatest_of(const float *values, size_t count) {
    float greatest = 0.0f;
    for (size_t i = 0; i < count; i++) {
        greatest = fmaxf(greatest, fabsf(values[i]));
    }
    return greatest;
}

static void compare(size_t count) {
    for (size_t i = 0; i < count; i++) {
        assert_float_equal(y[i], wanted[i], 1e-4f * (1.0f + fabsf(wanted[i])));
    }
}

/* ---- pair ---------------------------------------------------------------------------------------------- */

static uint8_t hidden_at(const struct pair *pair, const float *pixel, size_t h) {
    float greatest = greatest_of(pixel, pair->inputs);
    int32_t sum = pair->start1[h];
    for (size_t c = 0; c < pair->inputs; c++) {
        sum += byte_of(pixel[c], greatest, 127.0f, 128) * plain1[c * pair->hidden + h];
    }
    float place = fmaf((float)sum * (greatest / 127.0f), pair->scale1[h], pair->bias1[h]);
    return pair->table[(size_t)rintf(fminf(fmaxf(place, 0.0f), 255.0f))];
}

static void pair_plainly(const struct pair *pair, const struct grid *grid) {
    size_t side = pair->spread, channels = pair->outputs / (side * side);
    uint8_t hidden[CHANNELS];
    for (size_t i = 0; i < grid->height * grid->width; i++) {
        const float *pixel = grid->values + i * pair->inputs;
        for (size_t h = 0; h < pair->hidden; h++) {
            hidden[h] = hidden_at(pair, pixel, h);
        }
        for (size_t n = 0; n < pair->outputs; n++) {
            int32_t sum = 0;
            for (size_t h = 0; h < pair->hidden; h++) {
                sum += hidden[h] * plain2[h * pair->outputs + n];
            }
            float value = fmaf((float)sum, pair->scale2[n], pair->bias2[n]) + (pair->is_residual ? pixel[n] : 0.0f);
            size_t row = i / grid->width * side + n / channels / side;
            size_t column = i % grid->width * side + n / channels % side;
            wanted[(row * grid->width * side + column) * channels + n % channels] = value;
        }
    }
}

static void test_a_pair(void **state) {
    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        size_t inputs = random_from(1, 100), spread = random_from(1, 3);
        struct pair pair = {inputs,
                            random_from(1, 150),
                            spread * spread * random_from(1, 5),
                            spread,
                            false,
                            packed1,
                            packed2,
                            start,
                            scale1,
                            bias1,
                            scale2,
                            bias2,
                            table};
        if (spread == 1 && random_from(0, 1) == 1) {
            pair.is_residual = true;
            pair.outputs = inputs;
        }
        struct grid grid = {x, random_from(1, 10), random_from(1, 20), inputs};
        pack(plain1, inputs, pair.hidden, packed1);
        pack(plain2, pair.hidden, pair.outputs, packed2);
        assert_true(pair_scratch_bytes(&pair, kernels_best()) <= sizeof scratch);
        size_t pixels = grid.height * grid.width, border = random_from(0, pixels);
        pair_pixels(&pair, kernels_best(), &grid, 0, border, y, scratch);
        pair_pixels(&pair, kernels_best(), &grid, border, pixels, y, scratch);
        pair_plainly(&pair, &grid);
        compare(pixels * pair.outputs);
    }
}

/* ---- convolutions -------------------------------------------------------------------------------------- */

static struct convolution random_convolution(size_t side_limit) {
    struct convolution convolution = {
        .outputs = random_from(1, 40),
        .activation = (enum activation[]){ACTIVATION_NONE, ACTIVATION_RELU, ACTIVATION_SWISH}[random_from(0, 2)],
        .weights = packed1,
        .start = start,
        .scale = scale2,
        .bias = bias2,
    };
    struct window *window = &convolution.window;
    *window = (struct window){random_from(1, side_limit), random_from(1, side_limit), 1, 1, 0, 0, 0, 0};
    if (!convolution_is_pointwise(&convolution)) {
        window->stride_y = random_from(1, 2);
        window->stride_x = random_from(1, 2);
        window->top = random_from(0, 1);
        window->left = random_from(0, 1);
        window->bottom = random_from(0, 1);
        window->right = random_from(0, 1);
    }
    return convolution;
}

static float activated(const struct convolution *convolution, float value) {
    return convolution->activation == ACTIVATION_RELU    ? fmaxf(value, 0.0f)
           : convolution->activation == ACTIVATION_SWISH ? value / (1.0f + expf(-value))
                                                         : value;
}

/* The byte that a convolution sees of a channel, beyond the grid's sides too. */
typedef int32_t (*byte_at)(const struct convolution *convolution, const struct grid *grid, ptrdiff_t row,
                           ptrdiff_t column, size_t channel);

static void windows_plainly(const struct convolution *convolution, const struct grid *grid, byte_at byte,
                            const float *steps) {
    const struct window *window = &convolution->window;
    size_t out_rows = window_rows(window, grid->height), out_columns = window_columns(window, grid->width);
    for (size_t i = 0; i < out_rows * out_columns * convolution->outputs; i++) {
        size_t n = i % convolution->outputs, place = i / convolution->outputs, k = 0;
        int32_t sum = convolution->start[n];
        for (size_t ky = 0; ky < window->kernel_height; ky++) {
            for (size_t kx = 0; kx < window->kernel_width; kx++) {
                ptrdiff_t row = (ptrdiff_t)(place / out_columns * window->stride_y + ky) - (ptrdiff_t)window->top;
                ptrdiff_t column = (ptrdiff_t)(place % out_columns * window->stride_x + kx) - (ptrdiff_t)window->left;
                for (size_t c = 0; c < grid->channels; c++, k++) {
                    sum += byte(convolution, grid, row, column, c) * plain1[k * convolution->outputs + n];
                }
            }
        }
        float value = (float)sum * steps[convolution_is_pointwise(convolution) ? place : 0];
        wanted[i] = activated(convolution, fmaf(value, convolution->scale[n], convolution->bias[n]));
    }
}

static bool is_inside(const struct grid *grid, ptrdiff_t row, ptrdiff_t column) {
    return row >= 0 && column >= 0 && (size_t)row < grid->height && (size_t)column < grid->width;
}

static int32_t byte_of_grid(const struct convolution *convolution, const struct grid *grid, ptrdiff_t row,
                            ptrdiff_t column, size_t channel) {
    int32_t offset = convolution->is_positive ? 0 : 128;
    if (!is_inside(grid, row, column)) {
        return offset;
    }
    const float *pixel = grid->values + ((size_t)row * grid->width + (size_t)column) * grid->channels;
    if (convolution_is_pointwise(convolution)) {
        return byte_of(pixel[channel], greatest_of(pixel, grid->channels), 127.0f, 128);
    }
    float greatest = greatest_of(grid->values, grid->height * grid->width * grid->channels);
    return byte_of(pixel[channel], greatest, convolution->is_positive ? 255.0f : 127.0f, offset);
}

static void test_a_pointwise_convolution(void **state) {
    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        struct convolution convolution = random_convolution(1);
        struct grid grid = {x, random_from(1, 10), random_from(1, 20), random_from(1, 100)};
        size_t pixels = grid.height * grid.width, border = random_from(0, pixels);
        float steps[200];
        for (size_t i = 0; i < pixels; i++) {
            steps[i] = greatest_of(x + i * grid.channels, grid.channels) / 127.0f;
        }
        pack(plain1, grid.channels, convolution.outputs, packed1);
        convolution_pixels(&convolution, kernels_best(), &grid, 0, border, y, scratch);
        convolution_pixels(&convolution, kernels_best(), &grid, border, pixels, y, scratch);
        windows_plainly(&convolution, &grid, byte_of_grid, steps);
        compare(pixels * convolution.outputs);
    }
}

/* No half steps, whose rounding the order of two operations decides; the greatest is what a byte can hold. */
static void fill_for_bytes(float *values, size_t count, bool is_positive) {
    for (size_t i = 0; i < count; i++) {
        values[i] = fabsf(rintf(random_float(100.0f))) * (is_positive || i % 2 == 0 ? 1.0f : -1.0f);
    }
    values[0] = is_positive ? 255.0f : 127.0f;
}

/* Up to three grids in `x`, each a whole part of the first, with whole groups of channels together. */
static struct joined random_joined(bool is_positive) {
    struct joined joined = {.count = random_from(1, 3), .is_pooled = is_positive && random_from(0, 1) == 1};
    size_t height = 2 * random_from(2, 4), width = 2 * random_from(2, 6), channels = 0, at = 0;
    for (size_t i = 0; i < joined.count; i++) {
        size_t factor = i == 0 ? 1 : random_from(1, 2), own = random_from(1, 8);
        own += i + 1 == joined.count ? (DEPTH - (channels + own) % DEPTH) % DEPTH : 0;
        joined.grids[i] = (struct grid){x + at, height / factor, width / factor, own};
        channels += own;
        at += height * width * own;
    }
    for (size_t i = 0; i < joined.count; i++) {
        const struct grid *grid = &joined.grids[i];
        fill_for_bytes(grid->values, grid->height * grid->width * grid->channels, is_positive);
    }
    assert_true(joined_measure(&joined));
    assert_int_equal(joined.channels, channels);
    return joined;
}

static float pixel_of(const struct grid *grid, size_t row, size_t column, size_t channel) {
    row = row < grid->height ? row : grid->height - 1;
    column = column < grid->width ? column : grid->width - 1;
    return grid->values[(row * grid->width + column) * grid->channels + channel];
}

static float joined_value(const struct joined *joined, size_t i, size_t row, size_t column, size_t channel) {
    const struct grid *grid = &joined->grids[i];
    size_t factor = joined->height / grid->height;
    row /= factor, column /= factor;
    float value = pixel_of(grid, row, column, channel);
    for (size_t k = 1; k < 4 && i == 0 && joined->is_pooled; k++) {
        value = fmaxf(value, pixel_of(grid, row + k / 2, column + k % 2, channel));
    }
    return value;
}

/* The joined grids as one, in `planes`. */
static struct grid joined_plainly(const struct joined *joined) {
    float *to = planes;
    for (size_t pixel = 0; pixel < joined->height * joined->width; pixel++) {
        for (size_t i = 0; i < joined->count; i++) {
            for (size_t c = 0; c < joined->grids[i].channels; c++) {
                *to++ = joined_value(joined, i, pixel / joined->width, pixel % joined->width, c);
            }
        }
    }
    return (struct grid){planes, joined->height, joined->width, joined->channels};
}

static void test_a_wide_convolution(void **state) {
    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        struct convolution convolution = random_convolution(3);
        convolution.is_positive = random_from(0, 1) == 1;
        struct joined joined = random_joined(convolution.is_positive);
        struct grid grid = joined_plainly(&joined);
        convolution.window.kernel_width = convolution.window.kernel_width == 1 ? 2 : convolution.window.kernel_width;
        pack(plain1, convolution.window.kernel_height * convolution.window.kernel_width * grid.channels,
             convolution.outputs, packed1);
        struct byte_grid seen = byte_grid_for(&convolution, grid.height, grid.width, grid.channels);
        size_t border = random_from(0, seen.height), out_rows = window_rows(&convolution.window, grid.height);
        float greatest = fmaxf(joined_greatest(&joined, kernels_best(), 0, grid.height / 2 + 1),
                               joined_greatest(&joined, kernels_best(), grid.height / 2 + 1, grid.height));
        seen.bytes = bytes;
        seen.step = convolution_step(&convolution, greatest);
        assert_float_equal(seen.step, 1.0f, 0.0f);
        byte_grid_fill(&convolution, kernels_best(), &joined, greatest, border, seen.height, &seen);
        byte_grid_fill(&convolution, kernels_best(), &joined, greatest, 0, border, &seen);
        border = random_from(0, out_rows);
        convolution_rows(&convolution, kernels_best(), &seen, 0, border, y);
        convolution_rows(&convolution, kernels_best(), &seen, border, out_rows, y);
        windows_plainly(&convolution, &grid, byte_of_grid, &seen.step);
        compare(out_rows * window_columns(&convolution.window, grid.width) * convolution.outputs);
    }
}

static void test_grids_that_do_not_fit_are_not_joined(void **state) {
    (void)state;
    struct joined joined = {{{x, 4, 6, 3}, {x, 3, 6, 1}}, 2, .is_pooled = false};
    assert_false(joined_measure(&joined));
    joined.grids[1] = (struct grid){x, 2, 6, 1};
    assert_false(joined_measure(&joined));
    joined.grids[1] = (struct grid){x, 2, 3, 1};
    assert_true(joined_measure(&joined));
    joined.grids[1] = (struct grid){x, 8, 12, 1};
    assert_true(joined_measure(&joined));
    joined.is_pooled = true; /* and enlarged */
    assert_false(joined_measure(&joined));
}

static const struct pixel_terms TERMS = {{58.4f, 57.1f, 57.4f}, {123.7f, 116.3f, 103.5f}};

static int32_t byte_of_planes(const struct convolution *convolution, const struct grid *grid, ptrdiff_t row,
                              ptrdiff_t column, size_t channel) {
    (void)convolution;
    size_t plane = grid->height * grid->width;
    float value = is_inside(grid, row, column)
                      ? planes[channel * plane + (size_t)row * grid->width + (size_t)column] * TERMS.factors[channel]
                      : 0.0f;
    return (int32_t)rintf(fminf(fmaxf(value + TERMS.offsets[channel], 0.0f), 255.0f));
}

/* Weights for pixels of four bytes, from those for three: plain1 to packed1. */
static void pack_for_pixels(const struct convolution *convolution) {
    size_t taps = convolution->window.kernel_height * convolution->window.kernel_width;
    memset(plain2, 0, taps * DEPTH * convolution->outputs);
    for (size_t tap = 0; tap < taps; tap++) {
        memcpy(plain2 + tap * DEPTH * convolution->outputs, plain1 + tap * 3 * convolution->outputs,
               3 * convolution->outputs);
    }
    pack(plain2, taps * DEPTH, convolution->outputs, packed1);
}

static void test_a_stem(void **state) {
    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        struct convolution convolution = random_convolution(3);
        struct grid grid = {NULL, random_from(3, 8), random_from(3, 12), 3};
        size_t plane = grid.height * grid.width;
        convolution.window.kernel_width = 3;
        for (size_t i = 0; i < 3 * plane; i++) { /* as bytes that were normalised */
            planes[i] = ((float)random_from(0, 255) - TERMS.offsets[i / plane]) / TERMS.factors[i / plane];
        }
        pack_for_pixels(&convolution);
        struct byte_grid seen = byte_grid_for(&convolution, grid.height, grid.width, 3);
        seen.bytes = bytes;
        seen.step = 1.0f;
        byte_grid_fill_planes(&convolution, kernels_best(), planes, grid.height, grid.width, &TERMS, 0, seen.height,
                              &seen);
        size_t out_rows = window_rows(&convolution.window, grid.height);
        convolution_rows(&convolution, kernels_best(), &seen, 0, out_rows, y);
        windows_plainly(&convolution, &grid, byte_of_planes, &seen.step);
        compare(out_rows * window_columns(&convolution.window, grid.width) * convolution.outputs);
    }
    fill_vectors();
}

/* ---- channels ------------------------------------------------------------------------------------------ */

static void depthwise_plainly(const struct depthwise *depthwise, const struct grid *grid) {
    const struct window *window = &depthwise->window;
    size_t out_columns = window_columns(window, grid->width);
    for (size_t i = 0; i < window_rows(window, grid->height) * out_columns * grid->channels; i++) {
        size_t c = i % grid->channels, place = i / grid->channels;
        float sum = depthwise->bias[c];
        for (size_t tap = 0; tap < window->kernel_height * window->kernel_width; tap++) {
            size_t row = place / out_columns * window->stride_y + tap / window->kernel_width - window->top;
            size_t column = place % out_columns * window->stride_x + tap % window->kernel_width - window->left;
            if (row < grid->height && column < grid->width) {
                sum += x[(row * grid->width + column) * grid->channels + c] * floats[tap * grid->channels + c];
            }
        }
        wanted[i] = depthwise->activation == ACTIVATION_SWISH ? sum / (1.0f + expf(-sum)) : sum;
    }
}

static void test_a_depthwise_convolution(void **state) {
    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        size_t side = 1 + 2 * random_from(0, 3);
        struct depthwise depthwise = {
            .window = {side, side, random_from(1, 2), random_from(1, 2), side / 2, side / 2, side / 2, side / 2},
            .activation = random_from(0, 1) == 0 ? ACTIVATION_NONE : ACTIVATION_SWISH,
            .weights = floats,
            .bias = bias2,
        };
        struct grid grid = {x, random_from(1, 12), random_from(1, 20), random_from(1, 100)};
        size_t out_rows = window_rows(&depthwise.window, grid.height), border = random_from(0, out_rows);
        depthwise_rows(&depthwise, kernels_best(), &grid, 0, border, y);
        depthwise_rows(&depthwise, kernels_best(), &grid, border, out_rows, y);
        depthwise_plainly(&depthwise, &grid);
        compare(out_rows * window_columns(&depthwise.window, grid.width) * grid.channels);
    }
}

static float layer_at(const float *inputs, size_t count, const float *weights, const float *bias, size_t outputs,
                      size_t n) {
    double sum = bias[n];
    for (size_t i = 0; i < count; i++) {
        sum += (double)inputs[i] * weights[i * outputs + n];
    }
    return (float)sum;
}

static void test_a_gate(void **state) {
    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        struct grid grid = {x, random_from(1, 12), random_from(1, 20), random_from(1, 100)};
        struct gate gate = {random_from(1, 30),      floats, bias2, floats + 5000, scale2, 0.2f, 0.5f,
                            (float)random_from(0, 1)};
        size_t pixels = grid.height * grid.width, border = random_from(0, grid.height);
        float means[100] = {0}, middle[30] = {0}, factors[100], seen_middle[30], wanted_factor;
        for (size_t c = 0; c < grid.channels; c++) {
            double sum = 0.0;
            for (size_t i = 0; i < pixels; i++) {
                sum += x[i * grid.channels + c];
            }
            means[c] = (float)(sum / (double)pixels);
        }
        for (size_t m = 0; m < gate.middle; m++) {
            middle[m] = fmaxf(layer_at(means, grid.channels, gate.weights1, gate.bias1, gate.middle, m), 0.0f);
        }
        channels_gate_sums(kernels_best(), &grid, 0, border, rows);
        channels_gate_sums(kernels_best(), &grid, border, grid.height, rows);
        gate_factors(&gate, kernels_best(), &grid, rows, seen_middle, factors);
        for (size_t c = 0; c < grid.channels; c++) {
            wanted_factor = layer_at(middle, gate.middle, gate.weights2, gate.bias2, grid.channels, c);
            wanted_factor = fminf(fmaxf(gate.alpha * wanted_factor + gate.beta, 0.0f), 1.0f) + gate.add;
            assert_float_equal(factors[c], wanted_factor, 1e-4f);
        }
    }
}

/* What pixel `i` finds in channel `c` of the head: the values, weighted by how alike query and keys are. */
static float found_plainly(const struct attention *attention, const struct grid *grid, size_t head, size_t i,
                           size_t c) {
    size_t width = attention->heads * attention->size, at = head * attention->size;
    const float *query = grid->values + i * grid->channels + at;
    double sum = 0.0, powers = 0.0;
    for (size_t k = 0; k < grid->width; k++) {
        const float *pixel = grid->values + k * grid->channels + at;
        double product = 0.0;
        for (size_t d = 0; d < attention->size; d++) {
            product += (double)query[d] * pixel[width + d];
        }
        powers += exp(product);
        sum += exp(product) * pixel[2 * width + c];
    }
    return (float)(sum / powers);
}

static void test_attention(void **state) {
    (void)state;
    static float head_scratch[64 * 64];
    for (size_t round = 0; round < ROUNDS; round++) {
        struct attention attention = {random_from(1, 4), random_from(1, 20)};
        size_t width = attention.heads * attention.size, border = random_from(0, attention.heads);
        struct grid grid = {x, 1, random_from(1, 40), 3 * width};
        assert_true(attention_scratch_bytes(&attention, grid.width) <= sizeof head_scratch);
        attention_heads(&attention, kernels_best(), &grid, 0, border, y, head_scratch);
        attention_heads(&attention, kernels_best(), &grid, border, attention.heads, y, head_scratch);
        for (size_t i = 0; i < grid.width * width; i++) {
            wanted[i] = found_plainly(&attention, &grid, i % width / attention.size, i / width, i % attention.size);
        }
        compare(grid.width * width);
    }
}

static void test_mean_pools(void **state) {
    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        size_t tall = random_from(1, 3), wide = random_from(1, 3), channels = random_from(1, 20);
        struct grid grid = {x, tall * random_from(1, 4), wide * random_from(1, 6), channels};
        struct window window = {tall, wide, tall, wide, 0, 0, 0, 0};
        size_t columns = grid.width / wide, count = grid.height / tall * columns * channels;
        memset(wanted, 0, count * sizeof *wanted);
        for (size_t i = 0; i < grid.height * grid.width * channels; i++) {
            size_t row = i / channels / grid.width / tall, column = i / channels % grid.width / wide;
            wanted[(row * columns + column) * channels + i % channels] += x[i] / (float)(tall * wide);
        }
        channels_mean_pool_rows(&window, &grid, 0, grid.height / tall, y);
        compare(count);
    }
}

static void test_enlarging(void **state) {
    (void)state;
    for (size_t round = 0; round < ROUNDS; round++) {
        size_t factor = random_from(1, 8), channels = random_from(1, 20);
        struct grid grid = {x, random_from(1, 5), random_from(1, 6), channels};
        size_t out_rows = grid.height * factor, columns = grid.width * factor, count = out_rows * columns * channels;
        const float *on_it = random_from(0, 1) == 0 ? NULL : added;
        for (size_t i = 0; i < count; i++) {
            size_t row = i / channels / columns / factor, column = i / channels % columns / factor;
            wanted[i] = x[(row * grid.width + column) * channels + i % channels] + (on_it == NULL ? 0.0f : on_it[i]);
        }
        size_t border = random_from(0, out_rows);
        channels_enlarge_rows(factor, &grid, on_it, 0, border, y);
        channels_enlarge_rows(factor, &grid, on_it, border, out_rows, y);
        compare(count);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_pair),
        cmocka_unit_test(test_a_pointwise_convolution),
        cmocka_unit_test(test_a_wide_convolution),
        cmocka_unit_test(test_grids_that_do_not_fit_are_not_joined),
        cmocka_unit_test(test_a_stem),
        cmocka_unit_test(test_a_depthwise_convolution),
        cmocka_unit_test(test_a_gate),
        cmocka_unit_test(test_attention),
        cmocka_unit_test(test_mean_pools),
        cmocka_unit_test(test_enlarging),
    };
    return cmocka_run_group_tests(tests, fill, NULL);
}
