/* png_writer.h - an image written as PNG: to a file, to memory, wherever its bytes are taken. */
#ifndef LINCE_IMAGE_PNG_WRITER_H
#define LINCE_IMAGE_PNG_WRITER_H

#include <stdbool.h>

#include "image/image.h"

/* Takes the next bytes; false: they could not be taken, and the writing ends. */
typedef bool (*png_sink)(void *context, const void *bytes, size_t bytes_count);

/*
 * Hands the file to `sink` piece by piece. What libpng allocates is on `meter`; it prints nothing. Sets no message,
 * since only the caller knows what it writes: LINCE_ERROR_WRITE when the sink gave false, LINCE_ERROR_MEMORY_LIMIT.
 */
enum lince_status png_writer_write(const struct image *image, struct meter *meter, png_sink sink, void *context);

#endif
