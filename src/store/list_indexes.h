/* list_indexes.h - the conditions of a list whose columns have an index. For the files of src/store only. */
#ifndef LINCE_STORE_LIST_INDEXES_H
#define LINCE_STORE_LIST_INDEXES_H

#include "store/list_text.h"

struct document_filter;

/* Up to so many documents are found first and sorted afterwards. */
enum { LIST_FEW_DOCUMENTS = 5000 };

/*
 * Adds those conditions. `is_ordered`: the list has the order of the filter; otherwise none. Gives true if one of the
 * conditions leaves few documents. SQLite should find those first: the caller keeps it from reading in order.
 */
bool list_indexes_add(struct list *list, struct sql *sql, const struct document_filter *filter, bool is_ordered);

#endif
