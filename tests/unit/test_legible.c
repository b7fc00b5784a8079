/*
 * test_legible.c - lines drawn with a known height and distance, in any colours and at any turn, determine the map's
 * size.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/bands.h"
#include "text/detect/legible.h"

enum { WIDTH_PX = 640, HEIGHT_PX = 800, BLACK = 0x000000, WHITE = 0xffffff };

/* Strokes side by side, up to `until_px`. */
static void line_draw(struct image *image, uint32_t y, uint32_t height_px, uint32_t until_px, uint32_t ink) {
    for (uint32_t x = 2; x + 2 <= until_px; x += 6) {
        drawn_box(image, x, y, x + 2, y + height_px, ink);
    }
}

/* Lines `height_px` high, `pitch_px` apart, from the left edge up to `until_px`. */
static struct image lines_drawn(uint32_t height_px, uint32_t pitch_px, uint32_t until_px, uint32_t paper,
                                uint32_t ink) {
    struct image image = drawn_image(WIDTH_PX, HEIGHT_PX, paper);
    for (uint32_t y = pitch_px / 2; y + height_px < HEIGHT_PX; y += pitch_px) {
        line_draw(&image, y, height_px, until_px, ink);
    }
    return image;
}

static double share_seen(const struct image *image, unsigned turn, double scale) {
    struct view view = view_of(image, turn);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct bands bands;
    double share = 0.0;
    assert_true(bands_measure(&view, scale, arena, &bands));
    assert_true(legible_share(&bands, scale, arena, &share));
    drawn_arena_end(arena);
    return share;
}

static double share_of_lines(uint32_t height_px, uint32_t pitch_px, double scale) {
    struct image image = lines_drawn(height_px, pitch_px, WIDTH_PX, WHITE, BLACK);
    double share = share_seen(&image, 0, scale);
    drawn_image_free(&image);
    return share;
}

static void test_the_height_of_lines_sets_the_size(void **state) {
    (void)state;
    assert_near(share_of_lines(14, 60, 0.5), 1.0, 1e-9);
    assert_near(share_of_lines(20, 60, 0.5), 0.7, 1e-9);
    assert_near(share_of_lines(40, 80, 0.2), 0.875, 1e-9); /* every second row is looked at */
}

static void test_so_does_their_distance_where_they_are_close(void **state) {
    (void)state;
    assert_near(share_of_lines(20, 28, 0.5), 1.0, 1e-9);
    assert_near(share_of_lines(20, 35, 0.5), 0.8, 1e-9);
}

static void test_no_map_is_too_small_or_too_large(void **state) {
    (void)state;
    assert_near(share_of_lines(60, 80, 0.5), LEGIBLE_LEAST, 1e-9);
    assert_near(share_of_lines(6, 14, 0.5), LEGIBLE_MOST, 1e-9);
}

static void test_small_print_among_larger_stays_legible(void **state) {
    (void)state;
    struct image image = lines_drawn(40, 80, WIDTH_PX, WHITE, BLACK);
    assert_near(share_seen(&image, 0, 0.5), LEGIBLE_LEAST, 1e-9);
    line_draw(&image, 740, 8, WIDTH_PX, BLACK);
    line_draw(&image, 780, 8, WIDTH_PX, BLACK);
    assert_near(share_seen(&image, 0, 0.5), 0.875, 1e-9);
    drawn_image_free(&image);
    image = lines_drawn(20, 60, WIDTH_PX, WHITE, BLACK);
    line_draw(&image, 728, 6, WIDTH_PX, BLACK);
    line_draw(&image, 790, 6, WIDTH_PX, BLACK);
    assert_near(share_seen(&image, 0, 0.4), 1.0, 1e-9); /* no larger than usual for its sake */
    drawn_image_free(&image);
}

static void test_colours_and_turns_change_nothing(void **state) {
    (void)state;
    static const uint32_t colours[][2] = {{WHITE, BLACK}, {BLACK, WHITE}, {0x1020a0, 0xffe040}, {0xffffff, 0xc8c8c8}};
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
        struct image upright = lines_drawn(20, 60, WIDTH_PX, colours[i][0], colours[i][1]);
        for (unsigned turn = 0; turn < 4; turn++) {
            struct image image = drawn_turned(&upright, turn);
            assert_near(share_seen(&image, turn, 0.5), 0.7, 1e-9);
            drawn_image_free(&image);
        }
        drawn_image_free(&upright);
    }
}

static void test_little_text_does_not_decide(void **state) {
    (void)state;
    struct image blank = drawn_image(WIDTH_PX, HEIGHT_PX, WHITE);
    assert_near(share_seen(&blank, 0, 0.5), 1.0, 1e-9);
    drawn_image_free(&blank);
    struct image faint = lines_drawn(20, 60, WIDTH_PX, WHITE, 0xf0f0f0);
    assert_near(share_seen(&faint, 0, 0.5), 1.0, 1e-9);
    drawn_image_free(&faint);
    struct image few = lines_drawn(20, 75, 18, WHITE, BLACK); /* ten lines in one band */
    assert_near(share_seen(&few, 0, 0.5), 1.0, 1e-9);
    drawn_image_free(&few);
    struct image speck = drawn_image(3, 2, WHITE);
    assert_near(share_seen(&speck, 0, 1.0), 1.0, 1e-9);
    drawn_image_free(&speck);
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct image image = lines_drawn(20, 60, WIDTH_PX, WHITE, BLACK);
    struct view view = view_of(&image, 0);
    struct arena *refusing = drawn_arena(16);
    struct bands bands;
    assert_false(bands_measure(&view, 0.5, refusing, &bands));
    drawn_arena_end(refusing);
    uint8_t ranges[HEIGHT_PX] = {0};
    const struct bands bare = {ranges, 1, HEIGHT_PX, 1};
    double share;
    refusing = drawn_arena(16);
    assert_false(legible_share(&bare, 0.5, refusing, &share));
    drawn_arena_end(refusing);
    drawn_image_free(&image);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_height_of_lines_sets_the_size),
        cmocka_unit_test(test_so_does_their_distance_where_they_are_close),
        cmocka_unit_test(test_no_map_is_too_small_or_too_large),
        cmocka_unit_test(test_small_print_among_larger_stays_legible),
        cmocka_unit_test(test_colours_and_turns_change_nothing),
        cmocka_unit_test(test_little_text_does_not_decide),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("legible", tests, NULL, NULL);
}
