/* utf8.c - bytes that go on with a character are told by their first two bits. */
#include "base/utf8.h"

#include <string.h>

enum { CHARACTER_BYTES = 4 };

size_t utf8_prefix_bytes(const char *text, size_t limit_bytes) {
    size_t bytes = strnlen(text, limit_bytes), back = 0;
    if (text[bytes] == '\0') {
        return bytes;
    }
    while (back < CHARACTER_BYTES && back < bytes && ((unsigned char)text[bytes - back] & 0xc0) == 0x80) {
        back++;
    }
    return bytes - back;
}
