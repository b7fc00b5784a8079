/* pdf_deflate.h - compresses bytes into a buffer with zlib, on the buffer's meter (ISO 32000-1, 7.4.4). */
#ifndef LINCE_OUTPUT_PDF_PDF_DEFLATE_H
#define LINCE_OUTPUT_PDF_PDF_DEFLATE_H

#define ZLIB_CONST /* zlib's input pointers are const */
#include <zlib.h>

struct buffer;

struct pdf_deflater {
    z_stream stream;
    struct buffer *buffer; /* borrowed */
};

/* Call begin, then any number of pieces, then end. Without memory the buffer is `refused`; later calls do nothing. */
void pdf_deflate_begin(struct pdf_deflater *deflater, struct buffer *buffer);
void pdf_deflate(struct pdf_deflater *deflater, const void *bytes, unsigned bytes_count);
void pdf_deflate_end(struct pdf_deflater *deflater);

#endif
