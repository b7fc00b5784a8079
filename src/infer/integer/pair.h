/*
 * pair.h - two pointwise layers with a curve between them: bytes times weights, a table of 256 bytes, bytes times
 * weights. Inputs are rounded to 8 bits with one step for each pixel. The hidden layer is never whole in memory.
 */
#ifndef LINCE_INFER_INTEGER_PAIR_H
#define LINCE_INFER_INTEGER_PAIR_H

#include <stdbool.h>
#include <stdint.h>

#include "infer/integer/grid.h"
#include "infer/integer/kernels.h"

struct pair {
    size_t inputs, hidden, outputs;
    size_t spread;    /* n: each pixel's outputs become n x n pixels of the result */
    bool is_residual; /* the input is added to the result */
    const int8_t *weights1, *weights2;
    const int32_t *start1;
    const float *scale1, *bias1, *scale2, *bias2;
    const uint8_t *table;
};

/* Working memory of pair_pixels, aligned to 64 bytes. */
size_t pair_scratch_bytes(const struct pair *pair, const struct kernels *kernels);

/*
 * The result at the pixels from..until of `x`, counted row by row. `y` is the whole result, and overlaps nothing that
 * is read, as kernels.h says.
 */
void pair_pixels(const struct pair *pair, const struct kernels *kernels, const struct grid *x, size_t from,
                 size_t until, float *y, uint8_t *scratch);

#endif
