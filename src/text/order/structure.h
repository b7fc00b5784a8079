/* structure.h - divides an ordered page into paragraphs, headings, list items, tables, headers and footers. */
#ifndef LINCE_TEXT_ORDER_STRUCTURE_H
#define LINCE_TEXT_ORDER_STRUCTURE_H

#include "text/order/arrange.h"

/* Fills the page's blocks and the place of each line in them, all in the page's arena. False when memory is refused. */
bool page_structure(struct lince_page *page, const struct arrangement *arrangement, struct arena *scratch);

#endif
