/* pdf_unpacked.h - whether what a PDF file unpacks to has room in memory, before PDFium unpacks it. */
#ifndef LINCE_IMAGE_PDF_PDF_UNPACKED_H
#define LINCE_IMAGE_PDF_PDF_UNPACKED_H

#include <stdbool.h>
#include <stdint.h>

#include "image/source.h"

struct meter;

/*
 * What is always tried; a child's own data, as measured, with room for what PDFium takes for a page.
 */
enum { PDF_UNPACKED_LEAST_BYTES = 16 << 20, PDF_UNPACKED_CHILD_BYTES = 64 << 20 };

/* The most bytes that a part of a file may unpack to on this meter, where so many times as many must have room. */
uint64_t pdf_unpacked_most(struct meter *meter, unsigned times);

/* The bytes of a process that unpacks a part of that size, with its own; 0: no limit. */
uint64_t pdf_unpacked_room(struct meter *meter);

/*
 * Whether no part of the file unpacks to more. PDFium holds page contents, fonts and streams of objects whole, and ends
 * the process where memory is refused to it; pictures are priced by pdf_price.h. A part that cannot be unpacked here,
 * as it is encrypted or packed several times, counts with the most that its filters may make of its bytes.
 */
bool pdf_unpacked_has_room(const struct source *source, struct meter *meter);

#endif
