/* json_writer.c - commas, escapes and invalid bytes; base 64 by libsodium. */
#include "output/writers/json_writer.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium/utils.h>
#include <string.h>

#include "base/utf8.h"

#define REPLACEMENT "\xef\xbf\xbd" /* U+FFFD */

void json_begin(struct json_writer *json, struct buffer *buffer) {
    *json = (struct json_writer){.buffer = buffer};
}

void json_end(struct json_writer *json) {
    assert(json->depth == 0);
    (void)json;
}

static void escape(struct buffer *buffer, char c) {
    switch (c) {
    case '"':
        buffer_text(buffer, "\\\"");
        break;
    case '\\':
        buffer_text(buffer, "\\\\");
        break;
    case '\n':
        buffer_text(buffer, "\\n");
        break;
    case '\t':
        buffer_text(buffer, "\\t");
        break;
    default:
        buffer_format(buffer, "\\u%04x", (unsigned)(unsigned char)c);
    }
}

/* How many bytes of `text` can be copied unchanged: up to a character to escape, an invalid byte or the end. */
static size_t plain_bytes(const char *text) {
    size_t count = 0;
    for (;;) {
        unsigned char c = (unsigned char)text[count];
        if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f) {
            return count;
        }
        int32_t code_point = 0;
        size_t length = c < 0x80 ? 1 : utf8_next(text + count, UTF8_TO_THE_END, &code_point);
        if (code_point < 0) {
            return count;
        }
        count += length;
    }
}

static void quoted(struct buffer *buffer, const char *text) {
    buffer_append(buffer, "\"", 1);
    while (*text != '\0') {
        size_t count = plain_bytes(text);
        buffer_append(buffer, text, count);
        text += count;
        if ((unsigned char)*text >= 0x80) {
            buffer_text(buffer, REPLACEMENT);
            text++;
        } else if (*text != '\0') {
            escape(buffer, *text++);
        }
    }
    buffer_append(buffer, "\"", 1);
}

static void value_begin(struct json_writer *json, const char *key) {
    if (json->needs_comma) {
        buffer_append(json->buffer, ",", 1);
    }
    if (key != NULL) {
        quoted(json->buffer, key);
        buffer_append(json->buffer, ":", 1);
    }
    json->needs_comma = true;
}

static void nest(struct json_writer *json, const char *key, const char *bracket) {
    value_begin(json, key);
    buffer_text(json->buffer, bracket);
    json->depth++;
    json->needs_comma = false;
}

static void unnest(struct json_writer *json, const char *bracket) {
    assert(json->depth > 0);
    buffer_text(json->buffer, bracket);
    json->depth--;
    json->needs_comma = true;
}

void json_object_open(struct json_writer *json, const char *key) {
    nest(json, key, "{");
}

void json_object_close(struct json_writer *json) {
    unnest(json, "}");
}

void json_array_open(struct json_writer *json, const char *key) {
    nest(json, key, "[");
}

void json_array_close(struct json_writer *json) {
    unnest(json, "]");
}

void json_text(struct json_writer *json, const char *key, const char *text) {
    value_begin(json, key);
    quoted(json->buffer, text);
}

void json_base64(struct json_writer *json, const char *key, const char *bytes) {
    json_base64_bytes(json, key, bytes, strlen(bytes));
}

void json_base64_bytes(struct json_writer *json, const char *key, const void *bytes, size_t bytes_count) {
    size_t text_bytes = sodium_base64_encoded_len(bytes_count, sodium_base64_VARIANT_ORIGINAL);
    value_begin(json, key);
    buffer_append(json->buffer, "\"", 1);
    char *room = buffer_room(json->buffer, text_bytes);
    if (room != NULL) {
        sodium_bin2base64(room, text_bytes, bytes, bytes_count, sodium_base64_VARIANT_ORIGINAL);
        json->buffer->used_bytes += text_bytes - 1; /* without the zero byte */
    }
    buffer_append(json->buffer, "\"", 1);
}

void json_whole(struct json_writer *json, const char *key, uint64_t value) {
    value_begin(json, key);
    buffer_format(json->buffer, "%" PRIu64, value);
}

void json_truth(struct json_writer *json, const char *key, bool value) {
    value_begin(json, key);
    buffer_text(json->buffer, value ? "true" : "false");
}

void json_nothing(struct json_writer *json, const char *key) {
    value_begin(json, key);
    buffer_text(json->buffer, "null");
}

void json_decimal(struct json_writer *json, const char *key, double value, unsigned decimals) {
    value_begin(json, key);
    buffer_real(json->buffer, value, decimals);
}

void json_box(struct json_writer *json, struct lince_box box, unsigned decimals) {
    const double sides[] = {box.x0, box.y0, box.x1, box.y1};
    json_array_open(json, "box");
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        json_decimal(json, NULL, sides[i], decimals);
    }
    json_array_close(json);
}
