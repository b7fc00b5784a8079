/*
 * stream.h - images that come one after another on a pipe, each after a line that names it.
 *
 * A frame is a line of JSON, {"name": "a.jpg", "bytes": 48123}, followed by that many bytes. Empty lines between two
 * frames are skipped. A frame waits in an unnamed file in $TMPDIR, so that it counts in memory only while it is read,
 * at the price of any file. For one thread at a time.
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
    size_t start, end; /* the part of `bytes` not yet given */
    char bytes[STREAM_WINDOW_BYTES];
};

void stream_init(struct stream *stream, int descriptor);

/*
 * Sets the item's name from the next frame, and its place to the frame's bytes. False at the end, or when an end was
 * requested. An error of one frame is the item's error, and the next call continues after it: TOO_LARGE, EMPTY,
 * ARGUMENT for a frame without a name. If the next frame cannot be found, the error is the last item: ARGUMENT for an
 * invalid header, DAMAGED if the input ends inside a frame, UNREADABLE, WRITE.
 */
bool stream_next(struct stream *stream, struct list_item *item);

#endif
