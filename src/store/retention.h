/* retention.h - what is old enough to go. */
#ifndef LINCE_STORE_RETENTION_H
#define LINCE_STORE_RETENTION_H

#include "store/store.h"

struct retention {
    int64_t documents_before_ms; /* finished documents received before go; -1: none */
    int64_t images_before_ms;    /* images of finished documents received before go, the records stay; -1: none */
    int64_t keep_image_bytes;    /* of images in all: beyond it those of the oldest finished documents go; 0: any */
    int64_t keep_count;          /* finished documents beyond the newest so many go; 0: none */
};

/* Does a bounded piece of the work; `count`: how many documents it touched, 0 when nothing is left to do. */
enum lince_status store_retain(struct store *store, const struct retention *retention, int64_t *count,
                               struct lince_error *error);

#endif
