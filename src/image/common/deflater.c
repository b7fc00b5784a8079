/* deflater.c - feeds and drains zlib's stream. */
#include "image/common/deflater.h"

#include "base/buffer.h"
#include "base/meter.h"

enum { PIECE_BYTES = 65536 };

static void *block_allocate(void *meter, unsigned count, unsigned bytes) {
    return meter_allocate(meter, (size_t)count * bytes);
}

static void block_free(void *meter, void *block) {
    (void)meter;
    meter_free(block);
}

/* Runs the compressor until it has taken its input, or, at the end, until it is done. */
static void deflater_run(struct deflater *deflater, int flush) {
    z_stream *stream = &deflater->stream;
    for (int code = Z_OK; code != Z_STREAM_END && (flush == Z_FINISH || stream->avail_in > 0);) {
        char *room = buffer_room(deflater->buffer, PIECE_BYTES);
        if (room == NULL) {
            return;
        }
        stream->next_out = (unsigned char *)room;
        stream->avail_out = PIECE_BYTES;
        code = deflate(stream, flush);
        deflater->buffer->used_bytes += PIECE_BYTES - stream->avail_out;
    }
}

void deflater_begin(struct deflater *deflater, struct buffer *buffer) {
    *deflater = (struct deflater){
        .stream = {.zalloc = block_allocate, .zfree = block_free, .opaque = buffer->meter},
        .buffer = buffer,
    };
    if (deflateInit(&deflater->stream, Z_DEFAULT_COMPRESSION) != Z_OK) {
        buffer->refused = true;
    }
}

void deflater_add(struct deflater *deflater, const void *bytes, unsigned bytes_count) {
    if (!deflater->buffer->refused) {
        deflater->stream.next_in = bytes;
        deflater->stream.avail_in = bytes_count;
        deflater_run(deflater, Z_NO_FLUSH);
    }
}

void deflater_end(struct deflater *deflater) {
    if (!deflater->buffer->refused) {
        deflater->stream.avail_in = 0;
        deflater_run(deflater, Z_FINISH);
    }
    deflateEnd(&deflater->stream); /* also for a stream that did not begin */
}
