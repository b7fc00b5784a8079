/* speed.h - how fast this processor runs the inner loops, measured in a moment on data that stays in its cache. */
#ifndef LINCE_INFER_INTEGER_SPEED_H
#define LINCE_INFER_INTEGER_SPEED_H

#include "infer/integer/kernels.h"

struct kernels_speed {
    double integers; /* products of two bytes and their sums, in thousands of millions a second */
    double floats;   /* the same of floats, in a depthwise convolution */
};

/* Takes about a tenth of a second. */
struct kernels_speed kernels_speed(const struct kernels *kernels);

#endif
