/*
 * folder.h - the names in a folder, sorted by their bytes, in constant memory.
 *
 * It keeps the smallest FOLDER_BATCH names after the last one given, and walks the folder again when they are used up.
 * A folder of n names is walked n / FOLDER_BATCH times, which costs nothing compared with reading images, and a million
 * names take no more memory than a thousand.
 */
#ifndef LINCE_CLI_READ_FOLDER_H
#define LINCE_CLI_READ_FOLDER_H

#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>

#include "lince.h"

struct meter;

enum { FOLDER_BATCH = 1024, FOLDER_NAME_BYTES = sizeof(((struct dirent *)NULL)->d_name) };

struct folder {
    struct folder *parent;            /* for the caller's stack */
    char *path;                       /* owned */
    char (*names)[FOLDER_NAME_BYTES]; /* owned: the batch */
    size_t name_count, next;
    uint64_t after_count;         /* names after the batch */
    char last[FOLDER_NAME_BYTES]; /* the greatest name of the batches so far */
};

/*
 * Gives a folder on `meter`, with its first batch. Copies `path`. Fails with NOT_FOUND, UNREADABLE, MEMORY_LIMIT.
 * Hidden names, which begin with a dot, are left out.
 */
enum lince_status folder_open(const char *path, struct meter *meter, struct folder **result, struct lince_error *error);
void folder_close(struct folder *folder);

/* The next name, borrowed until the next call; NULL at the end, or after a failure, which `error` then has. */
const char *folder_next(struct folder *folder, struct lince_error *error);

/* Names still to come. */
uint64_t folder_remaining(const struct folder *folder);

#endif
