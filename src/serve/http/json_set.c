/* json_set.c - times as RFC 3339, texts as UTF-8. */
#include "serve/http/json_set.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

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
    utf8proc_int32_t code;
    json_t *json = NULL;
    if (copy == NULL) {
        return NULL;
    }
    for (size_t i = 0; i < count;) {
        utf8proc_ssize_t length =
            utf8proc_iterate((const utf8proc_uint8_t *)text + i, (utf8proc_ssize_t)(count - i), &code);
        if (length < 1) {
            memcpy(copy + used, replacement, sizeof replacement);
            used += sizeof replacement;
            i++;
        } else {
            memcpy(copy + used, text + i, (size_t)length);
            used += (size_t)length;
            i += (size_t)length;
        }
    }
    json = json_stringn(copy, used);
    free(copy);
    return json;
}

void json_set_text(json_t *object, const char *key, const char *text) {
    json_t *value = text == NULL ? json_null() : json_string(text);
    json_object_set_new(object, key, value != NULL ? value : mended(text));
}
