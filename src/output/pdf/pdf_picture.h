/*
 * pdf_picture.h - an image as a picture of a PDF file: its own bytes where PDF can hold them, else its pixels deflated.
 *
 * A baseline or progressive JPEG and a PNG without transparency or passes go in as they are, so that nothing is lost
 * and nothing is decoded (ISO 32000-1, 7.4.4 and 7.4.8). All others are decoded at their full size.
 */
#ifndef LINCE_OUTPUT_PDF_PDF_PICTURE_H
#define LINCE_OUTPUT_PDF_PDF_PICTURE_H

#include "lince.h"

struct buffer;
struct meter;

struct pdf_picture {
    uint32_t width_px, height_px; /* as stored */
    uint32_t orientation;         /* EXIF, 1..8: how the stored rows are laid on the page */
    double dots_per_inch;         /* as the file says, where that is believable; else PDF_DOTS_PER_INCH */
};

/* For images that do not say how large they are. */
#define PDF_DOTS_PER_INCH 150.0

/*
 * Appends the dictionary and the stream of an image XObject, without the "N 0 obj" around them. Borrows `bytes`, the
 * encoded image. What decoding takes is charged to `meter`. Fails as image_decode does; a buffer that is refused is
 * LINCE_ERROR_MEMORY_LIMIT. Thread-safe.
 */
enum lince_status pdf_picture_append(const uint8_t *bytes, size_t bytes_count, struct meter *meter,
                                     struct pdf_picture *picture, struct buffer *buffer, struct lince_error *error);

#endif
