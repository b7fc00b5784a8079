/* store_copy.h - copies a store into another: SQLite or PostgreSQL, images in files, the database or a bucket. */
#ifndef LINCE_STORE_UPKEEP_STORE_COPY_H
#define LINCE_STORE_UPKEEP_STORE_COPY_H

#include "store/store.h"

/* Called after each table, and after the images: how many rows there are, and how many of them were copied now. */
typedef void (*store_copy_teller)(void *context, const char *name, int64_t count, int64_t new_count);

/*
 * Copies everything of a store whose nodes are stopped into an empty one, or continues an interrupted copy. Then it
 * compares both row by row, and every image with its SHA-256. Until that is done, no service starts on the copy.
 * ARGUMENT: the copy holds another store, nodes run, or the first store changed meanwhile; DAMAGED: the copy differs.
 */
enum lince_status store_copy(const struct store_place *from, const struct store_place *to, store_copy_teller tell,
                             void *context, struct lince_error *error);

#endif
