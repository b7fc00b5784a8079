/* channel_ranges.h - the least and the greatest value of each channel in a block of pixels. */
#ifndef LINCE_IMAGE_COMMON_CHANNEL_RANGES_H
#define LINCE_IMAGE_COMMON_CHANNEL_RANGES_H

#include <stddef.h>
#include <stdint.h>

/* Of red, green and blue. Before any pixel: UINT8_MAX and 0. */
struct channel_ranges {
    uint8_t least[3], most[3];
};

/* Pixels of three bytes, `across_bytes` and `down_bytes` from each to the next; at least one. */
struct pixel_block {
    const uint8_t *first;
    ptrdiff_t across_bytes, down_bytes;
    uint32_t width, height;
};

struct channel_ranges channel_ranges_of(const struct pixel_block *block);

/* How far the channel goes that changes most, since colours of the same brightness differ too. */
uint8_t channel_ranges_greatest(const struct channel_ranges *ranges);

#endif
