/* pdf_streams.h - how long the streams of a PDF file may be, without asking PDFium, which copies a stream to say so. */
#ifndef LINCE_IMAGE_PDF_PDF_STREAMS_H
#define LINCE_IMAGE_PDF_PDF_STREAMS_H

#include "image/source.h"

/*
 * The bytes from one "endstream" to the next, at most: no stream of the file is longer, unless its data has that word.
 * Reads the whole file. The file's size if it cannot be read.
 */
uint64_t pdf_streams_longest(const struct source *source);

#endif
