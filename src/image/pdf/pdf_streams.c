/* pdf_streams.c - looks through the file for the ends of its streams. */
#include "image/pdf/pdf_streams.h"

#include <string.h>

static const char END[] = "endstream";

enum { BLOCK_BYTES = 32768, END_BYTES = sizeof END - 1 };

uint64_t pdf_streams_longest(const struct source *source) {
    uint8_t block[BLOCK_BYTES];
    uint64_t longest = 0, last = 0, at = 0;
    while (at + END_BYTES <= source->size_bytes) {
        size_t count = source->size_bytes - at < BLOCK_BYTES ? (size_t)(source->size_bytes - at) : BLOCK_BYTES;
        if (!source_read(source, at, block, count)) {
            return source->size_bytes;
        }
        const uint8_t *from = block, *end = NULL;
        while ((end = memmem(from, count - (size_t)(from - block), END, END_BYTES)) != NULL) {
            uint64_t here = at + (uint64_t)(end - block);
            longest = here - last > longest ? here - last : longest;
            last = here;
            from = end + END_BYTES;
        }
        at += count == BLOCK_BYTES ? BLOCK_BYTES - END_BYTES + 1 : count;
    }
    return source->size_bytes - last > longest ? source->size_bytes - last : longest;
}
