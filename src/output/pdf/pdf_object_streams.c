/* pdf_object_streams.c - looks for object streams, and unpacks each one without keeping it. */
#include "output/pdf/pdf_object_streams.h"

#include <string.h>
#include <zlib.h>

#include "base/meter.h"

static const char TYPE[] = "/ObjStm", START[] = "stream";

enum { BLOCK_BYTES = 32768, TYPE_BYTES = sizeof TYPE - 1, START_BYTES = sizeof START - 1, DICTIONARY_BYTES = 1024 };

static void *block_allocate(void *meter, unsigned count, unsigned bytes) {
    return meter_allocate(meter, (size_t)count * bytes);
}

static void block_free(void *meter, void *block) {
    (void)meter;
    meter_free(block);
}

/* Reads up to `most` bytes at `at`; gives how many. */
static size_t bytes_read(const struct source *source, uint64_t at, uint8_t *bytes, size_t most) {
    uint64_t rest = at < source->size_bytes ? source->size_bytes - at : 0;
    size_t count = rest < most ? (size_t)rest : most;
    return count > 0 && source_read(source, at, bytes, count) ? count : 0;
}

/* Where the data begins of the stream whose dictionary is at `at`; 0: there is none. */
static uint64_t data_find(const struct source *source, uint64_t at) {
    uint8_t text[DICTIONARY_BYTES];
    size_t count = bytes_read(source, at, text, sizeof text);
    const uint8_t *start = memmem(text, count, START, START_BYTES);
    if (start == NULL) {
        return 0;
    }
    size_t after = (size_t)(start - text) + START_BYTES;
    after += after < count && text[after] == '\r';
    after += after < count && text[after] == '\n';
    return at + after;
}

/* What the data at `at` unpacks to, or some more than `most_bytes`. */
static uint64_t unpacked_bytes(const struct source *source, uint64_t at, struct meter *meter, uint64_t most_bytes) {
    uint8_t packed[BLOCK_BYTES], unpacked[BLOCK_BYTES];
    z_stream stream = {.zalloc = block_allocate, .zfree = block_free, .opaque = meter};
    uint64_t bytes = 0;
    if (inflateInit(&stream) != Z_OK) {
        return 0;
    }
    for (int code = Z_OK; code == Z_OK && bytes <= most_bytes;) {
        if (stream.avail_in == 0) {
            stream.next_in = packed;
            stream.avail_in = (unsigned)bytes_read(source, at, packed, sizeof packed);
            at += stream.avail_in;
        }
        stream.next_out = unpacked;
        stream.avail_out = sizeof unpacked;
        code = inflate(&stream, Z_NO_FLUSH);
        bytes += sizeof unpacked - stream.avail_out;
    }
    inflateEnd(&stream);
    return bytes;
}

uint64_t pdf_object_streams_longest(const struct source *source, struct meter *meter, uint64_t most_bytes) {
    uint8_t block[BLOCK_BYTES];
    uint64_t longest = 0, at = 0;
    for (size_t count; longest <= most_bytes && (count = bytes_read(source, at, block, sizeof block)) >= TYPE_BYTES;) {
        const uint8_t *from = block, *type = NULL;
        while (longest <= most_bytes &&
               (type = memmem(from, count - (size_t)(from - block), TYPE, TYPE_BYTES)) != NULL) {
            uint64_t data = data_find(source, at + (uint64_t)(type - block));
            uint64_t bytes = data == 0 ? 0 : unpacked_bytes(source, data, meter, most_bytes);
            longest = bytes > longest ? bytes : longest;
            from = type + TYPE_BYTES;
        }
        at += count - TYPE_BYTES + 1;
    }
    return longest;
}
