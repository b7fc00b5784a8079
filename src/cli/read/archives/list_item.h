/* list_item.h - one file to read: by its name, or the image itself. */
#ifndef LINCE_CLI_READ_ARCHIVES_LIST_ITEM_H
#define LINCE_CLI_READ_ARCHIVES_LIST_ITEM_H

#include <stdbool.h>

#include "base/buffer.h"
#include "lince.h"

/* One file to read. `name` and `bytes` belong to the caller of list_next, which reuses their memory. */
struct list_item {
    struct buffer name;  /* with a zero byte at its end */
    struct buffer bytes; /* the image itself, if it came on standard input */
    bool is_bytes;
    int descriptor;           /* owned: an unnamed file that holds the image; -1: none */
    char place[32];           /* a path to open that file */
    struct lince_error error; /* not LINCE_OK: the failure to report for this name */
};

void list_item_init(struct list_item *item, struct meter *meter, enum lince_language language);
void list_item_free(struct list_item *item);

/* Frees what the item holds of the image. */
void list_item_drop(struct list_item *item);

/* The path of the item's file: its name, or a path to an unnamed file. */
const char *list_item_path(const struct list_item *item);

#endif
