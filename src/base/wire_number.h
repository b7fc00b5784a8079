/* wire_number.h - reads numbers from files: the byte order is in the name, and any alignment is allowed. */
#ifndef LINCE_BASE_WIRE_NUMBER_H
#define LINCE_BASE_WIRE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

static inline uint32_t wire_big_16(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 8 | bytes[1];
}

static inline uint32_t wire_big_32(const uint8_t *bytes) {
    return wire_big_16(bytes) << 16 | wire_big_16(bytes + 2);
}

static inline uint32_t wire_little_16(const uint8_t *bytes) {
    return (uint32_t)bytes[1] << 8 | bytes[0];
}

static inline uint32_t wire_little_24(const uint8_t *bytes) {
    return (uint32_t)bytes[2] << 16 | wire_little_16(bytes);
}

static inline uint32_t wire_little_32(const uint8_t *bytes) {
    return wire_little_16(bytes + 2) << 16 | wire_little_16(bytes);
}

/* In either order, as a TIFF header says. */
static inline uint32_t wire_order_16(const uint8_t *bytes, bool big) {
    return big ? wire_big_16(bytes) : wire_little_16(bytes);
}

static inline uint32_t wire_order_32(const uint8_t *bytes, bool big) {
    return big ? wire_big_32(bytes) : wire_little_32(bytes);
}

#endif
