/* item_write.h - an item as a line of text. */
#ifndef LINCE_FIELDS_SALES_ITEM_WRITE_H
#define LINCE_FIELDS_SALES_ITEM_WRITE_H

#include "base/buffer.h"
#include "fields/sales/item_rows.h"

/*
 * Appends the description, quantity, amount, price, code, unit, discount and rate, tabs between them; what is not known
 * is empty, and the last ones are left out. `decimal_comma` decides what one separator before three digits is.
 */
void item_write(const struct item *item, bool decimal_comma, struct buffer *value);

#endif
