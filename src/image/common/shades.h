/* shades.h - whether a picture has colours, shades of grey, or black and white alone, and its samples without colour.
 */
#ifndef LINCE_IMAGE_COMMON_SHADES_H
#define LINCE_IMAGE_COMMON_SHADES_H

#include "image/image.h"

enum shades { SHADES_COLOUR, SHADES_GREY, SHADES_BILEVEL };

/* Looks at every pixel, until one is coloured. */
enum shades shades_of(const struct image *image);

/* The samples of a row of grey pixels, a byte each; those of a bilevel picture are 0 or 1. */
void shades_row(enum shades shades, const uint8_t *pixels, uint32_t count, uint8_t *samples);

#endif
