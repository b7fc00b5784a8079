/*
 * convolution.h - a convolution in bytes. A pointwise one rounds its input with a step for each pixel, a wider one with
 * one step for the whole grid, after which its windows are read where they lie: nothing is copied for a product.
 */
#ifndef LINCE_INFER_INTEGER_CONVOLUTION_H
#define LINCE_INFER_INTEGER_CONVOLUTION_H

#include <stdbool.h>
#include <stdint.h>

#include "infer/integer/grid.h"
#include "infer/integer/kernels.h"

struct convolution {
    struct window window;
    size_t outputs;
    enum activation activation;
    bool is_positive; /* nothing in the input is below 0: bytes from 0, else around 128 */
    const int8_t *weights;
    const int32_t *start;
    const float *scale, *bias;
};

bool convolution_is_pointwise(const struct convolution *convolution);

/* ---- pointwise ---- */

/* What convolution_pixels needs while it runs for so many channels, aligned to 64 bytes. */
size_t convolution_scratch_bytes(size_t channels);

/* The result at the pixels from..until of `x`, counted row by row; `y` is the whole result. */
void convolution_pixels(const struct convolution *convolution, const struct kernels *kernels, const struct grid *x,
                        size_t from, size_t until, float *y, uint8_t *scratch);

/* ---- wider ---- */

/*
 * What a convolution reads: grids whose channels lie side by side in its pixels. A smaller grid counts as enlarged to
 * the size of the largest, each of its pixels as a square of them.
 */
enum { JOINED_LIMIT = 4 };
struct joined {
    struct grid grids[JOINED_LIMIT];
    size_t count;
    size_t height, width, channels; /* of the whole */
    bool is_pooled;                 /* the first grid's pixels are the greatest of 2 x 2, at a stride of 1 */
};

/* Sets the size of the whole from the grids. False when one is empty or no whole part of the largest. */
bool joined_measure(struct joined *joined);

/* The greatest magnitude in the rows from..until of the whole. */
float joined_greatest(const struct joined *joined, const struct kernels *kernels, size_t from, size_t until);

/* A grid in bytes with the window's padding around it; channels are whole groups of DEPTH. */
struct byte_grid {
    uint8_t *bytes;
    size_t height, width, channels;
    float step; /* of the values that one in a byte stands for */
};

/* The size of the bytes for `x`; `bytes` and `step` are for the caller to set. */
struct byte_grid byte_grid_for(const struct convolution *convolution, size_t height, size_t width, size_t channels);

/* The step for values up to `greatest` in magnitude. */
float convolution_step(const struct convolution *convolution, float greatest);

/* Fills the rows from..until of the bytes, padding among them; `greatest` is that of the whole of `x`. */
void byte_grid_fill(const struct convolution *convolution, const struct kernels *kernels, const struct joined *x,
                    float greatest, size_t from, size_t until, struct byte_grid *grid);

/* How planes of normalised floats become the bytes of pixels again: byte = value * factor + offset. */
struct pixel_terms {
    float factors[3], offsets[3];
};

/* The same from planes [3][height][width], as pixels of four bytes. */
void byte_grid_fill_planes(const struct convolution *convolution, const struct kernels *kernels, const float *planes,
                           size_t height, size_t width, const struct pixel_terms *terms, size_t from, size_t until,
                           struct byte_grid *grid);

/* The rows from..until of the result [out_rows][out_columns][outputs]. */
void convolution_rows(const struct convolution *convolution, const struct kernels *kernels,
                      const struct byte_grid *grid, size_t from, size_t until, float *y);

#endif
