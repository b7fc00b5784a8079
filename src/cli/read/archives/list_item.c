/* list_item.c - a file to read, filled and emptied. */
#include "cli/read/archives/list_item.h"

#include <unistd.h>

void list_item_init(struct list_item *item, struct meter *meter, enum lince_language language) {
    buffer_init(&item->name, meter);
    buffer_init(&item->bytes, meter);
    item->is_bytes = false;
    item->descriptor = -1;
    item->place[0] = '\0';
    item->error = (struct lince_error)LINCE_ERROR_INIT;
    item->error.language = language;
}

void list_item_free(struct list_item *item) {
    buffer_free(&item->name);
    list_item_drop(item);
}

void list_item_drop(struct list_item *item) {
    buffer_free(&item->bytes);
    if (item->descriptor >= 0) {
        close(item->descriptor);
        item->descriptor = -1;
    }
}

const char *list_item_path(const struct list_item *item) {
    return item->descriptor >= 0 ? item->place : item->name.bytes;
}
