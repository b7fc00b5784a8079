/*
 * gutters.h - the upright strips of a stretch of text that hold no text: what parts its columns.
 *
 * A list of them is the whitespace cover of the stretch, seen from above: it grows by rows and shrinks by what each
 * row occupies. The outermost two reach to infinity.
 */
#ifndef LINCE_TEXT_ORDER_GUTTERS_H
#define LINCE_TEXT_ORDER_GUTTERS_H

#include "text/order/place.h"

enum { GUTTER_LIMIT = 16 };

struct gutter {
    double from, to;
};

struct gutters {
    struct gutter items[GUTTER_LIMIT]; /* from the left to the right; at least the two outer ones */
    size_t count;
};

/* The gutters of places, which are sorted by their left edges on the way; inner ones are at least `least_px` wide. */
struct gutters gutters_of(struct place *places, size_t count, double least_px);

/* What is free in both. */
struct gutters gutters_shared(const struct gutters *a, const struct gutters *b, double least_px);

/* How many columns they part the text between `left` and `right` into; at least 1. */
size_t gutters_column_count(const struct gutters *gutters, double left, double right);

/* The column, from 0, that a place between `left` and `right` stands in. */
size_t gutters_column(const struct gutters *gutters, const struct place *place, double left, double right);

#endif
