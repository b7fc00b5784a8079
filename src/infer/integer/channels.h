/* channels.h - what is done to each channel by itself, in floats: depthwise convolutions, gates, means, enlarging. */
#ifndef LINCE_INFER_INTEGER_CHANNELS_H
#define LINCE_INFER_INTEGER_CHANNELS_H

#include "infer/integer/grid.h"
#include "infer/integer/kernels.h"

struct depthwise {
    struct window window;
    enum activation activation;
    const float *weights, *bias; /* [kernel_height][kernel_width][channels] */
};

/* No kernel is higher than this. */
enum { DEPTHWISE_HEIGHT_LIMIT = 8 };

/* The rows from..until of the result. */
void depthwise_rows(const struct depthwise *depthwise, const struct kernels *kernels, const struct grid *x, size_t from,
                    size_t until, float *y);

/* A factor for each channel, from the means of all: a small network of two layers, then a hard sigmoid. */
struct gate {
    size_t middle;                                    /* between the layers */
    const float *weights1, *bias1, *weights2, *bias2; /* [channels][middle], [middle][channels] */
    float alpha, beta, add;
};

/* The sums over each of the rows from..until: sums[row][channels]. */
void gate_sums(const struct kernels *kernels, const struct grid *x, size_t from, size_t until, float *sums);

/* The factors, from the sums of all rows; `middle` holds gate->middle floats. Writes over the first row's sums. */
void gate_factors(const struct gate *gate, const struct kernels *kernels, const struct grid *x, float *sums,
                  float *middle, float *factors);

/* The means of windows that lie side by side and fill the grid. */
void mean_pool_rows(const struct window *window, const struct grid *x, size_t from, size_t until, float *y);

/* Each pixel `factor` times across and down, and the pixel of `added` on it unless NULL; rows of the result. */
void enlarge_rows(size_t factor, const struct grid *x, const float *added, size_t from, size_t until, float *y);

#endif
