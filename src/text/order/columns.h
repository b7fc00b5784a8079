/*
 * columns.h - whether text side by side is read down or across.
 *
 * Columns of prose are read down, one after another; cells of tables, forms and receipts across, row by row. Two things
 * decide: what the lines say (prose continues in lower case on the next line, fills its column and has few digits), and
 * whether lines of neighbours are level.
 */
#ifndef LINCE_TEXT_ORDER_COLUMNS_H
#define LINCE_TEXT_ORDER_COLUMNS_H

#include "text/order/gutters.h"

enum columns_kind {
    COLUMNS_NONE,      /* nothing is side by side */
    COLUMNS_UNDECIDED, /* too little to tell */
    COLUMNS_DOWN,
    COLUMNS_ACROSS,
};

/*
 * Judges `count` places that `gutters` separate. Sorts them by column and from the top down, and sets `row` of each to
 * its column.
 */
enum columns_kind columns_judge(struct place *places, size_t count, const struct gutters *gutters,
                                const struct lince_line *lines);

/*
 * The gutters without those after a column of bullets, item numbers or line numbers, which belong to the column beside
 * them. Sorts and sets `row` as above.
 */
struct gutters columns_join_marks(struct place *places, size_t count, const struct gutters *gutters,
                                  const struct lince_line *lines);

#endif
