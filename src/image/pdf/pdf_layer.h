/* pdf_layer.h - the text layer of a page of a PDF file. */
#ifndef LINCE_IMAGE_PDF_PDF_LAYER_H
#define LINCE_IMAGE_PDF_PDF_LAYER_H

#include "image/page_layer.h"
#include "image/pdfium.h"

struct arena;

/*
 * Gives the layer of a loaded page in `arena`, in pixels of a page of that size. Within PDFium's lock. MEMORY_LIMIT,
 * TOO_LARGE.
 */
enum lince_status pdf_layer_take(FPDF_PAGE page, uint32_t width_px, uint32_t height_px, struct arena *arena,
                                 struct page_layer *layer, struct lince_error *error);

#endif
