/* image_names.h - a text with the name of an image in each line, where an image was expected. */
#ifndef LINCE_CLI_IMAGE_NAMES_H
#define LINCE_CLI_IMAGE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;

/* A longer text is no list of names. */
enum { IMAGE_NAMES_LIMIT_BYTES = 1 << 20 };

/*
 * Appends the names to `names`, each with a zero byte behind it, and returns how many there are. 0: it is no such text,
 * because it looks like an image, has other bytes than text, or its first line names no file.
 */
size_t image_names_take(const char *text, size_t bytes, struct buffer *names);

#endif
