/* deflater.h - compresses bytes into a buffer with zlib, on the buffer's meter (ISO 32000-1, 7.4.4). */
#ifndef LINCE_IMAGE_COMMON_DEFLATER_H
#define LINCE_IMAGE_COMMON_DEFLATER_H

#define ZLIB_CONST /* zlib's input pointers are const */
#include <zlib.h>

struct buffer;

struct deflater {
    z_stream stream;
    struct buffer *buffer; /* borrowed */
};

/* Call begin, then any number of pieces, then end. Without memory the buffer is `refused`; later calls do nothing. */
void deflater_begin(struct deflater *deflater, struct buffer *buffer);
void deflater_add(struct deflater *deflater, const void *bytes, unsigned bytes_count);
void deflater_end(struct deflater *deflater);

#endif
