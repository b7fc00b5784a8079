/*
 * rows.h - text into rows, as tables, forms and receipts are read.
 *
 * What overlaps from top to bottom forms a row; rows run downwards, what stands in a row from left to right, whatever
 * columns there are. The page's direction is taken out first.
 */
#ifndef LINCE_TEXT_ORDER_ROWS_H
#define LINCE_TEXT_ORDER_ROWS_H

#include <stdbool.h>

#include "text/order/place.h"

struct arena;

/* Sorts places by rows and numbers these from 0; the order depends on the places alone. Returns how many rows. */
size_t places_order_rows(struct place *places, size_t count);

/* Sorts in place; the order depends on the lines alone, not on how they stood before. `indices` (may be NULL) is
 * sorted with them. False when scratch is refused. */
bool lines_order_rows(struct lince_line *lines, size_t *indices, size_t count, struct arena *scratch);

#endif
