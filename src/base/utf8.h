/* utf8.h - texts cut where no character is cut. */
#ifndef LINCE_BASE_UTF8_H
#define LINCE_BASE_UTF8_H

#include <stddef.h>

/* The bytes of the longest beginning within the limit that ends with a whole character. */
size_t utf8_prefix_bytes(const char *text, size_t limit_bytes);

#endif
