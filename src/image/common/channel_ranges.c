/*
 * channel_ranges.c - compares pixels that lie side by side 16 at a time, and folds the 48 bytes at the end.
 *
 * The last 16 of a row overlap those before: to look at a pixel twice changes nothing.
 */
#include "image/common/channel_ranges.h"

#include <stdbool.h>
#include <string.h>

enum { CHANNELS = 3, LANE_PIXELS = 16, LANES = CHANNELS * LANE_PIXELS };

static inline uint8_t least_of(uint8_t a, uint8_t b) {
    return a < b ? a : b;
}

static inline uint8_t most_of(uint8_t a, uint8_t b) {
    return a > b ? a : b;
}

static void lanes_take(uint8_t least[LANES], uint8_t most[LANES], const uint8_t *pixels) {
    for (size_t i = 0; i < LANES; i++) {
        least[i] = least_of(least[i], pixels[i]);
        most[i] = most_of(most[i], pixels[i]);
    }
}

static struct channel_ranges lanes_fold(const uint8_t least[LANES], const uint8_t most[LANES]) {
    struct channel_ranges ranges;
    memcpy(ranges.least, least, CHANNELS);
    memcpy(ranges.most, most, CHANNELS);
    for (size_t i = CHANNELS; i < LANES; i += CHANNELS) {
        for (size_t c = 0; c < CHANNELS; c++) {
            ranges.least[c] = least_of(ranges.least[c], least[i + c]);
            ranges.most[c] = most_of(ranges.most[c], most[i + c]);
        }
    }
    return ranges;
}

/* Rows of at least LANE_PIXELS pixels side by side, in either direction. */
static struct channel_ranges close_ranges(const struct pixel_block *block) {
    uint8_t least[LANES], most[LANES];
    memset(least, UINT8_MAX, sizeof least);
    memset(most, 0, sizeof most);
    const uint8_t *row = block->across_bytes > 0 ? block->first : block->first - (size_t)(block->width - 1) * CHANNELS;
    size_t last = (size_t)(block->width - LANE_PIXELS) * CHANNELS;
    for (uint32_t y = 0; y < block->height; y++) {
        const uint8_t *pixels = row + (ptrdiff_t)y * block->down_bytes;
        for (size_t at = 0; at < last; at += LANES) {
            lanes_take(least, most, pixels + at);
        }
        lanes_take(least, most, pixels + last);
    }
    return lanes_fold(least, most);
}

/* Pixels at any distance from each other. */
static struct channel_ranges apart_ranges(const struct pixel_block *block) {
    struct channel_ranges ranges = {{UINT8_MAX, UINT8_MAX, UINT8_MAX}, {0, 0, 0}};
    for (uint32_t y = 0; y < block->height; y++) {
        const uint8_t *pixel = block->first + (ptrdiff_t)y * block->down_bytes;
        for (uint32_t x = 0; x < block->width; x++, pixel += block->across_bytes) {
            for (size_t c = 0; c < CHANNELS; c++) {
                ranges.least[c] = least_of(ranges.least[c], pixel[c]);
                ranges.most[c] = most_of(ranges.most[c], pixel[c]);
            }
        }
    }
    return ranges;
}

struct channel_ranges channel_ranges_of(const struct pixel_block *block) {
    bool are_close = block->across_bytes == CHANNELS || block->across_bytes == -CHANNELS;
    return are_close && block->width >= LANE_PIXELS ? close_ranges(block) : apart_ranges(block);
}

uint8_t channel_ranges_greatest(const struct channel_ranges *ranges) {
    uint8_t greatest = 0;
    for (size_t c = 0; c < CHANNELS; c++) {
        greatest = most_of(greatest, (uint8_t)(ranges->most[c] - ranges->least[c]));
    }
    return greatest;
}
