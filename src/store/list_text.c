/* list_text.c - a statement that is made for one use: its text and its values grow together. */
#include "store/list_text.h"

#include <assert.h>
#include <string.h>

void list_add(struct list *list, const char *text) {
    size_t bytes = strlen(text);
    assert(list->used + bytes < LIST_TEXT_BYTES);
    memcpy(list->text + list->used, text, bytes + 1);
    list->used += bytes;
}

void list_add_text(struct list *list, const char *condition, const char *value) {
    if (value != NULL) {
        assert(list->count < SQL_VALUES);
        list_add(list, condition);
        list->values[list->count++] = (struct sql_value){.type = 't', .bytes = value};
    }
}

void list_add_number(struct list *list, const char *condition, int64_t value) {
    assert(list->count < SQL_VALUES);
    list_add(list, condition);
    list->values[list->count++] = (struct sql_value){.type = 'i', .number = value};
}

void list_add_number_if(struct list *list, const char *condition, int64_t value) {
    if (value >= 0) {
        list_add_number(list, condition, value);
    }
}
