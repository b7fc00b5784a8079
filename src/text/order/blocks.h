/*
 * blocks.h - puts places into the order in which a person reads them, by recursive cuts.
 *
 * This is the recursive XY-cut (Nagy and Seth, "Hierarchical representation of optically scanned documents", 1984) with
 * two changes. First, after the level cuts, bands are joined again while they share gutters, so that paragraphs that
 * end side by side do not break columns apart (Breuel's "High performance document layout analysis", 2003, looks for
 * this whitespace between columns). Second, columns are read down only if they are judged to be prose; tables, forms
 * and receipts are read across.
 */
#ifndef LINCE_TEXT_ORDER_BLOCKS_H
#define LINCE_TEXT_ORDER_BLOCKS_H

#include "text/order/place.h"

struct arena;

enum { BLOCKS_DEPTH_LIMIT = 12 };

/* Consecutive places that are read together. */
struct run {
    size_t first, count;
    bool across;                 /* rows of several cells; otherwise lines of one column */
    size_t column, column_count; /* which of the columns read one after another, and how many */
};

struct runs {
    struct run *items;
    size_t count;
};

/*
 * Sorts the places into reading order, numbers all rows, and gives the runs in `scratch`. The result depends only on
 * the places. False when memory is refused. Takes time of the order of count × (depth + log count).
 */
bool blocks_cut(struct place *places, size_t count, const struct lince_line *lines, struct arena *scratch,
                struct runs *runs);

#endif
