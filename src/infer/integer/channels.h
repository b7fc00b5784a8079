/* channels.h - operations on each channel alone, in floats: depthwise convolutions, gates, means, enlarging. */
#ifndef LINCE_INFER_INTEGER_CHANNELS_H
#define LINCE_INFER_INTEGER_CHANNELS_H

#include "infer/integer/grid.h"
#include "infer/integer/kernels.h"

struct depthwise {
    struct window window;
    enum activation activation;
    const float *weights, *bias; /* [kernel_height][kernel_width][channels] */
};

/* The largest height of a kernel. */
enum { DEPTHWISE_HEIGHT_LIMIT = 8 };

/* Computes the rows from..until of the result. */
void depthwise_rows(const struct depthwise *depthwise, const struct kernels *kernels, const struct grid *x, size_t from,
                    size_t until, float *y);

/* A factor for each channel, from the means of all channels: a small network of two layers, then a hard sigmoid. */
struct gate {
    size_t middle;                                    /* between the layers */
    const float *weights1, *bias1, *weights2, *bias2; /* [channels][middle], [middle][channels] */
    float alpha, beta, add;
};

/* Sums each of the rows from..until: sums[row][channels]. */
void channels_gate_sums(const struct kernels *kernels, const struct grid *x, size_t from, size_t until, float *sums);

/* The factors, from the sums of all rows. `middle` holds gate->middle floats. Overwrites the first row of sums. */
void gate_factors(const struct gate *gate, const struct kernels *kernels, const struct grid *x, float *sums,
                  float *middle, float *factors);

/* The means of adjacent windows that fill the grid. */
void channels_mean_pool_rows(const struct window *window, const struct grid *x, size_t from, size_t until, float *y);

/*
 * Repeats each pixel `factor` times across and down, and adds the pixel of `added` unless it is NULL; rows of the
 * result.
 */
void channels_enlarge_rows(size_t factor, const struct grid *x, const float *added, size_t from, size_t until,
                           float *y);

#endif
