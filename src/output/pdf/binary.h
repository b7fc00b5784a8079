/* binary.h - big-endian numbers, as in font programs and colour profiles. */
#ifndef LINCE_OUTPUT_PDF_BINARY_H
#define LINCE_OUTPUT_PDF_BINARY_H

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { BINARY_BYTES = 1024 };

struct binary {
    uint8_t bytes[BINARY_BYTES];
    size_t used_bytes;
};

static inline void binary_put_16(struct binary *binary, int value) {
    assert(binary->used_bytes + 2 <= BINARY_BYTES);
    binary->bytes[binary->used_bytes++] = (uint8_t)((unsigned)value >> 8);
    binary->bytes[binary->used_bytes++] = (uint8_t)value;
}

static inline void binary_put_32(struct binary *binary, uint32_t value) {
    binary_put_16(binary, (int)(value >> 16));
    binary_put_16(binary, (int)(value & 0xFFFF));
}

static inline void binary_put_text(struct binary *binary, const char *text) {
    assert(binary->used_bytes + strlen(text) <= BINARY_BYTES);
    memcpy(binary->bytes + binary->used_bytes, text, strlen(text));
    binary->used_bytes += strlen(text);
}

static inline void binary_put_zeros(struct binary *binary, size_t count) {
    assert(binary->used_bytes + count <= BINARY_BYTES);
    memset(binary->bytes + binary->used_bytes, 0, count);
    binary->used_bytes += count;
}

#endif
