/* movement_list.h - whether a page lists the movements of an account: many operations, and none that it is about. */
#ifndef LINCE_FIELDS_PAGES_MOVEMENT_LIST_H
#define LINCE_FIELDS_PAGES_MOVEMENT_LIST_H

#include "fields/search.h"

/* Needs the candidates. `named`: the page has words for an account's rows, so fewer of them suffice. */
bool movement_list_found(const struct search *search, bool named);
/* Whether one row is opened, with its number beside a label: then the page is about that operation. */
bool movement_list_is_open(const struct search *search);

#endif
