/* pdf_price.h - the memory that PDFium takes for a page, said before the page is drawn. Inside PDFium's lock. */
#ifndef LINCE_IMAGE_PDF_PDF_PRICE_H
#define LINCE_IMAGE_PDF_PDF_PRICE_H

#include <stdbool.h>
#include <stdint.h>

#include "image/pdfium.h"

struct meter;

/* PDFium's code, fonts and a page's parsed content, as measured. */
enum { PDF_PRICE_FIXED_BYTES = 14 << 20 };

/*
 * Whether the meter has room for so many bytes, and for as many beside them, up to the fixed ones. PDFium ends the
 * process when memory is refused to it.
 */
bool pdf_price_has_memory(struct meter *meter, uint64_t bytes);

/*
 * The bytes that PDFium takes at most while it draws the loaded page. `longest_stream_bytes`: no stream of the file is
 * longer; PDFium is asked for the length of one only where that many have room.
 */
uint64_t pdf_price_page_bytes(FPDF_PAGE page, struct meter *meter, uint64_t longest_stream_bytes);

#endif
