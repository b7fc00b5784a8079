/*
 * buffer.h - bytes that grow on a meter; the writers of output append to them.
 *
 * A buffer remembers a refusal instead of returning it. After one it takes nothing more, and the caller checks
 * `refused` once at the end. One thread uses a buffer at a time.
 */
#ifndef LINCE_BASE_BUFFER_H
#define LINCE_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

struct meter;

struct buffer {
    struct meter *meter; /* borrowed */
    char *bytes;         /* owned; no zero byte at the end */
    size_t used_bytes, size_bytes;
    bool refused;
};

/* Allocates nothing yet. */
void buffer_init(struct buffer *buffer, struct meter *meter);

/* Empties it and keeps its memory for the next use. */
void buffer_clear(struct buffer *buffer);

/* Gives the memory back; the buffer can be used again. */
void buffer_free(struct buffer *buffer);

void buffer_append(struct buffer *buffer, const void *bytes, size_t bytes_count);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Appends `value`, rounded half away from zero to at most `decimals` digits (0..6). Writes a point in every locale and
 * no trailing zeros, so that equal values are equal bytes. |value| must be under 1e12.
 */
void buffer_real(struct buffer *buffer, double value, unsigned decimals);

/* Makes room for `bytes_count` more bytes and returns where they go; NULL when refused. */
char *buffer_room(struct buffer *buffer, size_t bytes_count);

#endif
