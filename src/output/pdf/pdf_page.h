/*
 * pdf_page.h - one page of a searchable PDF file: the picture, and its text over it, invisible, word by word.
 *
 * Text is drawn in rendering mode 3 with a font without shapes (pdf_font.h). Each word has the width and height that it
 * has in the picture; the words of a line that leans much follow its slope. So a viewer selects and finds each where
 * the eye sees it (ISO 32000-1, 9.3.6).
 */
#ifndef LINCE_OUTPUT_PDF_PDF_PAGE_H
#define LINCE_OUTPUT_PDF_PDF_PAGE_H

#include <stdbool.h>

#include "lince.h"

struct buffer;
struct meter;

/* The objects of a page have consecutive numbers. */
enum pdf_page_object { PDF_PAGE_ITSELF, PDF_PAGE_CONTENT, PDF_PAGE_PICTURE, PDF_PAGE_OBJECT_COUNT };

/* A page as bytes of the future file. `offset_bytes`: where in `bytes` each object begins. */
struct pdf_page {
    struct buffer *bytes; /* borrowed */
    bool has_picture;     /* false: its text alone, on a page of the same size */
    bool leaves_layer;    /* leave out the file's own text */
    double dots_per_inch; /* of the picture, whatever it says itself; 0: what it says */
    bool has_cmyk;        /* given: the picture is in CMYK */
    size_t offset_bytes[PDF_PAGE_OBJECT_COUNT];
};

/*
 * Appends the objects of a page, numbered from `first_object`, to `page->bytes`. Borrows `read`, what was read from the
 * picture, and `bytes`, the encoded image, which may be NULL without a picture: the page then has PDF_DOTS_PER_INCH.
 * Fails as pdf_picture_append does. Thread-safe.
 */
enum lince_status pdf_page_write(const struct lince_page *read, const uint8_t *bytes, size_t bytes_count,
                                 uint32_t first_object, struct meter *meter, struct pdf_page *page,
                                 struct lince_error *error);

#endif
