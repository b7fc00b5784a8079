/* list.h - the statement of a list of documents. For the files of src/store only. */
#ifndef LINCE_STORE_LIST_H
#define LINCE_STORE_LIST_H

#include "store/list_text.h"

struct document_filter;

/* The rows have `columns`. If the database refuses the statement, its first step fails. */
void list_begin(struct list *list, struct sql *sql, const char *columns, const struct document_filter *filter);
/* All rows, in no order: `sort`, `limit`, `skip`, `before_seq` and `after_seq` are not heeded. */
void list_begin_all(struct list *list, struct sql *sql, const char *columns, const struct document_filter *filter);
void list_end(struct list *list);

#endif
