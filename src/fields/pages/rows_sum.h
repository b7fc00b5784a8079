/* rows_sum.h - whether the rows of a page make its total, as those of a sale do. */
#ifndef LINCE_FIELDS_PAGES_ROWS_SUM_H
#define LINCE_FIELDS_PAGES_ROWS_SUM_H

#include "fields/search.h"

/*
 * Whether rows right above a total, each with words and an amount, add up to it; or one of them, whose amount is its
 * quantity times its price. Needs the labels and the candidates; a row with a label of an amount, "Comisión", is none.
 */
bool rows_make_total(const struct search *search);

#endif
