/* tiff_strip.h - TIFF pages that are one strip of CCITT group 4, for files that can hold that strip as it is. */
#ifndef LINCE_IMAGE_TIFF_STRIP_H
#define LINCE_IMAGE_TIFF_STRIP_H

#include "image/tiff_header.h"

struct buffer;

/* Whether the page, as it is decoded, is one such strip, which other programs decode to the same pixels. */
bool tiff_strip_is_fax(const struct tiff_page *page);

/* Appends that page as fax_strip.h says. DAMAGED if the strip is not in the file, MEMORY_LIMIT. */
enum lince_status tiff_strip_append(const struct tiff_file *file, const struct tiff_page *page, struct buffer *bytes,
                                    struct lince_error *error);

#endif
