/* doubles.h - sorts numbers, for instance to find the median. */
#ifndef LINCE_BASE_DOUBLES_H
#define LINCE_BASE_DOUBLES_H

#include <stddef.h>

/* Sorts in place, ascending. NaN is not allowed. */
void doubles_sort(double *numbers, size_t count);

#endif
