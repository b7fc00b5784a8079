/* pixel.h - one pixel of a picture that is being drawn. */
#ifndef LINCE_CLI_READ_DRAWING_PIXEL_H
#define LINCE_CLI_READ_DRAWING_PIXEL_H

#include "image/image.h"

struct colour {
    uint8_t red, green, blue;
};

/* Blends a colour over a pixel, which may be outside. `coverage` 0..1: how much of the pixel the colour covers. */
void pixel_blend(struct image *image, int x, int y, struct colour colour, double coverage);

#endif
