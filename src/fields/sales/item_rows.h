/* item_rows.h - the rows of a sale that may be its items. */
#ifndef LINCE_FIELDS_SALES_ITEM_ROWS_H
#define LINCE_FIELDS_SALES_ITEM_ROWS_H

#include "fields/sales/item_columns.h"
#include "fields/sales/item_shape.h"
#include "fields/search.h"

enum { ITEMS_MOST = 96, ITEM_NUMBERS_MOST = 6, ITEM_UNITS_MOST = 999 };

/* A row of a receipt's middle part, split into its parts. */
struct item {
    const struct candidate *amount;
    long long cents;
    long long price_cents; /* of one, printed on a row of its own; 0: not there */
    struct lince_box box;  /* of all its rows */
    const char *description;
    size_t bytes;
    size_t number_count; /* hundredths, in the order of the row */
    long long numbers[ITEM_NUMBERS_MOST];
    bool whole[ITEM_NUMBERS_MOST]; /* without decimals */
    bool has_cells;                /* heads of columns are printed above it, or its row has a shape */
    struct item_cells cells;
    struct item_shape shape; /* of its row, or of one without words beside it */
    bool is_apart;           /* its row has a label or a colon: it may be no item */
    bool is_told;            /* its row names an amount of the whole sale: it is no item */
    bool is_colon;           /* a colon is right before its amount, which may say the same */
    bool is_bare;            /* its amount is digits alone, as a number of something else is */
};

/*
 * The rows that end with an amount, from the top down, into `items` (ITEMS_MOST). None if there are more. `wide`: all
 * rows above the total, also those above the seller's name. False when memory is refused.
 */
bool item_rows_read(const struct search *search, bool wide, struct item *items, size_t *count);

#endif
