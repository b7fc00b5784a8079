/* json_text.c - file names may be any bytes, but jansson accepts only UTF-8. */
#include "base/json_text.h"

#include <stdbool.h>
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

/* Behind the string that begins here. */
static const char *string_end(const char *at) {
    for (at++; *at != '"' && *at != '\0'; at++) {
        at += *at == '\\' && at[1] != '\0';
    }
    return *at == '"' ? at + 1 : at;
}

/* Behind the value that begins here: at the comma or the bracket that follows it. */
static const char *value_end(const char *at) {
    size_t depth = 0;
    for (; *at != '\0'; at++) {
        if (*at == '"') {
            at = string_end(at) - 1;
        } else if (*at == '[' || *at == '{') {
            depth++;
        } else if (depth == 0 && (*at == ',' || *at == ']' || *at == '}')) {
            break;
        } else if (*at == ']' || *at == '}') {
            depth--;
        }
    }
    return at;
}

size_t json_text_without(const char *text, const char *name, char *to) {
    size_t used = 0, name_bytes = strlen(name);
    char before = '\0'; /* what was copied last */
    while (*text != '\0') {
        const char *end = *text == '"' ? string_end(text) : text + 1;
        bool is_member = *text == '"' && *end == ':' && (size_t)(end - text) == name_bytes + 2 &&
                         memcmp(text + 1, name, name_bytes) == 0;
        if (is_member) {
            text = value_end(end + 1);
            used -= before == ','; /* it goes with the member, or the one behind it does */
            text += before != ',' && *text == ',';
            before = before == ',' ? '}' : before;
            continue;
        }
        if (to != NULL) {
            memmove(to + used, text, (size_t)(end - text));
        }
        used += (size_t)(end - text);
        before = end[-1];
        text = end;
    }
    if (to != NULL) {
        to[used] = '\0';
    }
    return used;
}
