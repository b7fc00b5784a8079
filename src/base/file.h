/* file.h - a whole file as bytes on a meter. */
#ifndef LINCE_BASE_FILE_H
#define LINCE_BASE_FILE_H

#include "lince.h"

struct meter;

/* No image file is larger than this; a larger file is refused before a byte is read. */
#define FILE_LIMIT_BYTES (UINT64_C(1) << 30)

struct file_bytes {
    uint8_t *bytes; /* owned, on the meter that the reading was given; free with meter_free */
    size_t count;
};

struct file {
    const char *path; /* borrowed, for messages */
    int descriptor;
    uint64_t size_bytes;
};

/* Gives a regular file that is not empty (close with file_close). NOT_FOUND, UNREADABLE, EMPTY, TOO_LARGE. */
enum lince_status file_open(const char *path, struct file *file, struct lince_error *error);
void file_close(struct file *file);

/* Gives the first `most_bytes` of it, or all if it is shorter. UNREADABLE, MEMORY_LIMIT. */
enum lince_status file_read_start(const struct file *file, uint64_t most_bytes, struct meter *meter,
                                  struct file_bytes *bytes, struct lince_error *error);

/* Gives the whole content of a file, by name. NOT_FOUND, UNREADABLE, EMPTY, TOO_LARGE, MEMORY_LIMIT. */
enum lince_status file_read(const char *path, struct meter *meter, struct file_bytes *bytes, struct lince_error *error);

#endif
