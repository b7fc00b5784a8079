/*
 * gutters.h - the upright strips without text in a stretch of text, which separate its columns.
 *
 * The list shows the whitespace of the stretch from above: every row removes what it covers. The two outermost gutters
 * reach to infinity.
 */
#ifndef LINCE_TEXT_ORDER_GUTTERS_H
#define LINCE_TEXT_ORDER_GUTTERS_H

#include "text/order/place.h"

enum { GUTTER_LIMIT = 16 };

struct gutter {
    double from, to;
};

struct gutters {
    struct gutter items[GUTTER_LIMIT]; /* from left to right; at least the two outer ones */
    size_t count;
};

/* The gutters of the places, which this sorts by their left edges. Inner gutters are at least `least_px` wide. */
struct gutters gutters_of(struct place *places, size_t count, double least_px);

/* The intersection of both. */
struct gutters gutters_shared(const struct gutters *a, const struct gutters *b, double least_px);

/* How many columns they make of the text between `left` and `right`; at least 1. */
size_t gutters_column_count(const struct gutters *gutters, double left, double right);

/* The column, from 0, of a place between `left` and `right`. */
size_t gutters_column(const struct gutters *gutters, const struct place *place, double left, double right);

#endif
