/* file.h - a whole file as bytes on a meter; what is written, on the disk. */
#ifndef LINCE_BASE_FILE_H
#define LINCE_BASE_FILE_H

#include <stdbool.h>

#include "lince.h"

struct meter;

/* A larger file is refused before a byte is read: no image file is larger than this. */
#define FILE_LIMIT_BYTES (UINT64_C(1) << 30)

struct file_bytes {
    uint8_t *bytes; /* owned, on the caller's meter; free with meter_free */
    size_t count;
};

struct file {
    const char *path; /* borrowed, for messages */
    int descriptor;
    uint64_t size_bytes;
};

/* Gives a regular, non-empty file; close it with file_close. NOT_FOUND, UNREADABLE, EMPTY, TOO_LARGE. */
enum lince_status file_open(const char *path, struct file *file, struct lince_error *error);
void file_close(struct file *file);

/* Gives the first `most_bytes` of the file, or all of a shorter one. UNREADABLE, MEMORY_LIMIT. */
enum lince_status file_read_start(const struct file *file, uint64_t most_bytes, struct meter *meter,
                                  struct file_bytes *bytes, struct lince_error *error);

/* Writes all of it at the descriptor's position; false if a write fails, for example on a full disk. */
bool file_write_all(int descriptor, const void *bytes, size_t count);

/*
 * Syncs a folder, so that what was made, renamed or removed in it survives a loss of power; false if that fails, with
 * errno set.
 */
bool file_sync_folder(const char *path);

/* Gives the whole content of the file at `path`. NOT_FOUND, UNREADABLE, EMPTY, TOO_LARGE, MEMORY_LIMIT. */
enum lince_status file_read(const char *path, struct meter *meter, struct file_bytes *bytes, struct lince_error *error);

#endif
