/* list.h - the statement of a list of documents. For the files of src/store only. */
#ifndef LINCE_STORE_LIST_H
#define LINCE_STORE_LIST_H

#include "store/sql/sql.h"

struct document_filter;

enum { LIST_TEXT_BYTES = 6144, LIST_MATCH_BYTES = 1024 };

/* A list being read: its statement, to be stepped with sql_row, and what the statement borrows. */
struct list {
    struct sql_statement statement;
    char text[LIST_TEXT_BYTES];
    size_t used, count;
    struct sql_value values[SQL_VALUES];
    char folded[LIST_MATCH_BYTES], match[10 * LIST_MATCH_BYTES];
};

/* The rows have `columns`. If the database refuses the statement, its first step fails. */
void list_begin(struct list *list, struct sql *sql, const char *columns, const struct document_filter *filter);
void list_end(struct list *list);

#endif
