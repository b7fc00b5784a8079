/* tax_table.h - taxes whose names are heads above them: a table of rate, base and tax, or one row of amounts. */
#ifndef LINCE_FIELDS_SALES_TAX_TABLE_H
#define LINCE_FIELDS_SALES_TAX_TABLE_H

#include "fields/sales/part_rows.h"

/*
 * Puts the taxes that stand below heads into the list, if it has none, or if they agree with it or with the total.
 * False when memory is refused.
 */
bool tax_table_take(const struct search *search, size_t field, struct part_list *taxes);

#endif
