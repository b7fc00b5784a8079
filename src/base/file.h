/* file.h - a whole file as bytes on a meter. */
#ifndef LINCE_BASE_FILE_H
#define LINCE_BASE_FILE_H

#include "lince.h"

struct meter;

/* No image file is larger than this; a larger file is refused before a byte is read. */
#define FILE_LIMIT_BYTES (UINT64_C(1) << 30)

struct file_bytes {
    uint8_t *bytes; /* owned, on the meter that file_read was given; free with meter_free */
    size_t count;
};

/* Gives the content of a regular file. NOT_FOUND, UNREADABLE, EMPTY, TOO_LARGE, MEMORY_LIMIT. */
enum lince_status file_read(const char *path, struct meter *meter, struct file_bytes *file, struct lince_error *error);

#endif
