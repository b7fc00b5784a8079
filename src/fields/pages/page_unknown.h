/* page_unknown.h - whether a page gives no fields. */
#ifndef LINCE_FIELDS_PAGES_PAGE_UNKNOWN_H
#define LINCE_FIELDS_PAGES_PAGE_UNKNOWN_H

#include "fields/search.h"

/*
 * Needs the assignment, and settles the page's kind. A page without words of any kind that has an amount beside its
 * label is taken for the kind of its layout. A page that does not show what makes a payment or a sale is of no known
 * kind and has no fields. A statement and a list of movements have none either, nor has a certificate of taxes
 * withheld. `named`: its layout matched or was asked for, so that its fields are given.
 */
bool page_is_unknown(struct search *search, bool named);

#endif
