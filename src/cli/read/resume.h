/* resume.h - which files an ndjson output of an earlier run already tells of. */
#ifndef LINCE_CLI_READ_RESUME_H
#define LINCE_CLI_READ_RESUME_H

#include "cli/read/name_set.h"
#include "lince.h"

/* What stands in `done` for page `number` of a file. Returns the key's bytes, cut where it does not fit. */
size_t resume_page_key(const char *name, size_t name_bytes, uint32_t number, char *key, size_t key_bytes);

/*
 * Goes through the file on `descriptor` (open for reading and writing) line by line, adds the names to `done`, cuts
 * off a last line that has no end, and stands where the next line goes. `path` is for messages. Fails with WRITE when
 * it is not the output of an earlier run, which is then left as it is, and with MEMORY_LIMIT.
 */
enum lince_status resume_load(int descriptor, const char *path, struct name_set *done, struct lince_error *error);

#endif
