/* backup.h - copies of a store while it is in use, and whether it is whole. */
#ifndef LINCE_STORE_BACKUP_H
#define LINCE_STORE_BACKUP_H

#include "store/store.h"

/* Copies the store into `folder`, which must not exist: one moment of its tables, and every image of that moment. */
enum lince_status store_backup(struct store *store, const char *folder, struct lince_error *error);

/* Copies a backup to `folder`, which must not hold a store. */
enum lince_status store_restore(const char *backup, const char *folder, struct lince_error *error);

struct check {
    int64_t documents, images, missing, damaged; /* images of documents: gone from the disk, or of other content */
};
/* The tables by SQLite's own check, and every image by its SHA-256. DAMAGED when the tables are. */
enum lince_status store_check(struct store *store, struct check *check, struct lince_error *error);

#endif
