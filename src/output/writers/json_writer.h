/*
 * json_writer.h - writes JSON into a buffer, piece by piece.
 *
 * It builds no tree: otherwise a page of thousands of words would be in memory twice, in an allocator without a meter.
 * The result is always valid: each byte of a text that is not UTF-8 becomes U+FFFD. The caller opens and closes in
 * order; assertions check this.
 */
#ifndef LINCE_OUTPUT_WRITERS_JSON_WRITER_H
#define LINCE_OUTPUT_WRITERS_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "lince.h"

struct json_writer {
    struct buffer *buffer; /* borrowed */
    unsigned depth;
    bool needs_comma;
};

void json_begin(struct json_writer *json, struct buffer *buffer);
void json_end(struct json_writer *json); /* asserts that everything is closed */

/* `key` is NULL inside an array and for the outermost value. */
void json_object_open(struct json_writer *json, const char *key);
void json_object_close(struct json_writer *json);
void json_array_open(struct json_writer *json, const char *key);
void json_array_close(struct json_writer *json);

void json_text(struct json_writer *json, const char *key, const char *text);
/* The exact bytes of the text `bytes`, in base 64 (RFC 4648, with padding). */
void json_base64(struct json_writer *json, const char *key, const char *bytes);
void json_base64_bytes(struct json_writer *json, const char *key, const void *bytes, size_t bytes_count);
void json_whole(struct json_writer *json, const char *key, uint64_t value);
void json_truth(struct json_writer *json, const char *key, bool value);
void json_nothing(struct json_writer *json, const char *key); /* null */
/* As buffer_real. */
void json_decimal(struct json_writer *json, const char *key, double value, unsigned decimals);
/* The member "box": [x0, y0, x1, y1]. */
void json_box(struct json_writer *json, struct lince_box box, unsigned decimals);

#endif
