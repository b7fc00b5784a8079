/*
 * convolution.h - convolutions in bytes. A pointwise one rounds its input with one step for each pixel. A wider one
 * uses one step for the whole grid and then reads its windows in place, so no product copies anything.
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
    bool is_positive; /* no input is below 0: bytes start at 0, otherwise they are around 128 */
    const int8_t *weights;
    const int32_t *start;
    const float *scale, *bias;
};

bool convolution_is_pointwise(const struct convolution *convolution);

/* ---- pointwise ---- */

/* Working memory of convolution_pixels for this many channels, aligned to 64 bytes. */
size_t convolution_scratch_bytes(size_t channels);

/* The result at the pixels from..until of `x`, counted row by row. `y` is the whole result. */
void convolution_pixels(const struct convolution *convolution, const struct kernels *kernels, const struct grid *x,
                        size_t from, size_t until, float *y, uint8_t *scratch);

/* ---- wider ---- */

/*
 * The input of a convolution: grids whose channels are side by side in its pixels. A smaller grid counts as enlarged to
 * the size of the largest: each of its pixels becomes a square.
 */
enum { JOINED_LIMIT = 4 };
struct joined {
    struct grid grids[JOINED_LIMIT];
    size_t count;
    size_t height, width, channels; /* of the joined grid */
    bool is_pooled;                 /* each pixel of the first grid is the maximum of 2 x 2, with a stride of 1 */
};

/* Sets the size of the joined grid. False if a grid is empty or the largest is not a whole multiple of it. */
bool joined_measure(struct joined *joined);

/* The greatest magnitude in the rows from..until of the joined grid. */
float joined_greatest(const struct joined *joined, const struct kernels *kernels, size_t from, size_t until);

/* A grid in bytes, padded for the window; channels in whole groups of DEPTH. */
struct byte_grid {
    uint8_t *bytes;
    size_t height, width, channels;
    float step; /* the value of one step in a byte */
};

/* The size of the byte grid for `x`. The caller sets `bytes` and `step`. */
struct byte_grid byte_grid_for(const struct convolution *convolution, size_t height, size_t width, size_t channels);

/* The step for values up to `greatest` in magnitude. */
float convolution_step(const struct convolution *convolution, float greatest);

/* Fills the rows from..until of the bytes, padding included. `greatest` is that of the whole of `x`. */
void byte_grid_fill(const struct convolution *convolution, const struct kernels *kernels, const struct joined *x,
                    float greatest, size_t from, size_t until, struct byte_grid *grid);

/* How planes of normalised floats become bytes of pixels again: byte = value * factor + offset. */
struct pixel_terms {
    float factors[3], offsets[3];
};

/* The same from planes [3][height][width], to pixels of four bytes. */
void byte_grid_fill_planes(const struct convolution *convolution, const struct kernels *kernels, const float *planes,
                           size_t height, size_t width, const struct pixel_terms *terms, size_t from, size_t until,
                           struct byte_grid *grid);

/* The rows from..until of the result [out_rows][out_columns][outputs]. */
void convolution_rows(const struct convolution *convolution, const struct kernels *kernels,
                      const struct byte_grid *grid, size_t from, size_t until, float *y);

#endif
