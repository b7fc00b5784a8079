/*
 * pair.c - passes a few dozen pixels at a time through both layers, so that the values between them stay in the
 * first-level cache.
 */
#include "infer/integer/pair.h"

#include <string.h>

/* The bytes of a tile, and its pixels: a multiple of what the products compute at once. */
enum { TILE_BYTES = 24 << 10, TILE_LIMIT_PX = 96, ALIGNMENT = 64 };

static size_t tile_px(const struct pair *pair, const struct kernels *kernels) {
    size_t step = kernels->rows_at_once, pixels = TILE_BYTES / (pair->inputs + pair->hidden) / step * step;
    pixels = pixels < TILE_LIMIT_PX ? pixels : TILE_LIMIT_PX;
    return pixels < step ? step : pixels;
}

/* The bytes of each part of the working memory, in order. */
struct tile_sizes {
    size_t inputs, hidden, scales, outputs;
};

static struct tile_sizes tile_sizes(const struct pair *pair, const struct kernels *kernels) {
    size_t pixels = tile_px(pair, kernels);
    return (struct tile_sizes){
        .inputs = round_up(pixels * round_up(pair->inputs, DEPTH), ALIGNMENT),
        .hidden = round_up(pixels * round_up(pair->hidden, LANES), ALIGNMENT),
        .scales = round_up(pixels * sizeof(float), ALIGNMENT),
        .outputs = pair->spread > 1 ? pixels * pair->outputs * sizeof(float) : 0,
    };
}

size_t pair_scratch_bytes(const struct pair *pair, const struct kernels *kernels) {
    struct tile_sizes sizes = tile_sizes(pair, kernels);
    return sizes.inputs + sizes.hidden + sizes.scales + sizes.outputs;
}

struct tile {
    uint8_t *inputs, *hidden;
    float *scales, *outputs;
};

static struct tile tile_lay_out(const struct pair *pair, const struct kernels *kernels, uint8_t *scratch) {
    struct tile_sizes sizes = tile_sizes(pair, kernels);
    uint8_t *scales = scratch + sizes.inputs + sizes.hidden;
    return (struct tile){
        .inputs = scratch,
        .hidden = scratch + sizes.inputs,
        .scales = (float *)(void *)scales,
        .outputs = (float *)(void *)(scales + sizes.scales),
    };
}

/* Lays out each pixel's outputs as a square of pixels. */
static void spread_out(const struct pair *pair, const struct grid *x, const float *outputs, size_t from, size_t count,
                       float *y) {
    size_t side = pair->spread, line = pair->outputs / side; /* floats of one row of a square */
    for (size_t i = 0; i < count; i++) {
        size_t row = (from + i) / x->width, column = (from + i) % x->width;
        for (size_t dy = 0; dy < side; dy++) {
            float *to = y + ((row * side + dy) * x->width + column) * line;
            memcpy(to, outputs + i * pair->outputs + dy * line, line * sizeof *to);
        }
    }
}

void pair_pixels(const struct pair *pair, const struct kernels *kernels, const struct grid *x, size_t from,
                 size_t until, float *y, uint8_t *scratch) {
    struct tile tile = tile_lay_out(pair, kernels, scratch);
    size_t inputs = round_up(pair->inputs, DEPTH), hidden = round_up(pair->hidden, LANES),
           step = tile_px(pair, kernels);
    struct product first = {
        .rows = tile.inputs,
        .row_stride = inputs,
        .segment_count = 1,
        .segment_groups = inputs / DEPTH,
        .weights = pair->weights1,
        .outputs = pair->hidden,
        .start = pair->start1,
        .row_scales = tile.scales,
        .scale = pair->scale1,
        .bias = pair->bias1,
    };
    struct product second = {
        .rows = tile.hidden,
        .row_stride = hidden,
        .segment_count = 1,
        .segment_groups = round_up(pair->hidden, DEPTH) / DEPTH,
        .weights = pair->weights2,
        .outputs = pair->outputs,
        .row_scale = 1.0f,
        .scale = pair->scale2,
        .bias = pair->bias2,
    };
    struct byte_output curve = {tile.hidden, hidden, pair->table};
    struct float_output result = {.values = tile.outputs, .stride = pair->outputs};
    for (; from < until; from += first.row_count) {
        first.row_count = second.row_count = until - from < step ? until - from : step;
        const float *values = x->values + from * pair->inputs;
        kernels->pixels_to_bytes(values, first.row_count, pair->inputs, tile.inputs, inputs, tile.scales);
        kernels->product_to_bytes(&first, &curve);
        if (pair->spread == 1) {
            result.values = y + from * pair->outputs;
            result.residual = pair->is_residual ? values : NULL;
        }
        kernels->product_to_floats(&second, &result);
        if (pair->spread > 1) {
            spread_out(pair, x, tile.outputs, from, first.row_count, y);
        }
    }
}
