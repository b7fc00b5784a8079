/* item_number.h - a quantity or a price in a cell, as a plain number. */
#ifndef LINCE_FIELDS_SALES_ITEM_NUMBER_H
#define LINCE_FIELDS_SALES_ITEM_NUMBER_H

#include <stdbool.h>

/*
 * A number as people print it, "1.250,50", as "1250.50"; `decimal_comma` decides what one separator before three digits
 * is. "" for anything else. Zeros behind the point stay.
 */
enum { CELL_NUMBER_BYTES = 24 };
void item_number(const char *text, bool decimal_comma, char number[CELL_NUMBER_BYTES]);

#endif
