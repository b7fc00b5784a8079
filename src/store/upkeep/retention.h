/* retention.h - removes documents and images that are older, or more, than the settings allow. */
#ifndef LINCE_STORE_UPKEEP_RETENTION_H
#define LINCE_STORE_UPKEEP_RETENTION_H

#include "store/store.h"

struct retention {
    int64_t documents_before_ms; /* remove finished documents received before this; -1: none */
    int64_t
        images_before_ms; /* remove images of finished documents received before this, but keep the records; -1: none */
    int64_t keep_image_bytes; /* most bytes of all images: beyond it, images of the oldest finished documents are
                                 removed; 0: no limit */
    int64_t keep_count;       /* keep this many of the newest finished documents; 0: all */
};

/*
 * What people set over HTTP, under the name of the setting; -1: nothing. Writing is durable, and all nodes of the store
 * read it.
 */
enum lince_status store_keeping_read(struct store *store, const char *name, int64_t *value, struct lince_error *error);
enum lince_status store_keeping_write(struct store *store, const char *name, int64_t value, struct lince_error *error);

/* The same with a text; "": nothing. */
enum lince_status store_setting_read(struct store *store, const char *name, char *text, size_t room,
                                     struct lince_error *error);
enum lince_status store_setting_write(struct store *store, const char *name, const char *text,
                                      struct lince_error *error);

/* Does a limited part of the work. `count`: how many documents it touched, 0 when nothing is left to do. */
enum lince_status store_retain(struct store *store, const struct retention *retention, int64_t *count,
                               struct lince_error *error);

#endif
