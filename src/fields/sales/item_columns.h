/*
 * item_columns.h - the columns that items stand in: the heads printed above them ("Código  Descripción  Cant.  P. Unit.
 * IVA  Importe"), and the cells of a row below them. Without a row of heads there are no columns.
 */
#ifndef LINCE_FIELDS_SALES_ITEM_COLUMNS_H
#define LINCE_FIELDS_SALES_ITEM_COLUMNS_H

#include "fields/search.h"

/* In the order of the lists of words in fields/countries/country.h. */
enum item_column {
    COLUMN_CODE,
    COLUMN_DESCRIPTION,
    COLUMN_QUANTITY,
    COLUMN_UNIT,
    COLUMN_PRICE,
    COLUMN_DISCOUNT,
    COLUMN_RATE,
    COLUMN_AMOUNT,
    ITEM_COLUMNS,
};

enum { HEADS_MOST = 16 };
struct item_heads {
    size_t count; /* 0: there are none */
    double bottom;
    bool has[ITEM_COLUMNS];
    struct item_head {
        enum item_column column;
        struct lince_box box;
    } heads[HEADS_MOST]; /* from left to right */
};
/* The row of heads with the most columns between two heights. False when memory is refused. */
bool item_heads_find(const struct search *search, double top, double bottom, struct item_heads *heads);
/* Pixels from the place of the box to that of the nearest head of the column; infinity if it has none. */
double item_heads_distance(const struct item_heads *heads, enum item_column column, struct lince_box box);

/* What a row says in each of its columns, as printed; "" for nothing. In the search's arena. */
struct item_cells {
    const char *texts[ITEM_COLUMNS];
    struct lince_box box; /* of all cells */
};
/*
 * The cells of the row at that height, left of `right`. Words that stand in no column of numbers are the description.
 * False when memory is refused.
 */
bool item_cells_read(const struct search *search, const struct item_heads *heads, double middle, double height,
                     struct item_cells *cells);

#endif
