/* pdf_scan.h - the picture that a scanned page of a PDF file is. */
#ifndef LINCE_IMAGE_PDF_PDF_SCAN_H
#define LINCE_IMAGE_PDF_PDF_SCAN_H

#include <stdbool.h>

#include "image/pdfium.h"

/*
 * Gives the size that a page of `width` x `height` points has in pixels of its largest picture. False unless that
 * picture covers nearly all of the page, its pixels are square there, and nothing else is seen except other pictures.
 * Invisible text may be there. Call it inside PDFium's lock.
 */
bool pdf_scan_find(FPDF_PAGE page, double width, double height, double *width_px, double *height_px);

#endif
