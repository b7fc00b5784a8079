/* item_shape.h - the part of a row that says how much of what price: "2,000 UN X Bs 145,00", "0,650 kg x 1.232,92". */
#ifndef LINCE_FIELDS_SALES_ITEM_SHAPE_H
#define LINCE_FIELDS_SALES_ITEM_SHAPE_H

#include "fields/search.h"

enum { SHAPE_WORD_BYTES = 24 };

struct item_shape {
    bool is_whole;    /* the whole text is a quantity and a price, and perhaps other numbers */
    bool lacks_price; /* "2 UN x": what stands behind the text is the price */
    char quantity[SHAPE_WORD_BYTES], unit[SHAPE_WORD_BYTES], price[SHAPE_WORD_BYTES]; /* as printed; "" for none */
};

/* Reads a text of words between single blanks. */
struct item_shape item_shape_read(const struct locale *locale, const char *text, size_t bytes);

#endif
