/* list_text.h - a statement that is made for one use, and its values. For the files of src/store only. */
#ifndef LINCE_STORE_LIST_TEXT_H
#define LINCE_STORE_LIST_TEXT_H

#include "store/sql/sql.h"

enum { LIST_TEXT_BYTES = 6144, LIST_MATCH_BYTES = 1024, LIST_SHORTS_MOST = 16 };

/* A list being read: its statement, to be stepped with sql_row, and what the statement borrows. */
struct list {
    struct sql_statement statement;
    char text[LIST_TEXT_BYTES];
    size_t used, count;
    struct sql_value values[SQL_VALUES];
    char folded[LIST_MATCH_BYTES], match[10 * LIST_MATCH_BYTES];
    char short_words[LIST_MATCH_BYTES]; /* of a search: too short for its index; each ends with a zero byte */
    const char *shorts[LIST_SHORTS_MOST];
    size_t short_count;
};

void list_add(struct list *list, const char *text);
/* Adds a condition and its value, which is borrowed; nothing for NULL. */
void list_add_text(struct list *list, const char *condition, const char *value);
void list_add_number(struct list *list, const char *condition, int64_t value);
/* Nothing for a negative value. */
void list_add_number_if(struct list *list, const char *condition, int64_t value);

#endif
