/* doubles.c - sorts numbers. */
#include "base/doubles.h"

#include <stdlib.h>

static int doubles_compare(const void *one, const void *other) {
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

void doubles_sort(double *numbers, size_t count) {
    qsort(numbers, count, sizeof *numbers, doubles_compare);
}
