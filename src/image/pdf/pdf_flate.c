/* pdf_flate.c - unpacks a stream block by block. */
#include "image/pdf/pdf_flate.h"

#include <zlib.h>

#include "base/meter.h"

enum { BLOCK_BYTES = 32768 };

static void *block_allocate(void *meter, unsigned count, unsigned bytes) {
    return meter_allocate(meter, (size_t)count * bytes);
}

static void block_free(void *meter, void *block) {
    (void)meter;
    meter_free(block);
}

uint64_t pdf_flate_bytes(const struct source *source, uint64_t at, struct meter *meter, uint64_t most_bytes,
                         bool *is_well) {
    uint8_t packed[BLOCK_BYTES], unpacked[BLOCK_BYTES];
    z_stream stream = {.zalloc = block_allocate, .zfree = block_free, .opaque = meter};
    uint64_t bytes = 0;
    int code = inflateInit(&stream);
    while (code == Z_OK && bytes <= most_bytes) {
        if (stream.avail_in == 0) {
            stream.next_in = packed;
            stream.avail_in = (unsigned)source_read_most(source, at, packed, sizeof packed);
            at += stream.avail_in;
        }
        stream.next_out = unpacked;
        stream.avail_out = sizeof unpacked;
        code = inflate(&stream, Z_NO_FLUSH);
        bytes += sizeof unpacked - stream.avail_out;
    }
    inflateEnd(&stream);
    *is_well = code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR;
    return bytes;
}
