/*
 * place.h - where text is on a page after turning it upright and level.
 *
 * The direction of a page is that of most of its text, at any angle. In the page's own axes, with x along that
 * direction and y across it, rows are level and columns upright, so the later steps work with plain intervals.
 */
#ifndef LINCE_TEXT_ORDER_PLACE_H
#define LINCE_TEXT_ORDER_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "lince.h"

/* A line, or a run of its words, in the page's own axes. */
struct place {
    double left, right, top, bottom;
    size_t line;                   /* index among the given lines */
    size_t first_word, word_count; /* of the line */
    size_t row;                    /* equal for places on one row */
    const char *text;              /* of the whole line; borrowed */
};

/* Radians from the x axis to the direction of the page. `angles` is scratch memory for `count` numbers. */
double lines_direction(const struct lince_line *lines, size_t count, double *angles);

/* The place of a whole line. */
struct place place_of_line(const struct lince_line *line, size_t index, double direction);

/* The place of some words of the line whose place is `whole`. */
struct place place_of_words(const struct lince_line *line, const struct place *whole, size_t first_word,
                            size_t word_count, double direction);

/* Whether the two are on one row: their spans share half of the lower one's height. */
bool places_share_row(const struct place *a, const struct place *b);

/* For qsort, a total order: by their middles from the top down, then from the left, then by text and words. */
int places_compare(const void *a, const void *b);

#endif
