/* test_row_spans.c - rows with content and their surroundings are processed; bare ones are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/bands.h"
#include "text/detect/row_spans.h"

enum { WIDTH_PX = 400, HEIGHT_PX = 1000, PAPER = 0xf0f0f0, SURROUNDINGS_PX = 16 };

/* The spans of what is seen, in a map of the image's own size. */
static struct row_spans spans_seen(const struct image *image, unsigned turn) {
    struct view view = view_of(image, turn);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct bands bands;
    assert_true(bands_measure(&view, 1.0, arena, &bands));
    struct row_spans spans = row_spans_find(&bands, 1.0, view.height_px);
    drawn_arena_end(arena);
    return spans;
}

static void check_stretch(const struct row_spans *spans, size_t index, uint32_t from_px, uint32_t until_px) {
    assert_true(index < spans->count);
    assert_int_equal(spans->items[index].from_px, from_px);
    assert_int_equal(spans->items[index].until_px, until_px);
}

static void test_a_bare_page_has_none(void **state) {
    (void)state;
    struct image image = drawn_image(WIDTH_PX, HEIGHT_PX, PAPER);
    drawn_box(&image, 0, 300, WIDTH_PX, 500, 0x204080); /* a bar of one colour from side to side */
    drawn_box(&image, 50, 700, 90, 720, 0xeeeeee);      /* fainter than anything that can be read */
    assert_int_equal(spans_seen(&image, 0).count, 0);
    drawn_image_free(&image);
}

static void test_bare_rows_are_left_out(void **state) {
    (void)state;
    struct image image = drawn_image(WIDTH_PX, HEIGHT_PX, PAPER);
    drawn_box(&image, 10, 100, 30, 140, 0);
    drawn_box(&image, 395, 600, 399, 620, 0xe8e8e8); /* at the edge, and faint */
    struct row_spans spans = spans_seen(&image, 0);
    assert_int_equal(spans.count, 2);
    check_stretch(&spans, 0, 100 - SURROUNDINGS_PX, 140 + SURROUNDINGS_PX);
    check_stretch(&spans, 1, 600 - SURROUNDINGS_PX, 620 + SURROUNDINGS_PX);
    drawn_image_free(&image);
}

static void test_colours_of_one_brightness_are_seen(void **state) {
    (void)state;
    struct image image = drawn_image(WIDTH_PX, HEIGHT_PX, 0x0000ff);
    drawn_box(&image, 50, 300, 90, 320, 0xff0000);
    assert_int_equal(spans_seen(&image, 0).count, 1);
    drawn_image_free(&image);
}

static void test_a_change_between_two_bands_is_seen(void **state) {
    (void)state;
    for (uint32_t x = 1; x < WIDTH_PX; x++) { /* at every column, so at the borders of bands too */
        struct image image = drawn_image(WIDTH_PX, 64, PAPER);
        drawn_box(&image, x, 20, WIDTH_PX, 40, 0);
        assert_int_equal(spans_seen(&image, 0).count, 1);
        drawn_image_free(&image);
    }
}

static void test_what_touches_the_edges_ends_there(void **state) {
    (void)state;
    struct image image = drawn_image(WIDTH_PX, HEIGHT_PX, PAPER);
    drawn_box(&image, 10, 0, 30, 20, 0);
    drawn_box(&image, 10, 995, 30, 1000, 0);
    struct row_spans spans = spans_seen(&image, 0);
    assert_int_equal(spans.count, 2);
    check_stretch(&spans, 0, 0, 20 + SURROUNDINGS_PX);
    check_stretch(&spans, 1, 995 - SURROUNDINGS_PX, 1000);
    drawn_image_free(&image);
}

static void test_neighbours_join_where_nothing_is_saved(void **state) {
    (void)state;
    struct image image = drawn_image(WIDTH_PX, HEIGHT_PX, PAPER);
    drawn_box(&image, 10, 100, 30, 140, 0);
    drawn_box(&image, 10, 200, 30, 240, 0);
    struct row_spans spans = spans_seen(&image, 0);
    assert_int_equal(spans.count, 1);
    check_stretch(&spans, 0, 100 - SURROUNDINGS_PX, 240 + SURROUNDINGS_PX);
    drawn_image_free(&image);
}

static void test_beyond_the_limit_the_last_takes_the_rest(void **state) {
    (void)state;
    enum { TALL_PX = 4000, COUNT = 12, PITCH_PX = 300 };
    struct image image = drawn_image(WIDTH_PX, TALL_PX, PAPER);
    for (uint32_t i = 0; i < COUNT; i++) {
        drawn_box(&image, 10, 100 + i * PITCH_PX, 30, 120 + i * PITCH_PX, 0);
    }
    struct row_spans spans = spans_seen(&image, 0);
    assert_int_equal(spans.count, ROW_SPANS_LIMIT);
    check_stretch(&spans, ROW_SPANS_LIMIT - 1, 100 + (ROW_SPANS_LIMIT - 1) * PITCH_PX - SURROUNDINGS_PX,
                  120 + (COUNT - 1) * PITCH_PX + SURROUNDINGS_PX);
    drawn_image_free(&image);
}

static void test_rows_are_those_of_what_is_seen(void **state) {
    (void)state;
    struct image upright = drawn_image(WIDTH_PX, HEIGHT_PX, PAPER);
    drawn_box(&upright, 10, 100, 30, 140, 0);
    for (unsigned turn = 0; turn < 4; turn++) {
        struct image image = drawn_turned(&upright, turn);
        struct row_spans spans = spans_seen(&image, turn);
        assert_int_equal(spans.count, 1);
        check_stretch(&spans, 0, 100 - SURROUNDINGS_PX, 140 + SURROUNDINGS_PX);
        drawn_image_free(&image);
    }
    drawn_image_free(&upright);
}

static void test_a_reduced_map_has_reduced_rows(void **state) {
    (void)state;
    struct image image = drawn_image(WIDTH_PX, HEIGHT_PX, PAPER);
    drawn_box(&image, 10, 400, 30, 480, 0);
    struct view view = view_of(&image, 0);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct bands bands;
    assert_true(bands_measure(&view, 0.1, arena, &bands));
    assert_int_equal(bands.step_px, 5);
    struct row_spans spans = row_spans_find(&bands, 0.1, 100);
    assert_int_equal(spans.count, 1);
    check_stretch(&spans, 0, 40 - SURROUNDINGS_PX, 48 + SURROUNDINGS_PX);
    drawn_arena_end(arena);
    drawn_image_free(&image);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_bare_page_has_none),
        cmocka_unit_test(test_bare_rows_are_left_out),
        cmocka_unit_test(test_colours_of_one_brightness_are_seen),
        cmocka_unit_test(test_a_change_between_two_bands_is_seen),
        cmocka_unit_test(test_what_touches_the_edges_ends_there),
        cmocka_unit_test(test_neighbours_join_where_nothing_is_saved),
        cmocka_unit_test(test_beyond_the_limit_the_last_takes_the_rest),
        cmocka_unit_test(test_rows_are_those_of_what_is_seen),
        cmocka_unit_test(test_a_reduced_map_has_reduced_rows),
    };
    return cmocka_run_group_tests_name("spans", tests, NULL, NULL);
}
