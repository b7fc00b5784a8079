/* resume.h - which files the ndjson output of an earlier run already has. */
#ifndef LINCE_CLI_READ_RESUME_H
#define LINCE_CLI_READ_RESUME_H

#include "cli/read/name_set.h"
#include "lince.h"

/* The key in `done` for page `number` of a file. Returns its length, cut if it does not fit. */
size_t resume_page_key(const char *name, size_t name_bytes, uint32_t number, char *key, size_t key_bytes);

/*
 * Reads the file on `descriptor` (open for reading and writing) line by line, adds its names to `done`, cuts off an
 * incomplete last line, and stops where the next line goes. `path` is for messages. Fails with WRITE if the file is not
 * the output of an earlier run, and then leaves it unchanged; also with MEMORY_LIMIT.
 */
enum lince_status resume_load(int descriptor, const char *path, struct name_set *done, struct lince_error *error);

#endif
