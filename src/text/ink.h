/* ink.h - which columns and rows of a strip have strokes, whatever the colours of paper and ink. */
#ifndef LINCE_TEXT_INK_H
#define LINCE_TEXT_INK_H

#include <stdbool.h>

#include "text/strip.h"

struct arena;

struct ink {
    uint8_t *pixels;  /* [STRIP_HEIGHT_PX][width]: 1 on a stroke */
    uint8_t *columns; /* [width]: number of stroke pixels */
    uint32_t width;
    float paper, least; /* brightness of the paper, -1..1, and the least difference of a stroke */
};

/* In `arena`; false when it is refused. */
bool ink_find(const struct strip *strip, struct arena *arena, struct ink *ink);

/*
 * What differs from the paper by `share` of what ink does: for each column a bit for each row, the lowest for the upper
 * one.
 */
void ink_find_fainter(const struct strip *strip, const struct ink *ink, float share, uint64_t *columns);

/* For each column 1 if it has ink in the rows from..until, otherwise 0. */
void ink_between_rows(const struct ink *ink, uint32_t from, uint32_t until, uint8_t *columns);

/* Turns the ink by 180 degrees, as strip_reverse does with its strip. */
void ink_reverse(struct ink *ink);

/* The first and one past the last column with ink in from..until; false if there is none. */
bool ink_columns(const struct ink *ink, uint32_t from, uint32_t until, uint32_t *first, uint32_t *end);

/* The number of runs of columns with ink in from..until: letters that do not touch one another. */
size_t ink_runs(const struct ink *ink, uint32_t from, uint32_t until);

/* The first and one past the last row with ink in the columns from..until; false if there is none. */
bool ink_rows(const struct ink *ink, uint32_t from, uint32_t until, uint32_t *first, uint32_t *end);

/* The widest run of columns without ink within from..until. Sets `start` and returns its width. */
uint32_t ink_gap(const struct ink *ink, uint32_t from, uint32_t until, uint32_t *start);

#endif
