/* attention.c - keys are laid out by channels, so that a query meets all of them side by side. */
#include "infer/integer/attention.h"

#include <string.h>

size_t attention_scratch_bytes(const struct attention *attention, size_t pixels) {
    return (attention->size + 1) * pixels * sizeof(float);
}

static void head_run(const struct attention *attention, const struct kernels *kernels, const struct grid *x,
                     size_t head, float *y, float *scratch) {
    size_t pixels = x->height * x->width, size = attention->size, width = attention->heads * size;
    const float *queries = x->values + head * size, *keys = queries + width, *values = keys + width;
    float *shares = scratch, *keys_by_channel = scratch + pixels;
    for (size_t i = 0; i < pixels; i++) {
        for (size_t c = 0; c < size; c++) {
            keys_by_channel[c * pixels + i] = keys[i * x->channels + c];
        }
    }
    for (size_t i = 0; i < pixels; i++) {
        float *out = y + i * width + head * size;
        memset(shares, 0, pixels * sizeof *shares);
        kernels->add_scaled_rows(keys_by_channel, pixels, size, queries + i * x->channels, pixels, shares);
        kernels->softmax(shares, pixels);
        memset(out, 0, size * sizeof *out);
        kernels->add_scaled_rows(values, x->channels, pixels, shares, size, out);
    }
}

void attention_heads(const struct attention *attention, const struct kernels *kernels, const struct grid *x,
                     size_t from, size_t until, float *y, float *scratch) {
    for (size_t head = from; head < until; head++) {
        head_run(attention, kernels, x, head, y, scratch);
    }
}
