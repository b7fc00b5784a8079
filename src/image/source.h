/* source.h - the bytes of a file, in memory or behind a descriptor, for formats that read at random places. */
#ifndef LINCE_IMAGE_SOURCE_H
#define LINCE_IMAGE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct source {
    const uint8_t *bytes; /* borrowed; NULL: they are behind `descriptor` */
    int descriptor;       /* borrowed */
    uint64_t size_bytes;
};

struct source source_of_bytes(const void *bytes, size_t bytes_count);
struct source source_of_file(int descriptor, uint64_t size_bytes);

/* Copies `count` bytes from `offset` on; false if some are missing or cannot be read. Thread-safe. */
bool source_read(const struct source *source, uint64_t offset, void *target, size_t count);
/* Copies `most` bytes, or those that are left; gives how many. 0 if they cannot be read. Thread-safe. */
size_t source_read_most(const struct source *source, uint64_t offset, void *target, size_t most);

#endif
