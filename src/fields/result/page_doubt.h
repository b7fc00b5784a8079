/* page_doubt.h - what is known of a page as a whole, for the chance that none of its key fields is wrong or missing. */
#ifndef LINCE_FIELDS_RESULT_PAGE_DOUBT_H
#define LINCE_FIELDS_RESULT_PAGE_DOUBT_H

#include "fields/record.h"

struct search;

/* The role of a field in a record; PAGE_ROLES if it is no key field. */
enum page_role page_role_of(const struct field_rule *rule);
/* Fills record->page_inputs; `absent` says which roles have a field that is missing. */
void page_doubt_learn(const struct search *search, const bool absent[PAGE_ROLES], struct record *record);
/* The chance that all key fields are right, by the model of doubt. */
double page_doubt_chance(const struct doubt_model *model, const double inputs[PAGE_INPUT_COUNT]);
/* The role that raises the doubt most; PAGE_ROLES if none does. */
enum page_role page_doubt_weakest(const struct doubt_model *model, const double inputs[PAGE_INPUT_COUNT]);

#endif
