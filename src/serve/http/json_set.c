/* json_set.c - times as RFC 3339, texts as UTF-8. */
#include "serve/http/json_set.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "store/store.h"

void json_set_time(json_t *object, const char *key, int64_t at_ms) {
    char text[TIME_TEXT_BYTES];
    if (at_ms < 0) {
        json_object_set_new(object, key, json_null());
        return;
    }
    store_time_text(at_ms, text);
    json_object_set_new(object, key, json_string(text));
}

/* File names are bytes; JSON is UTF-8. */
static json_t *mended(const char *text) {
    static const unsigned char replacement[3] = {0xef, 0xbf, 0xbd};
    if (text == NULL) {
        return NULL;
    }
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

void json_set_text(json_t *object, const char *key, const char *text) {
    json_t *value = text == NULL ? json_null() : json_string(text);
    json_object_set_new(object, key, value != NULL ? value : mended(text));
}
