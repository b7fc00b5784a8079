/*
 * row_order.h - puts text into rows, as tables, forms and receipts are read.
 *
 * Places that overlap vertically form a row. Rows are read downwards and each row from left to right, whatever the
 * columns. The page's direction is removed first.
 */
#ifndef LINCE_TEXT_ORDER_ROW_ORDER_H
#define LINCE_TEXT_ORDER_ROW_ORDER_H

#include <stdbool.h>

#include "text/order/place.h"

struct arena;

/*
 * Sorts places by rows and numbers the rows from 0. The order depends only on the places. Returns the number of rows.
 */
size_t places_order_rows(struct place *places, size_t count);

/*
 * Sorts in place. The order depends only on the lines, not on their previous order. `indices` (may be NULL) is sorted
 * with them. False when scratch memory is refused.
 */
bool lines_order_rows(struct lince_line *lines, size_t *indices, size_t count, struct arena *scratch);

#endif
