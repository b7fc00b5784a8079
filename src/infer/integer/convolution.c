/* convolution.c - rounds a grid to bytes and multiplies its windows by the weights. */
#include "infer/integer/convolution.h"

#include <float.h>
#include <math.h>
#include <string.h>

enum { TILE_PX = 96, ALIGNMENT = 64, ZERO_BYTE = 128 };

bool convolution_is_pointwise(const struct convolution *convolution) {
    const struct window *window = &convolution->window;
    return window->kernel_height == 1 && window->kernel_width == 1;
}

static void activate(const struct convolution *convolution, float *values, size_t count) {
    if (convolution->activation == ACTIVATION_SWISH) {
        grid_swish(values, count);
    }
}

/* ---- pointwise ----------------------------------------------------------------------------------------- */

static size_t inputs_bytes(size_t channels) {
    return round_up(TILE_PX * round_up(channels, DEPTH), ALIGNMENT);
}

size_t convolution_scratch_bytes(size_t channels) {
    return inputs_bytes(channels) + TILE_PX * sizeof(float);
}

void convolution_pixels(const struct convolution *convolution, const struct kernels *kernels, const struct grid *x,
                        size_t from, size_t until, float *y, uint8_t *scratch) {
    size_t stride = round_up(x->channels, DEPTH), outputs = convolution->outputs;
    float *scales = (float *)(void *)(scratch + inputs_bytes(x->channels));
    struct product product = {
        .rows = scratch,
        .row_stride = stride,
        .segment_count = 1,
        .segment_groups = stride / DEPTH,
        .weights = convolution->weights,
        .outputs = outputs,
        .start = convolution->start,
        .row_scales = scales,
        .scale = convolution->scale,
        .bias = convolution->bias,
    };
    for (; from < until; from += product.row_count) {
        product.row_count = until - from < TILE_PX ? until - from : TILE_PX;
        const float *values = x->values + from * x->channels;
        kernels->pixels_to_bytes(values, product.row_count, x->channels, scratch, stride, scales);
        float *to = y + from * outputs;
        struct float_output output = {to, outputs, NULL, convolution->activation == ACTIVATION_RELU};
        kernels->product_to_floats(&product, &output);
        activate(convolution, to, product.row_count * outputs);
    }
}

/* ---- wider --------------------------------------------------------------------------------------------- */

struct byte_grid byte_grid_for(const struct convolution *convolution, size_t height, size_t width, size_t channels) {
    const struct window *window = &convolution->window;
    return (struct byte_grid){
        .height = height + window->top + window->bottom,
        .width = width + window->left + window->right,
        .channels = round_up(channels, DEPTH),
    };
}

float convolution_step(const struct convolution *convolution, float greatest) {
    return greatest / (convolution->is_positive ? 255.0f : 127.0f);
}

bool joined_measure(struct joined *joined) {
    joined->height = joined->width = joined->channels = 0;
    for (size_t i = 0; i < joined->count; i++) {
        const struct grid *grid = &joined->grids[i];
        if (grid->height == 0 || grid->width == 0) {
            return false;
        }
        joined->height = grid->height > joined->height ? grid->height : joined->height;
        joined->width = grid->width > joined->width ? grid->width : joined->width;
        joined->channels += grid->channels;
    }
    for (size_t i = 0; i < joined->count; i++) {
        const struct grid *grid = &joined->grids[i];
        size_t factor = joined->height / grid->height;
        bool is_enlarged = grid->height * factor == joined->height && grid->width * factor == joined->width;
        if (!is_enlarged || (i == 0 && joined->is_pooled && factor != 1)) {
            return false;
        }
    }
    return true;
}

float joined_greatest(const struct joined *joined, const struct kernels *kernels, size_t from, size_t until) {
    float most = 0.0f;
    for (size_t i = 0; i < joined->count; i++) {
        const struct grid *grid = &joined->grids[i];
        size_t factor = joined->height / grid->height, line = grid->width * grid->channels;
        size_t first = from / factor, last = (until + factor - 1) / factor;
        float here = kernels->greatest(grid->values + first * line, (last - first) * line);
        most = here > most ? here : most;
    }
    return most;
}

