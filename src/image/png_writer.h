/* png_writer.h - writes an image as PNG to a file, to memory or anywhere else. */
#ifndef LINCE_IMAGE_PNG_WRITER_H
#define LINCE_IMAGE_PNG_WRITER_H

#include <stdbool.h>

#include "image/image.h"

/* Receives the next bytes. False refuses them and ends the writing. */
typedef bool (*png_sink)(void *context, const void *bytes, size_t bytes_count);

/*
 * Writes samples of one bit if all pixels are black or white, grey ones if all are grey, and otherwise RGB, with
 * `dots_per_inch` unless that is 0. Passes the file to `sink` piece by piece. libpng allocates on `meter` and prints
 * nothing. Sets no message, since only the caller knows what it writes. LINCE_ERROR_WRITE if the sink refused,
 * LINCE_ERROR_MEMORY_LIMIT.
 */
enum lince_status png_writer_write(const struct image *image, double dots_per_inch, struct meter *meter, png_sink sink,
                                   void *context);

#endif
