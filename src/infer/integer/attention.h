/* attention.h - attention in several heads over the pixels of a grid, in floats. */
#ifndef LINCE_INFER_INTEGER_ATTENTION_H
#define LINCE_INFER_INTEGER_ATTENTION_H

#include "infer/integer/grid.h"
#include "infer/integer/kernels.h"

/*
 * Each pixel holds queries, keys and values, each [heads][size]; the queries are already scaled. A head's output is the
 * mean of the values, weighted by the softmax of the products of query and keys (Vaswani et al., 2017).
 */
struct attention {
    size_t heads, size;
};

/* Working memory of attention_heads for a grid of this many pixels. */
size_t attention_scratch_bytes(const struct attention *attention, size_t pixels);

/* Computes the heads from..until: y[pixel][heads][size]. */
void attention_heads(const struct attention *attention, const struct kernels *kernels, const struct grid *x,
                     size_t from, size_t until, float *y, float *scratch);

#endif