/* Fills in row `row` of the joined grids. */
static void row_fill(const struct kernels *kernels, const struct joined *x, size_t row, float factor, float offset,
                     uint8_t *bytes) {
    if (x->count == 1 && !x->is_pooled) {
        size_t count = x->width * x->channels;
        kernels->to_bytes(x->grids[0].values + row * count, count, factor, offset, bytes);
        return;
    }
    for (size_t i = 0; i < x->count; i++) {
        const struct grid *grid = &x->grids[i];
        size_t repeat = x->width / grid->width, line = grid->width * grid->channels;
        struct row_part part = {grid->values + row / repeat * line, NULL, grid->width, grid->channels, repeat};
        if (i == 0 && x->is_pooled) {
            part.below = row + 1 < grid->height ? part.values + line : part.values;
        }
        kernels->row_to_bytes(&part, factor, offset, bytes, x->channels);
        bytes += grid->channels;
    }
}

void byte_grid_fill(const struct convolution *convolution, const struct kernels *kernels, const struct joined *x,
                    float greatest, size_t from, size_t until, struct byte_grid *grid) {
    const struct window *window = &convolution->window;
    float most = convolution->is_positive ? 255.0f : 127.0f, offset = convolution->is_positive ? 0.0f : ZERO_BYTE;
    float factor = greatest > FLT_MIN ? most / greatest : 0.0f;
    size_t line = grid->width * grid->channels, left = window->left * grid->channels;
    size_t count = x->width * x->channels;
    for (size_t row = from; row < until; row++) {
        uint8_t *bytes = grid->bytes + row * line;
        bool is_inside = row >= window->top && row - window->top < x->height;
        if (!is_inside) {
            memset(bytes, (int)offset, line);
            continue;
        }
        memset(bytes, (int)offset, left);
        row_fill(kernels, x, row - window->top, factor, offset, bytes + left);
        memset(bytes + left + count, (int)offset, line - left - count);
    }
}

static void pixels_set(uint8_t *bytes, size_t pixels, const struct pixel_terms *terms) {
    for (size_t i = 0; i < pixels; i++) {
        for (size_t c = 0; c < 3; c++) {
            bytes[i * DEPTH + c] = (uint8_t)rintf(terms->offsets[c]);
        }
        bytes[i * DEPTH + 3] = 0;
    }
}

void byte_grid_fill_planes(const struct convolution *convolution, const struct kernels *kernels, const float *planes,
                           size_t height, size_t width, const struct pixel_terms *terms, size_t from, size_t until,
                           struct byte_grid *grid) {
    const struct window *window = &convolution->window;
    for (size_t row = from; row < until; row++) {
        uint8_t *bytes = grid->bytes + row * grid->width * DEPTH;
        bool is_inside = row >= window->top && row - window->top < height;
        if (!is_inside) {
            pixels_set(bytes, grid->width, terms);
            continue;
        }
        const float *start = planes + (row - window->top) * width;
        const float *const lines[3] = {start, start + height * width, start + 2 * height * width};
        pixels_set(bytes, window->left, terms);
        kernels->planes_to_pixels(lines, width, terms->factors, terms->offsets, bytes + window->left * DEPTH);
        pixels_set(bytes + (window->left + width) * DEPTH, window->right, terms);
    }
}

void convolution_rows(const struct convolution *convolution, const struct kernels *kernels,
                      const struct byte_grid *grid, size_t from, size_t until, float *y) {
    const struct window *window = &convolution->window;
    size_t line = grid->width * grid->channels;
    size_t columns = window_count(0, grid->width, 0, window->kernel_width, window->stride_x);
    struct product product = {
        .row_stride = window->stride_x * grid->channels,
        .row_count = columns,
        .segment_count = window->kernel_height,
        .segment_stride = line,
        .segment_groups = window->kernel_width * grid->channels / DEPTH,
        .weights = convolution->weights,
        .outputs = convolution->outputs,
        .start = convolution->start,
        .row_scale = grid->step,
        .scale = convolution->scale,
        .bias = convolution->bias,
    };
    for (size_t row = from; row < until; row++) {
        product.rows = grid->bytes + row * window->stride_y * line;
        float *to = y + row * columns * convolution->outputs;
        struct float_output output = {to, convolution->outputs, NULL, convolution->activation == ACTIVATION_RELU};
        kernels->product_to_floats(&product, &output);
        activate(convolution, to, columns * convolution->outputs);
    }
}
