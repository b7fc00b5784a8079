/* utf8.h - text by characters: the next one, how many there are, and prefixes that end with a whole one. */
#ifndef LINCE_BASE_UTF8_H
#define LINCE_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a byte begins a character: 0x80 to 0xBF continue one. */
static inline bool utf8_begins(char byte) {
    return ((unsigned char)byte & 0xC0) != 0x80;
}

/* For `bytes` below, if the text ends with a zero byte. */
#define UTF8_TO_THE_END SIZE_MAX

/*
 * The length in bytes of the character at `text` (1 for an invalid byte) and its code point (-1 for an invalid byte).
 */
size_t utf8_next(const char *text, size_t bytes, int32_t *code_point);

/* Whether the whole text is valid UTF-8. */
bool utf8_is_valid(const char *text);

/* Characters in at most the first `bytes` bytes of a text. A terminal shows each of those that we write in one column.
 */
size_t utf8_count(const char *text, size_t bytes);

/* The length of the longest prefix within the limit that ends with a whole character. */
size_t utf8_prefix_bytes(const char *text, size_t limit_bytes);

/* The bytes of at most the first `characters` characters of a text. */
size_t utf8_bytes_of(const char *text, size_t characters);

#endif
