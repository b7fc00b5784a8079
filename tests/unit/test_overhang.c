/* test_overhang.c - an image with two rows of bars, cut below the first: what hangs into the strip goes, the rest
 * stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/heap.h"
#include "drawn.h"
#include "text/overhang.h"

enum { WIDTH = 240, HEIGHT = 140, TOP = 60 };

static struct image image;
static struct strip strip;
static struct ink ink;
static struct meter meter;
static struct heap *heap;
static struct arena *arena;

/* Letters of the row above that end at the row `feet` of the image; none where that is 0. */
static uint32_t feet;

/* Strokes from `top` to `bottom` of the image, at the columns x..x + 8, about a line of text at the rows 75..105. */
static void look_at(uint32_t x, uint32_t top, uint32_t bottom, uint32_t strip_top) {
    const struct lince_point corners[4] = {
        {0, strip_top}, {WIDTH, strip_top}, {WIDTH, strip_top + 48}, {0, strip_top + 48}};
    image = drawn_image(WIDTH, HEIGHT, 0xFFFFFF);
    drawn_box(&image, 20, strip_top + 16, 30, strip_top + 40, 0);
    drawn_box(&image, 60, strip_top + 16, 70, strip_top + 40, 0);
    drawn_box(&image, x, top, x + 8, bottom, 0);
    for (uint32_t left = 100; feet > 0 && left < 180; left += 20) {
        drawn_box(&image, left, feet - 20, left + 10, feet, 0);
    }
    meter_init(&meter, NULL, "work", METER_NO_LIMIT);
    assert_int_equal(heap_open(&meter, 4 << 20, &heap, NULL), LINCE_OK);
    arena = drawn_arena(METER_NO_LIMIT);
    assert_int_equal(strip_cut(&image, corners, 1.0, heap, &strip, NULL), LINCE_OK);
    assert_true(ink_find(&strip, arena, &ink));
    assert_true(overhang_erase(&image, heap, arena, &strip, &ink));
}

static void end(void) {
    strip_free(&strip);
    heap_close(heap);
    feet = 0;
    drawn_arena_end(arena);
    drawn_image_free(&image);
}

static void test_a_tail_from_above_goes(void **state) {
    (void)state;
    look_at(62, 30, TOP + 6, TOP);
    for (uint32_t y = 0; y < 8; y++) {
        assert_near(strip.planes[y * WIDTH + 65], 1.0, 0.01);
        assert_int_equal(ink.pixels[y * WIDTH + 65], 0);
    }
    assert_int_equal(ink.columns[65], 24); /* the letter below is whole */
    assert_near(strip.planes[20 * WIDTH + 65], -1.0, 0.01);
    end();
}

static void test_an_accent_stays(void **state) {
    (void)state;
    look_at(62, TOP - 4, TOP + 6, TOP); /* though the strip cuts it */
    assert_near(strip.planes[2 * WIDTH + 65], -1.0, 0.01);
    assert_int_equal(ink.columns[65], 30);
    end();
}

static void test_a_comma_of_the_row_above_goes(void **state) {
    (void)state;
    feet = TOP - 2;
    look_at(62, TOP - 6, TOP + 6, TOP); /* it begins above the feet of the letters beside it */
    assert_near(strip.planes[2 * WIDTH + 65], 1.0, 0.01);
    assert_int_equal(ink.columns[65], 24);
    end();
}

static void test_an_accent_below_the_feet_of_the_row_above_stays(void **state) {
    (void)state;
    feet = TOP - 4;
    look_at(62, TOP - 4, TOP + 6, TOP);
    assert_near(strip.planes[2 * WIDTH + 65], -1.0, 0.01);
    assert_int_equal(ink.columns[65], 30);
    end();
}

static void test_a_stroke_that_goes_on_stays(void **state) {
    (void)state;
    look_at(62, 20, 120, TOP); /* a rule of a table */
    assert_near(strip.planes[2 * WIDTH + 65], -1.0, 0.01);
    end();
}

static void test_at_the_edge_of_the_image_all_stays(void **state) {
    (void)state;
    look_at(62, 0, 9, 4); /* what is above the image cannot be known */
    assert_near(strip.planes[2 * WIDTH + 65], -1.0, 0.01);
    end();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_tail_from_above_goes),
        cmocka_unit_test(test_an_accent_stays),
        cmocka_unit_test(test_a_comma_of_the_row_above_goes),
        cmocka_unit_test(test_an_accent_below_the_feet_of_the_row_above_stays),
        cmocka_unit_test(test_a_stroke_that_goes_on_stays),
        cmocka_unit_test(test_at_the_edge_of_the_image_all_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
