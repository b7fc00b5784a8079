/* test_frame.c - strips with bars of ink for letters: rules of frames and cells go, letters and underlines of few stay.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/frame.h"

enum { WIDTH = 320, LETTERS = 8, PITCH = 38, LEFT = 8, UPPER = 4, LOWER = 44 };

static struct strip strip;
static struct ink ink;
static struct arena *arena;

static void box(uint32_t x0, uint32_t y0, uint32_t x1, uint32_t y1) {
    drawn_strip_box(&strip, x0, y0, x1, y1, -1.0f);
}

/* Eight letters, each a ring of 16 x 24 with paper in it, at equal distances. */
static void begin(void) {
    strip = drawn_strip(WIDTH, 1.0f);
    arena = drawn_arena(METER_NO_LIMIT);
    for (uint32_t i = 0; i < LETTERS; i++) {
        uint32_t x = LEFT + i * PITCH + 11;
        box(x, 12, x + 16, 36);
        drawn_strip_box(&strip, x + 4, 16, x + 12, 32, 1.0f);
    }
}

static bool erase(void) {
    bool in_cells;
    assert_true(ink_find(&strip, arena, &ink));
    assert_true(frame_erase(&strip, &ink, arena, &in_cells));
    return in_cells;
}

/* The letters are as they were drawn, and of all other ink `left_px` is left. */
static void end(uint32_t left_px) {
    uint32_t letters = 0, others = 0;
    for (uint32_t y = 0; y < STRIP_HEIGHT_PX; y++) {
        for (uint32_t x = 0; x < WIDTH; x++) {
            uint32_t column = (x - LEFT) % PITCH;
            bool is_ink = ink.pixels[(size_t)y * WIDTH + x] != 0, is_dark = strip.planes[(size_t)y * WIDTH + x] < 0.0f;
            assert_int_equal(is_ink, is_dark);
            bool is_letter = x >= LEFT && column >= 11 && column < 27 && y >= 12 && y < 36;
            letters += is_ink && is_letter;
            others += is_ink && !is_letter;
        }
    }
    assert_int_equal(letters, LETTERS * (16 * 24 - 8 * 16));
    assert_int_equal(others, left_px);
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
}

static void test_cells_that_touch_go(void **state) {
    (void)state;
    begin();
    box(LEFT, UPPER, LEFT + LETTERS * PITCH, UPPER + 2);
    box(LEFT, LOWER, LEFT + LETTERS * PITCH, LOWER + 2);
    for (uint32_t i = 0; i <= LETTERS; i++) {
        box(LEFT + i * PITCH, UPPER, LEFT + i * PITCH + 2, LOWER + 2);
    }
    assert_true(erase());
    end(0);
}

static void test_single_cells_go(void **state) {
    (void)state;
    begin();
    for (uint32_t i = 0; i < LETTERS; i++) {
        uint32_t x = LEFT + i * PITCH + 3;
        box(x, UPPER, x + 32, UPPER + 2);
        box(x, LOWER, x + 32, LOWER + 2);
        box(x, UPPER, x + 2, LOWER + 2);
        box(x + 30, UPPER, x + 32, LOWER + 2);
    }
    assert_true(erase());
    end(0);
}

static void test_ticks_on_a_rule_go(void **state) {
    (void)state;
    begin();
    box(LEFT, LOWER, LEFT + LETTERS * PITCH, LOWER + 2);
    for (uint32_t i = 0; i <= LETTERS; i++) {
        box(LEFT + i * PITCH, LOWER - 12, LEFT + i * PITCH + 2, LOWER + 2);
    }
    assert_true(erase());
    end(0);
}

static void test_a_frame_around_a_line_goes_and_makes_no_cells(void **state) {
    (void)state;
    begin();
    box(2, UPPER, WIDTH - 2, UPPER + 2);
    box(2, LOWER, WIDTH - 2, LOWER + 2);
    box(2, UPPER, 4, LOWER + 2);
    assert_false(erase());
    end(0);
}

static void test_letters_alone_stay(void **state) {
    (void)state;
    begin(); /* rings with nothing in them are no cells */
    assert_false(erase());
    end(0);
}

static void test_what_crosses_letters_out_stays(void **state) {
    (void)state;
    begin();
    box(LEFT, 23, LEFT + LETTERS * PITCH, 25);
    assert_false(erase());
    drawn_arena_end(arena);
    assert_near(strip.planes[24 * WIDTH + LEFT + 2], -1.0, 0.01);
    drawn_strip_free(&strip);
}

static void test_a_bar_of_letters_stays(void **state) {
    (void)state;
    begin();
    box(LEFT, LOWER, LEFT + 60, LOWER + 2); /* shorter than a rule */
    assert_false(erase());
    end(60 * 2);
}

/* Sevens whose bars run together, or a rule above strokes that do not reach it. */
static uint32_t ink_of_sevens(uint32_t stroke_top, bool has_lower_rule) {
    strip = drawn_strip(WIDTH, 1.0f);
    arena = drawn_arena(METER_NO_LIMIT);
    box(LEFT, 10, LEFT + 200, 13);
    for (uint32_t x = LEFT + 10; x < LEFT + 200; x += 20) {
        box(x, stroke_top, x + 4, 38);
    }
    if (has_lower_rule) {
        box(LEFT, LOWER, LEFT + 200, LOWER + 2);
    }
    (void)erase();
    uint32_t count = 0;
    for (uint32_t x = 0; x < WIDTH; x++) {
        count += ink.pixels[11 * WIDTH + x];
    }
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
    return count;
}

static void test_bars_of_sevens_that_run_together_stay(void **state) {
    (void)state;
    assert_int_equal(ink_of_sevens(13, false), 200);
    assert_int_equal(ink_of_sevens(20, false), 0); /* a rule above letters */
    assert_true(ink_of_sevens(13, true) < 100);    /* a frame whose letters touch it */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells_that_touch_go),
        cmocka_unit_test(test_single_cells_go),
        cmocka_unit_test(test_ticks_on_a_rule_go),
        cmocka_unit_test(test_a_frame_around_a_line_goes_and_makes_no_cells),
        cmocka_unit_test(test_letters_alone_stay),
        cmocka_unit_test(test_what_crosses_letters_out_stays),
        cmocka_unit_test(test_a_bar_of_letters_stays),
        cmocka_unit_test(test_bars_of_sevens_that_run_together_stay),
    };
    return cmocka_run_group_tests_name("frame", tests, NULL, NULL);
}
