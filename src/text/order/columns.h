/*
 * columns.h - whether text that stands side by side is read down or across.
 *
 * Columns of prose are read down, one after the other; the cells of tables, forms and receipts across, row by row.
 * Told apart by what the lines say (prose goes on in lower case over the line's end, fills its column and has few
 * digits) and by whether the lines of neighbours stand on the same rows.
 */
#ifndef LINCE_TEXT_ORDER_COLUMNS_H
#define LINCE_TEXT_ORDER_COLUMNS_H

#include "text/order/gutters.h"

enum columns_kind {
    COLUMNS_NONE,      /* nothing stands side by side */
    COLUMNS_UNDECIDED, /* too little to tell */
    COLUMNS_DOWN,
    COLUMNS_ACROSS,
};

/* Judges `count` places that `gutters` part; on the way they are sorted by columns and from the top down, and `row` of
 * each is set to its column. */
enum columns_kind columns_judge(struct place *places, size_t count, const struct gutters *gutters,
                                const struct lince_line *lines);

/*
 * The gutters without those that stand behind a column of bullets, numbers of items or numbers of lines, which belong
 * to the column beside them. Sorts and sets as above.
 */
struct gutters columns_join_marks(struct place *places, size_t count, const struct gutters *gutters,
                                  const struct lince_line *lines);

#endif
