/* list.h - the statement of a list of documents. For the files of src/store only. */
#ifndef LINCE_STORE_LIST_H
#define LINCE_STORE_LIST_H

#include "store/sql.h"

struct document_filter;

/* A statement of its own, to be finalized; NULL when SQLite refuses it. Its rows have `columns`. */
sqlite3_stmt *list_prepare(struct sql *sql, const char *columns, const struct document_filter *filter);

#endif
