/* table_grid.h - turns rows of several cells into a grid: cells with row, column, text and box. */
#ifndef LINCE_TEXT_ORDER_TABLE_GRID_H
#define LINCE_TEXT_ORDER_TABLE_GRID_H

#include "text/order/arrange.h"

/*
 * Makes a table of the run, with cells and text in the page's arena. A row with one cell that continues the row above,
 * as in a cell of several lines, becomes part of that row. False when memory is refused.
 */
bool table_make(struct lince_page *page, const struct arrangement *arrangement, const struct run *run,
                struct arena *scratch, struct lince_block *block);

#endif
