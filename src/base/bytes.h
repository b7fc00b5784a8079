/* bytes.h - where a run of equal bytes ends, eight at a time. */
#ifndef LINCE_BASE_BYTES_H
#define LINCE_BASE_BYTES_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The place of the first byte in from..until that is not `value`; `until` if there is none. */
static inline size_t bytes_run_end(const uint8_t *bytes, size_t from, size_t until, uint8_t value) {
    const uint64_t every = UINT64_MAX / UINT8_MAX; /* 1 in each byte */
    for (; from + sizeof every <= until; from += sizeof every) {
        uint64_t eight;
        memcpy(&eight, bytes + from, sizeof eight);
        uint64_t others = eight ^ every * value;
        if (others != 0) {
            return from + (size_t)__builtin_ctzll(le64toh(others)) / 8;
        }
    }
    while (from < until && bytes[from] == value) {
        from++;
    }
    return from;
}

#endif
