/* likeness.c - a difference hash: coarse enough to survive compression, fine enough to distinguish layouts. */
#include "worker/likeness.h"

#include <string.h>

#include "image/image.h"

static int grey(const struct image *image, uint32_t x, uint32_t y) {
    const uint8_t *pixel = image->pixels + y * image->stride_bytes + (size_t)x * 3;
    return 299 * pixel[0] + 587 * pixel[1] + 114 * pixel[2];
}

void likeness_of(const struct image *image, unsigned char likeness[WORK_LIKENESS_BYTES]) {
    memset(likeness, 0, WORK_LIKENESS_BYTES);
    for (uint32_t y = 0; y < LIKENESS_HEIGHT_PX; y++) {
        for (uint32_t x = 0; x + 1 < LIKENESS_WIDTH_PX; x++) {
            uint32_t bit = y * (LIKENESS_WIDTH_PX - 1) + x;
            /* A step of one grey level is noise: flat areas give zeros in every copy. */
            if (grey(image, x + 1, y) - grey(image, x, y) > 2000) {
                likeness[bit / 8] |= (unsigned char)(1u << (bit % 8));
            }
        }
    }
}
