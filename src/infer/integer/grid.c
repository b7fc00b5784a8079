/* grid.c - the one activation that is computed; the others are looked up. */
#include "infer/integer/grid.h"

#include <math.h>

void grid_swish(float *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        values[i] /= 1.0f + expf(-values[i]);
    }
}
