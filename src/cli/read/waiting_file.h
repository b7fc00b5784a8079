/* waiting_file.h - the bytes of an image that waits to be read, in an unnamed file in $TMPDIR. */
#ifndef LINCE_CLI_READ_WAITING_FILE_H
#define LINCE_CLI_READ_WAITING_FILE_H

#include <stddef.h>

#include "lince.h"

struct list_item;

/* Gives the item an empty file that disappears when it is closed, even if the process is killed. WRITE. */
enum lince_status waiting_file_open(struct list_item *item, struct lince_error *error);
enum lince_status waiting_file_write(const struct list_item *item, const char *bytes, size_t bytes_count,
                                     struct lince_error *error);

#endif
