/* speed.h - measures briefly how fast this processor runs the inner loops, on data that stays in its cache. */
#ifndef LINCE_INFER_INTEGER_SPEED_H
#define LINCE_INFER_INTEGER_SPEED_H

#include "infer/integer/kernels.h"

struct kernels_speed {
    double integers; /* multiply-adds of bytes, in billions (10^9) a second */
    double floats;   /* the same for floats, in a depthwise convolution */
};

/* Takes about a tenth of a second. */
struct kernels_speed kernels_speed(const struct kernels *kernels);

#endif
