/* test_ink.c - strokes found on hand-drawn strips, for every pair of paper and ink. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/ink.h"

/* Two strokes: columns 10..19 and 40..49, rows 12..35. */
static struct strip two_strokes(float paper, float stroke) {
    struct strip strip = drawn_strip(96, paper);
    drawn_strip_box(&strip, 10, 12, 20, 36, stroke);
    drawn_strip_box(&strip, 40, 12, 50, 36, stroke);
    return strip;
}

static void check_two_strokes(float paper, float stroke) {
    struct strip strip = two_strokes(paper, stroke);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct ink ink;
    uint32_t first, end, start;
    assert_true(ink_find(&strip, arena, &ink));
    assert_int_equal(ink.width, 96);
    for (uint32_t x = 0; x < 96; x++) {
        bool inside = (x >= 10 && x < 20) || (x >= 40 && x < 50);
        assert_int_equal(ink.columns[x], inside ? 24 : 0);
        assert_int_equal(ink.pixels[20 * 96 + x], inside);
        assert_int_equal(ink.pixels[36 * 96 + x], 0);
    }
    assert_true(ink_columns(&ink, 0, 96, &first, &end));
    assert_int_equal(first, 10);
    assert_int_equal(end, 50);
    assert_true(ink_rows(&ink, 0, 96, &first, &end));
    assert_int_equal(first, 12);
    assert_int_equal(end, 36);
    assert_int_equal(ink_gap(&ink, 15, 45, &start), 20);
    assert_int_equal(start, 20);
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
}

static void test_any_paper_and_any_ink(void **state) {
    (void)state;
    check_two_strokes(1.0f, -1.0f);
    check_two_strokes(-1.0f, 1.0f);
    check_two_strokes(0.2f, -0.4f);
    check_two_strokes(-0.5f, 0.1f);
    check_two_strokes(0.9f, 0.6f); /* pale grey on white */
}

static void test_specks_do_not_set_the_contrast(void **state) {
    (void)state;
    struct strip strip = two_strokes(0.5f, 0.0f);
    drawn_strip_box(&strip, 70, 20, 74, 24, -1.0f); /* 16 pixels of 4608, and much darker than the strokes */
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct ink ink;
    assert_true(ink_find(&strip, arena, &ink));
    assert_int_equal(ink.columns[15], 24);
    assert_int_equal(ink.columns[72], 4);
    assert_int_equal(ink.columns[60], 0);
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
}

static void test_the_soft_edge_of_a_stroke_is_paper(void **state) {
    (void)state;
    struct strip strip = two_strokes(1.0f, -1.0f);
    drawn_strip_box(&strip, 20, 12, 21, 36, 0.4f); /* a third of the way to the ink */
    drawn_strip_box(&strip, 9, 12, 10, 36, -0.4f); /* two thirds */
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct ink ink;
    assert_true(ink_find(&strip, arena, &ink));
    assert_int_equal(ink.columns[20], 0);
    assert_int_equal(ink.columns[9], 24);
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
}

static void test_bare_paper_has_no_ink(void **state) {
    (void)state;
    for (int level = -20; level <= 20; level++) {
        struct strip strip = drawn_strip(64, (float)level / 20.0f);
        struct arena *arena = drawn_arena(METER_NO_LIMIT);
        struct ink ink;
        uint32_t first, end, start;
        assert_true(ink_find(&strip, arena, &ink));
        assert_false(ink_columns(&ink, 0, 64, &first, &end));
        assert_false(ink_rows(&ink, 0, 64, &first, &end));
        assert_int_equal(ink_gap(&ink, 5, 30, &start), 25);
        assert_int_equal(start, 5);
        drawn_arena_end(arena);
        drawn_strip_free(&strip);
    }
}

static void test_looking_at_a_part_only(void **state) {
    (void)state;
    struct strip strip = two_strokes(1.0f, -1.0f);
    drawn_strip_box(&strip, 60, 2, 64, 46, -1.0f);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct ink ink;
    uint32_t first, end, start;
    assert_true(ink_find(&strip, arena, &ink));
    assert_true(ink_columns(&ink, 15, 44, &first, &end));
    assert_int_equal(first, 15);
    assert_int_equal(end, 44);
    assert_false(ink_columns(&ink, 20, 40, &first, &end));
    assert_false(ink_columns(&ink, 15, 15, &first, &end));
    assert_true(ink_rows(&ink, 0, 60, &first, &end));
    assert_int_equal(first, 12);
    assert_true(ink_rows(&ink, 0, 61, &first, &end));
    assert_int_equal(first, 2);
    assert_int_equal(end, 46);
    assert_int_equal(ink_gap(&ink, 10, 20, &start), 0); /* ink all along */
    assert_int_equal(ink_gap(&ink, 0, 96, &start), 32); /* the widest is the last, 64..96 */
    assert_int_equal(start, 64);
    assert_int_equal(ink_gap(&ink, 0, 70, &start), 20); /* cut short, it is the one between the strokes */
    assert_int_equal(start, 20);
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct strip strip = drawn_strip(640, 1.0f);
    struct arena *arena = drawn_arena(4000);
    struct ink ink;
    assert_false(ink_find(&strip, arena, &ink));
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_paper_and_any_ink),
        cmocka_unit_test(test_specks_do_not_set_the_contrast),
        cmocka_unit_test(test_the_soft_edge_of_a_stroke_is_paper),
        cmocka_unit_test(test_bare_paper_has_no_ink),
        cmocka_unit_test(test_looking_at_a_part_only),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
