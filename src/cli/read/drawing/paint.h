/* paint.h - draws a page's boxes and text over its image. */
#ifndef LINCE_CLI_READ_DRAWING_PAINT_H
#define LINCE_CLI_READ_DRAWING_PAINT_H

#include "cli/read/drawing/font.h"
#include "image/image.h"

/*
 * Draws the boxes of a page's lines and, where it hides no line, the text of each beside it, coloured by confidence, in
 * the pixels of the (reduced) image.
 */
void paint_page(struct image *image, const struct lince_page *page, struct font *font);

#endif
