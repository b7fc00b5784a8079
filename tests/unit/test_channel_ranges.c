/* test_channel_ranges.c - blocks of pixels in any direction and of any size have the ranges that a plain search finds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "image/common/channel_ranges.h"

enum { WIDTH = 70, HEIGHT = 9, BYTES = 3 };

static uint8_t pixels[HEIGHT][WIDTH][BYTES];

static void pixels_fill(uint32_t seed) {
    uint8_t *byte = &pixels[0][0][0];
    for (size_t i = 0; i < sizeof pixels; i++) {
        seed = seed * 1664525u + 1013904223u;
        byte[i] = (uint8_t)(90 + (seed >> 24) % 40);
    }
    /* Something far from the rest, in one pixel of each channel. */
    for (size_t channel = 0; channel < BYTES; channel++) {
        seed = seed * 1664525u + 1013904223u;
        byte[(seed >> 8) % (WIDTH * HEIGHT) * BYTES + channel] = seed & 1 ? 255 : 0;
    }
}

static void plainly(const struct pixel_block *block, struct channel_ranges *ranges) {
    *ranges = (struct channel_ranges){{255, 255, 255}, {0, 0, 0}};
    for (uint32_t y = 0; y < block->height; y++) {
        for (uint32_t x = 0; x < block->width; x++) {
            for (size_t c = 0; c < BYTES; c++) {
                uint8_t value =
                    block->first[(ptrdiff_t)x * block->across_bytes + (ptrdiff_t)y * block->down_bytes + (ptrdiff_t)c];
                ranges->least[c] = value < ranges->least[c] ? value : ranges->least[c];
                ranges->most[c] = value > ranges->most[c] ? value : ranges->most[c];
            }
        }
    }
}

static void check(const struct pixel_block *block) {
    struct channel_ranges expected, found = channel_ranges_of(block);
    plainly(block, &expected);
    assert_memory_equal(&found, &expected, sizeof found);
    uint8_t greatest = 0;
    for (size_t c = 0; c < BYTES; c++) {
        uint8_t range = (uint8_t)(expected.most[c] - expected.least[c]);
        greatest = range > greatest ? range : greatest;
    }
    assert_int_equal(channel_ranges_greatest(&found), greatest);
}

static void test_blocks_of_every_width_in_every_direction(void **state) {
    (void)state;
    const ptrdiff_t row = (ptrdiff_t)WIDTH * BYTES;
    for (uint32_t width = 1; width <= WIDTH; width++) {
        pixels_fill(width);
        for (uint32_t height = 1; height <= HEIGHT; height += 4) {
            check(&(struct pixel_block){pixels[0][WIDTH - width], BYTES, row, width, height});
            check(&(struct pixel_block){pixels[height - 1][width - 1], -BYTES, -row, width, height});
        }
        if (width <= HEIGHT) { /* turned */
            check(&(struct pixel_block){pixels[0][WIDTH - 1], row, -BYTES, width, WIDTH});
            check(&(struct pixel_block){pixels[width - 1][0], -row, BYTES, width, WIDTH});
        }
        check(&(struct pixel_block){pixels[0][0], 2 * BYTES, 2 * row, (width + 1) / 2, (HEIGHT + 1) / 2});
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_blocks_of_every_width_in_every_direction)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
