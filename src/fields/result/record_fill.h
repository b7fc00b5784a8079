/* record_fill.h - fills a record with the values that the search has chosen. */
#ifndef LINCE_FIELDS_RESULT_RECORD_FILL_H
#define LINCE_FIELDS_RESULT_RECORD_FILL_H

#include "fields/record.h"
#include "fields/search.h"

/* All fields of the layout that have a value, in `arena`. Each returns false when memory is refused. */
bool record_fill(struct arena *arena, const struct search *search, struct record *record);
/* The currency field `index` of the layout: it follows from the first visible amount of the record. */
bool currency_fill(struct arena *arena, const struct search *search, size_t index, struct record *record);

#endif
