/*
 * doubles.h - numbers in order, for those who want the middle one.
 */
#ifndef LINCE_BASE_DOUBLES_H
#define LINCE_BASE_DOUBLES_H

#include <stddef.h>

/* Sorts in place, the least first. None of them may be a NaN. */
void doubles_sort(double *numbers, size_t count);

#endif
