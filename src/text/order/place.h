/*
 * place.h - where text stands on a page that is turned upright and level.
 *
 * The direction of a page is that in which most of its text runs, at any angle. In the page's own axes, x along that
 * direction and y across it, rows are level and columns upright, so that what follows works with plain intervals.
 */
#ifndef LINCE_TEXT_ORDER_PLACE_H
#define LINCE_TEXT_ORDER_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "lince.h"

/* A line, or a run of its words, in the page's own axes. */
struct place {
    double left, right, top, bottom;
    size_t line;                   /* index of the line among those that were given */
    size_t first_word, word_count; /* of the line */
    size_t row;                    /* equal for what stands on one row */
    const char *text;              /* of the whole line; borrowed */
};

/* Radians from the x axis to the direction of the page. `angles` is scratch for `count` numbers. */
double lines_direction(const struct lince_line *lines, size_t count, double *angles);

/* The place of a whole line. */
struct place place_of_line(const struct lince_line *line, size_t index, double direction);

/* The place of a run of words of the line whose place is `whole`. */
struct place place_of_words(const struct lince_line *line, const struct place *whole, size_t first_word,
                            size_t word_count, double direction);

/* True where the two stand on one row: their spans share half of the lower one's height. */
bool places_share_row(const struct place *a, const struct place *b);

/* For qsort, a total order: from the top down by their middles, then from the left, then by their texts and words. */
int places_compare(const void *a, const void *b);

#endif
