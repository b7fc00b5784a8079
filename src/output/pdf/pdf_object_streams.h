/* pdf_object_streams.h - what the object streams of a PDF file unpack to, which PDFium holds whole. */
#ifndef LINCE_OUTPUT_PDF_PDF_OBJECT_STREAMS_H
#define LINCE_OUTPUT_PDF_PDF_OBJECT_STREAMS_H

#include "image/source.h"

struct meter;

/*
 * The bytes that the longest object stream (ISO 32000-1, 7.5.7) unpacks to; looks no further once there are more than
 * `most_bytes`. 0 for those that are encrypted or packed otherwise than by Flate, and without memory for zlib.
 */
uint64_t pdf_object_streams_longest(const struct source *source, struct meter *meter, uint64_t most_bytes);

#endif
