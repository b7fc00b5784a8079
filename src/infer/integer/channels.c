/* channels.c - works on rows of channels. */
#include "infer/integer/channels.h"

#include <string.h>

void depthwise_rows(const struct depthwise *depthwise, const struct kernels *kernels, const struct grid *x, size_t from,
                    size_t until, float *y) {
    const struct window *window = &depthwise->window;
    const float *rows[DEPTHWISE_HEIGHT_LIMIT];
    struct depthwise_row row = {
        .rows = rows,
        .width = x->width,
        .channels = x->channels,
        .weights = depthwise->weights,
        .bias = depthwise->bias,
        .kernel_height = window->kernel_height,
        .kernel_width = window->kernel_width,
        .stride = window->stride_x,
        .pad = window->left,
        .out_width = window_columns(window, x->width),
    };
    for (size_t i = from; i < until; i++) {
        for (size_t k = 0; k < window->kernel_height; k++) {
            size_t at = i * window->stride_y + k;
            bool is_inside = at >= window->top && at - window->top < x->height;
            rows[k] = is_inside ? x->values + (at - window->top) * x->width * x->channels : NULL;
        }
        row.out = y + i * row.out_width * x->channels;
        kernels->depthwise(&row);
        if (depthwise->activation == ACTIVATION_SWISH) {
            grid_swish(row.out, row.out_width * x->channels);
        }
    }
}

void channels_gate_sums(const struct kernels *kernels, const struct grid *x, size_t from, size_t until, float *sums) {
    for (size_t row = from; row < until; row++) {
        memset(sums + row * x->channels, 0, x->channels * sizeof *sums);
        kernels->sum_pixels(x->values + row * x->width * x->channels, x->width, x->channels, sums + row * x->channels);
    }
}

static float clamp_to_one(float value) {
    return value < 0.0f ? 0.0f : value > 1.0f ? 1.0f : value;
}

void gate_factors(const struct gate *gate, const struct kernels *kernels, const struct grid *x, float *sums,
                  float *middle, float *factors) {
    size_t channels = x->channels;
    kernels->sum_pixels(sums + channels, x->height - 1, channels, sums);
    for (size_t c = 0; c < channels; c++) {
        sums[c] /= (float)(x->height * x->width);
    }
    memcpy(middle, gate->bias1, gate->middle * sizeof *middle);
    kernels->add_scaled_rows(gate->weights1, gate->middle, channels, sums, gate->middle, middle);
    for (size_t m = 0; m < gate->middle; m++) {
        middle[m] = middle[m] > 0.0f ? middle[m] : 0.0f;
    }
    memcpy(factors, gate->bias2, channels * sizeof *factors);
    kernels->add_scaled_rows(gate->weights2, channels, gate->middle, middle, channels, factors);
    for (size_t c = 0; c < channels; c++) {
        factors[c] = clamp_to_one(gate->alpha * factors[c] + gate->beta) + gate->add;
    }
}

void channels_mean_pool_rows(const struct window *window, const struct grid *x, size_t from, size_t until, float *y) {
    size_t channels = x->channels, columns = x->width / window->kernel_width;
    float share = 1.0f / (float)(window->kernel_height * window->kernel_width);
    for (size_t i = from * columns; i < until * columns; i++) {
        size_t top = i / columns * window->kernel_height, left = i % columns * window->kernel_width;
        float *out = y + i * channels;
        memset(out, 0, channels * sizeof *out);
        for (size_t tap = 0; tap < window->kernel_height * window->kernel_width; tap++) {
            size_t row = top + tap / window->kernel_width, column = left + tap % window->kernel_width;
            const float *pixel = x->values + (row * x->width + column) * channels;
            for (size_t c = 0; c < channels; c++) {
                out[c] += pixel[c];
            }
        }
        for (size_t c = 0; c < channels; c++) {
            out[c] *= share;
        }
    }
}

void channels_enlarge_rows(size_t factor, const struct grid *x, const float *added, size_t from, size_t until,
                           float *y) {
    size_t columns = x->width * factor, channels = x->channels;
    for (size_t i = from * columns; i < until * columns; i++) {
        size_t row = i / columns / factor, column = i % columns / factor;
        const float *pixel = x->values + (row * x->width + column) * channels;
        float *out = y + i * channels;
        if (added == NULL) {
            memcpy(out, pixel, channels * sizeof *out);
        } else {
            for (size_t c = 0; c < channels; c++) {
                out[c] = pixel[c] + added[i * channels + c];
            }
        }
    }
}
