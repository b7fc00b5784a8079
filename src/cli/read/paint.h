/* paint.h - draws lines and rectangles over an image. Coordinates may be outside; nothing is drawn there. */
#ifndef LINCE_CLI_READ_PAINT_H
#define LINCE_CLI_READ_PAINT_H

#include "cli/read/font.h"
#include "image/image.h"

/* A line `width_px` wide with soft edges and round ends. */
void paint_line(struct image *image, struct lince_point from, struct lince_point to, double width_px,
                struct colour colour);

void paint_rectangle(struct image *image, int x0, int y0, int x1, int y1, struct colour colour, double coverage);

/*
 * Draws the boxes of a page's lines and, where it hides no line, the text of each beside it, coloured by confidence, in
 * the pixels of the (reduced) image.
 */
void paint_page(struct image *image, const struct lince_page *page, struct font *font);

#endif
