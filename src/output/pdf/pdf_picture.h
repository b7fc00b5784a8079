/*
 * pdf_picture.h - an image as a picture of a PDF file: its own bytes if PDF can hold them, otherwise its pixels,
 * deflated.
 *
 * A baseline or progressive JPEG, a PNG without transparency or interlacing, and a page of TIFF that is one strip of
 * CCITT group 4 (fax_strip.h) are embedded unchanged, so nothing is lost or decoded (ISO 32000-1, 7.4.4, 7.4.6 and
 * 7.4.8), and so is what a page of several such strips was made into. All others are decoded at full size; grey pixels
 * go in as one sample, black and white ones as one bit.
 */
#ifndef LINCE_OUTPUT_PDF_PDF_PICTURE_H
#define LINCE_OUTPUT_PDF_PDF_PICTURE_H

#include <stdbool.h>

#include "lince.h"

struct buffer;
struct meter;

struct pdf_picture {
    uint32_t width_px, height_px; /* as stored */
    uint32_t orientation;         /* EXIF, 1..8: how the stored rows lie on the page */
    bool is_cmyk;                 /* its samples are inks, not light */
    double dots_per_inch;         /* the file's own value if it is plausible, otherwise PDF_DOTS_PER_INCH */
};

/* For images without a size in inches. */
#define PDF_DOTS_PER_INCH 150.0

/*
 * Appends the dictionary and the stream of an image XObject, without the "N 0 obj" around them. Borrows `bytes`, the
 * encoded image. Charges decoding to `meter`. Fails as image_decode does; a refused buffer is LINCE_ERROR_MEMORY_LIMIT.
 * Thread-safe.
 */
enum lince_status pdf_picture_append(const uint8_t *bytes, size_t bytes_count, struct meter *meter,
                                     struct pdf_picture *picture, struct buffer *buffer, struct lince_error *error);

/* Gives what pdf_picture_append would, of the image's header alone. */
enum lince_status pdf_picture_measure(const uint8_t *bytes, size_t bytes_count, struct pdf_picture *picture,
                                      struct lince_error *error);

#endif
