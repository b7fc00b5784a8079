/* buffer.c - a growing array of bytes that remembers refusals. */
#include "base/buffer.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/meter.h"

enum { SMALLEST_BYTES = 1024 };

void buffer_init(struct buffer *buffer, struct meter *meter) {
    *buffer = (struct buffer){.meter = meter};
}

void buffer_clear(struct buffer *buffer) {
    buffer->used_bytes = 0;
    buffer->refused = false;
}

void buffer_free(struct buffer *buffer) {
    meter_free(buffer->bytes);
    buffer_init(buffer, buffer->meter);
}

/* Grows by half, so that n appends cost O(n) and at most a third is unused. */
static bool buffer_grow(struct buffer *buffer, size_t needed_bytes) {
    size_t size_bytes = buffer->size_bytes + buffer->size_bytes / 2;
    if (size_bytes < SMALLEST_BYTES) {
        size_bytes = SMALLEST_BYTES;
    }
    if (size_bytes < needed_bytes) {
        size_bytes = needed_bytes;
    }
    char *bytes = meter_reallocate(buffer->meter, buffer->bytes, size_bytes);
    if (bytes == NULL && size_bytes > needed_bytes) { /* near the limit, take no more than is needed */
        size_bytes = needed_bytes;
        bytes = meter_reallocate(buffer->meter, buffer->bytes, size_bytes);
    }
    if (bytes == NULL) {
        buffer->refused = true;
        return false;
    }
    buffer->bytes = bytes;
    buffer->size_bytes = size_bytes;
    return true;
}

char *buffer_room(struct buffer *buffer, size_t bytes_count) {
    if (buffer->refused || bytes_count > SIZE_MAX / 4) {
        buffer->refused = true;
        return NULL;
    }
    size_t needed_bytes = buffer->used_bytes + bytes_count;
    if (needed_bytes > buffer->size_bytes && !buffer_grow(buffer, needed_bytes)) {
        return NULL;
    }
    return buffer->used_bytes == 0 ? buffer->bytes : buffer->bytes + buffer->used_bytes;
}

void buffer_append(struct buffer *buffer, const void *bytes, size_t bytes_count) {
    char *room = buffer_room(buffer, bytes_count);
    if (room != NULL && bytes_count > 0) {
        memcpy(room, bytes, bytes_count);
        buffer->used_bytes += bytes_count;
    }
}

void buffer_text(struct buffer *buffer, const char *text) {
    buffer_append(buffer, text, strlen(text));
}

void buffer_format(struct buffer *buffer, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *room = length < 0 ? NULL : buffer_room(buffer, (size_t)length + 1);
    if (room != NULL) {
        vsnprintf(room, (size_t)length + 1, format, again);
        buffer->used_bytes += (size_t)length;
    }
    va_end(again);
}

/* Not through printf, which writes the decimal comma of the program's locale. */
void buffer_real(struct buffer *buffer, double value, unsigned decimals) {
    assert(isfinite(value) && fabs(value) < 1e12 && decimals <= 6);
    uint64_t unit = 1;
    for (unsigned i = 0; i < decimals; i++) {
        unit *= 10;
    }
    uint64_t scaled = (uint64_t)llround(fabs(value) * (double)unit);
    uint64_t fraction = scaled % unit;
    while (decimals > 0 && fraction % 10 == 0) {
        fraction /= 10;
        decimals--;
    }
    buffer_format(buffer, "%s%" PRIu64, value < 0 && scaled > 0 ? "-" : "", scaled / unit);
    if (decimals > 0) {
        buffer_format(buffer, ".%0*" PRIu64, (int)decimals, fraction);
    }
}
