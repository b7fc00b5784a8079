/* png_file.h - an image written as PNG. */
#ifndef LINCE_CLI_READ_PNG_FILE_H
#define LINCE_CLI_READ_PNG_FILE_H

#include "image/image.h"

/*
 * Writes to `descriptor`. `path` is for messages. What libpng allocates is on `meter`.
 * WRITE, MEMORY_LIMIT.
 */
enum lince_status png_file_write(int descriptor, const char *path, const struct image *image, struct meter *meter,
                                 struct lince_error *error);

#endif
