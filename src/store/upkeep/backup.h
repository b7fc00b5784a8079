/* backup.h - copies a store while it is in use, and checks a store. */
#ifndef LINCE_STORE_UPKEEP_BACKUP_H
#define LINCE_STORE_UPKEEP_BACKUP_H

#include "store/store.h"

/* Copies the store into `folder`, which must not exist: a snapshot of its tables and every image in it. */
enum lince_status store_backup(struct store *store, const char *folder, struct lince_error *error);

/* Copies a backup to `folder`, which must not contain a store. */
enum lince_status store_restore(const char *backup, const char *folder, struct lince_error *error);

struct check {
    int64_t documents, images, missing, damaged; /* images of documents: missing from the disk, or with other content */
};
/* Checks the tables with SQLite's own check, and every image against its SHA-256. DAMAGED if the tables are. */
enum lince_status store_check(struct store *store, struct check *check, struct lince_error *error);

#endif
