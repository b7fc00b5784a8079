/* ground.c - the contrast of edges with white, black and grey. */
#include "image/ground.h"

#include <stdbool.h>

/* White first: it wins a tie. Grey is for images with both white and black letters. */
static const uint8_t levels[GROUND_COUNT] = {GROUND_WHITE_LEVEL, 0, 128};

/* More contrast than this reads no better. */
enum { ENOUGH_LEVELS = 96 };

/* Another ground needs this many quarters of white's contrast to replace it. */
enum { BETTER_QUARTERS = 5 };

/* Perceived brightness (ITU-R BT.601), in 256ths. */
static uint32_t brightness(const uint8_t rgb[3]) {
    return (77u * rgb[0] + 150u * rgb[1] + 29u * rgb[2]) >> 8;
}

void ground_edge_note(struct ground_contrast *contrast, const uint8_t rgb[3], uint32_t change) {
    uint32_t bright = brightness(rgb);
    for (int i = 0; i < GROUND_COUNT; i++) {
        uint32_t difference = bright > levels[i] ? bright - levels[i] : levels[i] - bright;
        contrast->sums[i] += (uint64_t)change * (difference < ENOUGH_LEVELS ? difference : ENOUGH_LEVELS);
    }
}

void ground_row_note(struct ground_contrast *contrast, const uint8_t *row, uint32_t channels, uint32_t count) {
    const uint32_t alpha_at = channels - 1;
    for (uint32_t x = 1; x < count; x++) {
        const uint8_t *left = row + (size_t)(x - 1) * channels, *right = left + channels;
        if (left[alpha_at] == right[alpha_at]) {
            continue;
        }
        bool left_shows = left[alpha_at] > right[alpha_at];
        const uint8_t *seen = left_shows ? left : right;
        const uint8_t rgb[3] = {seen[0], channels == 2 ? seen[0] : seen[1], channels == 2 ? seen[0] : seen[2]};
        uint32_t change =
            left_shows ? (uint32_t)left[alpha_at] - right[alpha_at] : (uint32_t)right[alpha_at] - left[alpha_at];
        ground_edge_note(contrast, rgb, change);
    }
}

void ground_row_lay(struct ground_contrast *contrast, uint8_t ground, const uint8_t *row, uint32_t count,
                    uint8_t *rgb) {
    ground_row_note(contrast, row, 4, count);
    for (uint32_t x = 0; x < count; x++, row += 4, rgb += 3) {
        for (int c = 0; c < 3; c++) {
            rgb[c] = ground_over(ground, row[c], row[3]);
        }
    }
}

uint8_t ground_level(const struct ground_contrast *contrast) {
    int best = 0;
    for (int i = 1; i < GROUND_COUNT; i++) {
        uint64_t least = best == 0 ? contrast->sums[0] / 4 * BETTER_QUARTERS : contrast->sums[best];
        if (contrast->sums[i] > least) {
            best = i;
        }
    }
    return levels[best];
}
