/* utf8.h - texts by their characters: the next one, how many there are, and cuts where none is cut. */
#ifndef LINCE_BASE_UTF8_H
#define LINCE_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For `bytes` below: the text ends with a zero byte. */
#define UTF8_TO_THE_END SIZE_MAX

/* Bytes of the UTF-8 character at `text` (1 for a bad byte) and its code point (-1 for a bad byte). */
size_t utf8_next(const char *text, size_t bytes, int32_t *code_point);

/* Whether all of it is UTF-8. */
bool utf8_is_valid(const char *text);

/* Characters of a text, of its first `bytes` bytes at most. A terminal gives each a column, as far as we write. */
size_t utf8_count(const char *text, size_t bytes);

/* The bytes of the longest beginning within the limit that ends with a whole character. */
size_t utf8_prefix_bytes(const char *text, size_t limit_bytes);

/* The bytes of the first characters of a text, at most so many of them. */
size_t utf8_bytes_of(const char *text, size_t characters);

#endif
