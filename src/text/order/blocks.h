/*
 * blocks.h - places into the order in which a person reads them, by recursive cuts.
 *
 * The recursive XY-cut (Nagy and Seth, "Hierarchical representation of optically scanned documents", 1984) with two
 * changes. Level cuts come first, and the bands between them are put together again while they share gutters, so
 * that paragraphs that end side by side do not tear columns apart (the whitespace between columns is what Breuel's
 * "High performance document layout analysis", 2003, looks for). And columns are read down only where they are judged
 * to be prose; tables, forms and receipts are read across.
 */
#ifndef LINCE_TEXT_ORDER_BLOCKS_H
#define LINCE_TEXT_ORDER_BLOCKS_H

#include "text/order/place.h"

struct arena;

enum { BLOCKS_DEPTH_LIMIT = 12 };

/* Consecutive places that are read together. */
struct run {
    size_t first, count;
    bool across;                 /* rows of several cells; else lines of one column */
    size_t column, column_count; /* of the columns that are read one after the other: which this is, of how many */
};

struct runs {
    struct run *items;
    size_t count;
};

/*
 * Sorts the places into reading order, numbers their rows throughout, and gives the runs in `scratch`; they depend on
 * the places alone. False when scratch is refused. The work is of the order of count × (depth + log count).
 */
bool blocks_cut(struct place *places, size_t count, const struct lince_line *lines, struct arena *scratch,
                struct runs *runs);

#endif
