/* pixel.h - one pixel of a picture that is drawn on. */
#ifndef LINCE_CLI_READ_PIXEL_H
#define LINCE_CLI_READ_PIXEL_H

#include "image/image.h"

struct colour {
    uint8_t red, green, blue;
};

/* Lays a colour over a pixel, which may lie outside. `coverage` 0..1: how much of the pixel the colour takes. */
void pixel_blend(struct image *image, int x, int y, struct colour colour, double coverage);

#endif
