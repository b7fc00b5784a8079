/* attention.h - steps that look at each other: heads of attention over the pixels of a grid, in floats. */
#ifndef LINCE_INFER_INTEGER_ATTENTION_H
#define LINCE_INFER_INTEGER_ATTENTION_H

#include "infer/integer/grid.h"
#include "infer/integer/kernels.h"

/*
 * Each pixel holds queries, keys and values, each of them [heads][size]; the queries are scaled already. A head's
 * output is the mean of the values, with the softmax of the products of query and keys as weights (Vaswani et al.,
 * 2017).
 */
struct attention {
    size_t heads, size;
};

/* What attention_heads needs for a grid of so many pixels. */
size_t attention_scratch_bytes(const struct attention *attention, size_t pixels);

/* The heads from..until: y[pixel][heads][size]. */
void attention_heads(const struct attention *attention, const struct kernels *kernels, const struct grid *x,
                     size_t from, size_t until, float *y, float *scratch);

#endif
