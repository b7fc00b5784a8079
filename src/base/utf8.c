/* utf8.c - steps through text by characters. */
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

enum { CHARACTER_BYTES = 4 };

size_t utf8_next(const char *text, size_t bytes, int32_t *code_point) {
    utf8proc_int32_t value = -1;
    utf8proc_ssize_t limit = bytes == UTF8_TO_THE_END ? -1 : (utf8proc_ssize_t)bytes;
    utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)text, limit, &value);
    *code_point = taken <= 0 ? -1 : value;
    return taken <= 0 ? 1 : (size_t)taken;
}

bool utf8_is_valid(const char *text) {
    int32_t code_point = 0;
    while (*text != '\0' && code_point >= 0) {
        text += utf8_next(text, UTF8_TO_THE_END, &code_point);
    }
    return code_point >= 0;
}

size_t utf8_count(const char *text, size_t bytes) {
    size_t count = 0;
    for (size_t i = 0; i < bytes && text[i] != '\0'; i++) {
        count += utf8_begins(text[i]);
    }
    return count;
}

size_t utf8_bytes_of(const char *text, size_t characters) {
    size_t bytes = 0, count = 0;
    for (; text[bytes] != '\0'; bytes++) {
        count += utf8_begins(text[bytes]);
        if (count > characters) {
            break;
        }
    }
    return bytes;
}

size_t utf8_prefix_bytes(const char *text, size_t limit_bytes) {
    size_t bytes = strnlen(text, limit_bytes), back = 0;
    if (text[bytes] == '\0') {
        return bytes;
    }
    while (back < CHARACTER_BYTES && back < bytes && !utf8_begins(text[bytes - back])) {
        back++;
    }
    return bytes - back;
}
