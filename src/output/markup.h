/* markup.h - text and boxes for markup: escaped, in whole pixels, without what a format forbids. */
#ifndef LINCE_OUTPUT_MARKUP_H
#define LINCE_OUTPUT_MARKUP_H

#include <stdint.h>

#include "lince.h"

struct buffer;

/* The smallest box in whole pixels around the exact one. */
struct pixel_box {
    int64_t x0, y0, x1, y1;
};

struct pixel_box pixel_box_of(struct lince_box box);

/*
 * Text for XML and XHTML, in elements and in attributes with either quote. What XML 1.0 forbids, control characters and
 * bytes that are not UTF-8, becomes U+FFFD.
 */
void markup_text(struct buffer *buffer, const char *text);

/* Text for a cell of a tab-separated table: tabs, line ends and other control characters become spaces. */
void markup_cell(struct buffer *buffer, const char *text);

#endif
