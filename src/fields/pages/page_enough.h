/* page_enough.h - whether a page shows enough of what it was taken for, so that its values may be given. */
#ifndef LINCE_FIELDS_PAGES_PAGE_ENOUGH_H
#define LINCE_FIELDS_PAGES_PAGE_ENOUGH_H

#include "fields/search.h"

/* So many values beside their labels show that a page is what its layout, or its words, say. */
enum { LABELLED_LEAST = 2 };

/* The number of values beside labels of their own, as on receipts. */
size_t page_labelled_count(const struct search *search);
/*
 * Needs the assignment. A payment is an amount, or at least its number; a sale has a total, or its seller's id. A page
 * whose words say nothing needs an amount beside its label, with a number, or outside of sentences.
 */
bool page_enough(const struct search *search);

/* Whether the amount stands beside its label, and the page has its number or an id. */
bool page_core(const struct search *search);

#endif
