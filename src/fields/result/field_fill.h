/* field_fill.h - fills a field with what its candidate shows. */
#ifndef LINCE_FIELDS_RESULT_FIELD_FILL_H
#define LINCE_FIELDS_RESULT_FIELD_FILL_H

#include "fields/record.h"
#include "fields/search.h"

/*
 * Adds what is printed, where, and how well it was read to a field that has a name, a type, a value, a score and how it
 * was found. Copies value and text to `arena`. False when memory is refused.
 */
bool field_fill(struct arena *arena, const struct search *search, const struct candidate *candidate,
                struct record_field *field);

#endif
