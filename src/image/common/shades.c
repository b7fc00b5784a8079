/* shades.c - compares the channels of each pixel. */
#include "image/common/shades.h"

#include <stdbool.h>

enum { RGB_CHANNELS = 3 };

static bool row_is_grey(const uint8_t *pixels, uint32_t count, bool *is_bilevel) {
    uint32_t tinted = 0, between = 0;
    for (uint32_t x = 0; x < count; x++, pixels += RGB_CHANNELS) {
        tinted |= (uint32_t)(pixels[0] ^ pixels[1]) | (uint32_t)(pixels[0] ^ pixels[2]);
        between |= pixels[0] != 0 && pixels[0] != UINT8_MAX;
    }
    *is_bilevel = *is_bilevel && between == 0;
    return tinted == 0;
}

enum shades shades_of(const struct image *image) {
    bool is_bilevel = true;
    for (uint32_t y = 0; y < image->height_px; y++) {
        if (!row_is_grey(image->pixels + y * image->stride_bytes, image->width_px, &is_bilevel)) {
            return SHADES_COLOUR;
        }
    }
    return is_bilevel ? SHADES_BILEVEL : SHADES_GREY;
}

void shades_row(enum shades shades, const uint8_t *pixels, uint32_t count, uint8_t *samples) {
    for (uint32_t x = 0; x < count; x++) {
        samples[x] = shades == SHADES_BILEVEL ? pixels[x * RGB_CHANNELS] & 1 : pixels[x * RGB_CHANNELS];
    }
}
