/*
 * json_writer.h - JSON written as it becomes known, into a buffer.
 *
 * No tree is built: a page of thousands of words would otherwise stand in memory twice, in an allocator that no meter
 * sees. The result is always valid: in a text, each byte that is not UTF-8 becomes U+FFFD. The caller opens and closes
 * in order; an assertion holds it to that.
 */
#ifndef LINCE_OUTPUT_JSON_WRITER_H
#define LINCE_OUTPUT_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

struct json_writer {
    struct buffer *buffer; /* borrowed */
    unsigned depth;
    bool needs_comma;
};

void json_begin(struct json_writer *json, struct buffer *buffer);
void json_end(struct json_writer *json); /* asserts that all is closed */

/* `key` is NULL inside an array and for the outermost value. */
void json_object_open(struct json_writer *json, const char *key);
void json_object_close(struct json_writer *json);
void json_array_open(struct json_writer *json, const char *key);
void json_array_close(struct json_writer *json);

void json_text(struct json_writer *json, const char *key, const char *text);
/* The exact bytes of `bytes`, a text, in base 64 (RFC 4648, with padding). */
void json_base64(struct json_writer *json, const char *key, const char *bytes);
void json_whole(struct json_writer *json, const char *key, uint64_t value);
void json_truth(struct json_writer *json, const char *key, bool value);
void json_nothing(struct json_writer *json, const char *key); /* null */
/* As buffer_real. */
void json_decimal(struct json_writer *json, const char *key, double value, unsigned decimals);

#endif
