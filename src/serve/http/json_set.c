/* json_set.c - times as RFC 3339, texts as UTF-8. */
#include "serve/http/json_set.h"

#include "base/json_text.h"
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

void json_set_text(json_t *object, const char *key, const char *text) {
    json_object_set_new(object, key, json_text_of(text));
}
