/* grid.h - the tensors between integer operators, floats [height][width][channels], and windows over them. */
#ifndef LINCE_INFER_INTEGER_GRID_H
#define LINCE_INFER_INTEGER_GRID_H

#include <stddef.h>

struct grid {
    float *values; /* borrowed */
    size_t height, width, channels;
};

/* How an operator's window moves over a grid, in pixels. */
struct window {
    size_t kernel_height, kernel_width, stride_y, stride_x;
    size_t top, left, bottom, right; /* of padding */
};

/* How many positions the window has from one side to the other; 0 if it is larger than the padded grid. */
static inline size_t window_count(size_t before, size_t size, size_t behind, size_t kernel, size_t stride) {
    size_t padded = before + size + behind;
    return padded < kernel ? 0 : (padded - kernel) / stride + 1;
}

static inline size_t window_rows(const struct window *window, size_t height) {
    return window_count(window->top, height, window->bottom, window->kernel_height, window->stride_y);
}

static inline size_t window_columns(const struct window *window, size_t width) {
    return window_count(window->left, width, window->right, window->kernel_width, window->stride_x);
}

static inline size_t round_up(size_t value, size_t step) {
    return (value + step - 1) / step * step;
}

enum activation { ACTIVATION_NONE = 0, ACTIVATION_RELU = 1, ACTIVATION_SWISH = 4 };

/* x / (1 + exp(-x)), in place. */
void grid_swish(float *values, size_t count);

#endif
