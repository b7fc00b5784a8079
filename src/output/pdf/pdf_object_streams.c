/* pdf_object_streams.c - looks for object streams, and unpacks each one without keeping it. */
#include "output/pdf/pdf_object_streams.h"

#include <string.h>

#include "image/pdf/pdf_flate.h"

static const char TYPE[] = "/ObjStm", START[] = "stream";

enum { BLOCK_BYTES = 32768, TYPE_BYTES = sizeof TYPE - 1, START_BYTES = sizeof START - 1, DICTIONARY_BYTES = 1024 };

/* Where the data begins of the stream whose dictionary is at `at`; 0: there is none. */
static uint64_t data_find(const struct source *source, uint64_t at) {
    uint8_t text[DICTIONARY_BYTES];
    size_t count = source_read_most(source, at, text, sizeof text);
    const uint8_t *start = memmem(text, count, START, START_BYTES);
    if (start == NULL) {
        return 0;
    }
    size_t after = (size_t)(start - text) + START_BYTES;
    after += after < count && text[after] == '\r';
    after += after < count && text[after] == '\n';
    return at + after;
}

uint64_t pdf_object_streams_longest(const struct source *source, struct meter *meter, uint64_t most_bytes) {
    uint8_t block[BLOCK_BYTES];
    uint64_t longest = 0, at = 0;
    for (size_t count;
         longest <= most_bytes && (count = source_read_most(source, at, block, sizeof block)) >= TYPE_BYTES;) {
        const uint8_t *from = block, *type = NULL;
        while (longest <= most_bytes &&
               (type = memmem(from, count - (size_t)(from - block), TYPE, TYPE_BYTES)) != NULL) {
            uint64_t data = data_find(source, at + (uint64_t)(type - block));
            bool is_well;
            uint64_t bytes = data == 0 ? 0 : pdf_flate_bytes(source, data, meter, most_bytes, &is_well);
            longest = bytes > longest ? bytes : longest;
            from = type + TYPE_BYTES;
        }
        at += count - TYPE_BYTES + 1;
    }
    return longest;
}
