/* pixel.c - blends a colour with what is there. */
#include "cli/read/drawing/pixel.h"

#include <math.h>

void pixel_blend(struct image *image, int x, int y, struct colour colour, double coverage) {
    if (x < 0 || y < 0 || x >= (int)image->width_px || y >= (int)image->height_px) {
        return;
    }
    uint8_t *pixel = image->pixels + (size_t)y * image->stride_bytes + (size_t)x * 3;
    const uint8_t over[3] = {colour.red, colour.green, colour.blue};
    for (int i = 0; i < 3; i++) {
        pixel[i] = (uint8_t)lround(pixel[i] + (over[i] - pixel[i]) * coverage);
    }
}
