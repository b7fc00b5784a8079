/*
 * stream.h - images that come one after the other on a pipe, each behind a line that names it.
 *
 * A frame is a line of JSON, {"name": "a.jpg", "bytes": 48123}, and that many bytes behind it. Lines without anything
 * between two frames are passed over. A frame waits in a file without a name in $TMPDIR, so that it counts in memory
 * only while it is read, at the price that any file has. Used by one thread at a time.
 */
#ifndef LINCE_CLI_READ_STREAM_H
#define LINCE_CLI_READ_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lince.h"

struct list_item;

enum { STREAM_WINDOW_BYTES = 64 << 10, STREAM_HEADER_BYTES = 16 << 10 };

struct stream {
    int descriptor; /* borrowed */
    bool ended;
    uint64_t frame_count;
    size_t start, end; /* what of `bytes` is still to be given */
    char bytes[STREAM_WINDOW_BYTES];
};

void stream_init(struct stream *stream, int descriptor);

/*
 * Fills the item's name with that of the next frame and its place with that of its bytes. False at the end, or when the
 * end was asked for. What is wrong with one frame is the item's error, and the next call goes on behind it: TOO_LARGE,
 * EMPTY, ARGUMENT for a frame without a name. Where it cannot be known where the next frame begins, the error is the
 * last item: ARGUMENT for a header that is none, DAMAGED where the input ends within a frame, UNREADABLE, WRITE.
 */
bool stream_next(struct stream *stream, struct list_item *item);

#endif
