/* json_text.c - file names may be any bytes, but jansson accepts only UTF-8. */
#include "base/json_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

static json_t *mended(const char *text) {
    static const unsigned char replacement[3] = {0xef, 0xbf, 0xbd};
    size_t count = strlen(text), used = 0;
    char *copy = malloc(3 * count + 1);
    json_t *json = NULL;
    if (copy == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < count;) {
        int32_t code;
        size_t length = utf8_next(text + i, count - i, &code), bytes = code < 0 ? sizeof replacement : length;
        memcpy(copy + used, code < 0 ? (const char *)replacement : text + i, bytes);
        used += bytes;
        i += length;
    }
    json = json_stringn(copy, used);
    free(copy);
    return json;
}

json_t *json_text_of(const char *text) {
    if (text == NULL) {
        return json_null();
    }
    json_t *json = json_string(text);
    return json != NULL ? json : mended(text);
}

const char *json_text_in(struct arena *arena, const json_t *json, size_t flags) {
    size_t bytes = json_dumpb(json, NULL, 0, JSON_COMPACT | flags);
    char *text = bytes == 0 ? NULL : arena_allocate(arena, bytes + 1);
    if (text != NULL) {
        json_dumpb(json, text, bytes, JSON_COMPACT | flags);
        text[bytes] = '\0';
    }
    return text;
}
