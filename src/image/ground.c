/* ground.c - the contrast of edges with white, black and grey. */
#include "image/ground.h"

#include <string.h>

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

static uint32_t difference(uint32_t one, uint32_t other) {
    return one > other ? one - other : other - one;
}

static void side_begin(struct ground_walk *walk, const uint8_t pixel[4], uint32_t change) {
    walk->change = change;
    walk->edge = walk->inner = brightness(pixel);
    walk->left_px = GROUND_DEPTH_PX - 1;
}

static void side_add(struct ground_walk *walk, const uint8_t pixel[4]) {
    uint32_t bright = brightness(pixel);
    if (difference(bright, walk->edge) > difference(walk->inner, walk->edge)) {
        walk->inner = bright;
    }
    walk->left_px--;
}

static void side_end(struct ground_walk *walk) {
    for (int i = 0; i < GROUND_COUNT && walk->change > 0; i++) {
        uint32_t contrast = difference(walk->inner, levels[i]);
        walk->contrast->sums[i] += (uint64_t)walk->change * (contrast < ENOUGH_LEVELS ? contrast : ENOUGH_LEVELS);
    }
    walk->change = walk->left_px = 0;
}

/* The side that the pixels before are. */
static void side_before(struct ground_walk *walk, uint32_t change) {
    side_begin(walk, walk->last[0], change);
    for (uint32_t i = 1; i < walk->count && walk->last[i][3] == walk->last[0][3]; i++) {
        side_add(walk, walk->last[i]);
    }
    side_end(walk);
}

void ground_pixel_note(struct ground_walk *walk, const uint8_t pixel[4]) {
    uint8_t before = walk->last[0][3];
    if (walk->count > 0 && pixel[3] != before) {
        side_end(walk);
        if (pixel[3] > before) {
            side_begin(walk, pixel, (uint32_t)pixel[3] - before);
        } else {
            side_before(walk, (uint32_t)before - pixel[3]);
        }
    } else if (walk->left_px > 0) {
        side_add(walk, pixel);
    }
    memmove(walk->last[1], walk->last[0], sizeof walk->last - sizeof walk->last[0]);
    memcpy(walk->last[0], pixel, sizeof walk->last[0]);
    walk->count += walk->count < GROUND_DEPTH_PX;
}

void ground_walk_end(struct ground_walk *walk) {
    side_end(walk);
}

bool ground_row_has_edges(const uint8_t *row, uint32_t channels, uint32_t count) {
    const uint8_t *alpha = row + channels - 1;
    uint8_t differs = 0;
    for (size_t x = 1; x < count; x++) {
        differs |= alpha[x * channels] ^ alpha[0];
    }
    return differs != 0;
}

void ground_row_note(struct ground_contrast *contrast, const uint8_t *row, uint32_t channels, uint32_t count) {
    struct ground_walk walk = {.contrast = contrast};
    if (!ground_row_has_edges(row, channels, count)) {
        return;
    }
    for (uint32_t x = 0; x < count; x++, row += channels) {
        const uint8_t grey[4] = {row[0], row[0], row[0], row[1]};
        ground_pixel_note(&walk, channels == 2 ? grey : row);
    }
    ground_walk_end(&walk);
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
