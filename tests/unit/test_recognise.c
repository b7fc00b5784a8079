/* test_recognise.c - matrices of probabilities written by hand, and the best path through them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/recognise.h"

/* The classes of these matrices. */
enum { BLANK, A, B, SPACE, CLASSES };

static const char *characters[CLASSES] = {"", "a", "b", " "};
static const struct alphabet alphabet = {.characters = characters, .count = CLASSES, .space = SPACE};

static struct arena *arena;
static struct reading reading;

static void decode(const float (*matrix)[CLASSES], size_t steps) {
    arena = drawn_arena(METER_NO_LIMIT);
    assert_true(reading_open(arena, steps, &reading));
    reading_extend(&reading, steps == 0 ? NULL : &matrix[0][0], steps, &alphabet);
    reading_close(&reading);
}

static void assert_glyph(size_t index, uint32_t symbol, uint32_t first_step, uint32_t last_step, double probability) {
    assert_true(index < reading.count);
    const struct glyph *glyph = &reading.glyphs[index];
    assert_int_equal(glyph->symbol, symbol);
    assert_int_equal(glyph->first_step, first_step);
    assert_int_equal(glyph->last_step, last_step);
    assert_near(glyph->probability, probability, 1e-6);
}

static void test_repeats_are_one_and_a_blank_makes_two(void **state) {
    (void)state;
    static const float matrix[][CLASSES] = {
        {0.9f, 0.1f, 0.0f, 0.0f}, /* - */
        {0.2f, 0.7f, 0.1f, 0.0f}, /* a */
        {0.1f, 0.8f, 0.1f, 0.0f}, /* a, the same, surer */
        {0.3f, 0.6f, 0.1f, 0.0f}, /* a, the same */
        {0.6f, 0.4f, 0.0f, 0.0f}, /* - */
        {0.1f, 0.9f, 0.0f, 0.0f}, /* a, another */
        {0.1f, 0.4f, 0.5f, 0.0f}, /* b, at once */
        {0.9f, 0.0f, 0.1f, 0.0f}, /* - */
    };
    decode(matrix, 8);
    assert_int_equal(reading.count, 3);
    assert_glyph(0, A, 1, 3, 0.8);
    assert_glyph(1, A, 5, 5, 0.9);
    assert_glyph(2, B, 6, 6, 0.5);
    assert_near(reading.confidence, (0.8 + 0.9 + 0.5) / 3.0, 1e-6);
    drawn_arena_end(arena);
}

static void test_a_space_outweighed_by_the_blank_is_remembered(void **state) {
    (void)state;
    static const float matrix[][CLASSES] = {
        {0.1f, 0.9f, 0.0f, 0.00f}, /* a */
        {0.7f, 0.1f, 0.0f, 0.20f}, /* -, perhaps a space */
        {0.6f, 0.0f, 0.0f, 0.40f}, /* -, rather a space */
        {0.8f, 0.0f, 0.1f, 0.10f}, /* - */
        {0.1f, 0.0f, 0.9f, 0.00f}, /* b */
        {0.9f, 0.0f, 0.0f, 0.05f}, /* -, hardly a space */
        {0.0f, 1.0f, 0.0f, 0.00f}, /* a */
        {0.0f, 0.0f, 1.0f, 0.00f}, /* b, with nothing between */
    };
    decode(matrix, 8);
    assert_int_equal(reading.count, 4);
    assert_near(reading.glyphs[0].space_before, 0.0, 1e-6);
    assert_near(reading.glyphs[1].space_before, 0.4, 1e-6);
    assert_near(reading.glyphs[2].space_before, 0.05, 1e-6);
    assert_near(reading.glyphs[3].space_before, 0.0, 1e-6);
    drawn_arena_end(arena);
}

static void test_a_sure_space_is_a_glyph(void **state) {
    (void)state;
    static const float matrix[][CLASSES] = {
        {0.1f, 0.9f, 0.0f, 0.0f},
        {0.1f, 0.0f, 0.0f, 0.9f},
        {0.2f, 0.0f, 0.0f, 0.8f},
        {0.0f, 0.0f, 1.0f, 0.0f},
    };
    decode(matrix, 4);
    assert_int_equal(reading.count, 3);
    assert_glyph(0, A, 0, 0, 0.9);
    assert_glyph(1, SPACE, 1, 2, 0.9);
    assert_glyph(2, B, 3, 3, 1.0);
    drawn_arena_end(arena);
}

static void test_nothing_written(void **state) {
    (void)state;
    static const float matrix[][CLASSES] = {{0.9f, 0.1f, 0, 0}, {0.6f, 0, 0, 0.4f}};
    decode(matrix, 2);
    assert_int_equal(reading.count, 0);
    assert_near(reading.confidence, 0.0, 0.0);
    drawn_arena_end(arena);
    decode(matrix, 0);
    assert_int_equal(reading.count, 0);
    assert_near(reading.confidence, 0.0, 0.0);
    drawn_arena_end(arena);
}

static void test_of_equals_the_first_class_wins(void **state) {
    (void)state;
    static const float matrix[][CLASSES] = {{0.5f, 0.5f, 0, 0}, {0, 0.5f, 0.5f, 0}};
    decode(matrix, 2);
    assert_int_equal(reading.count, 1);
    assert_glyph(0, A, 1, 1, 0.5);
    drawn_arena_end(arena);
}

/* The path goes on from one extension to the next as if it were one. */
static void test_a_path_in_parts(void **state) {
    (void)state;
    static const float matrix[][CLASSES] = {
        {0.1f, 0.8f, 0.1f, 0.0f}, /* a */
        {0.1f, 0.9f, 0.0f, 0.0f}, /* a, the same */
        {0.7f, 0.0f, 0.0f, 0.3f}, /* -, perhaps a space */
        {0.1f, 0.9f, 0.0f, 0.0f}, /* a, another */
        {0.1f, 0.0f, 0.0f, 0.9f}, /* a space */
        {0.1f, 0.0f, 0.0f, 0.9f}, /* the same */
        {0.1f, 0.0f, 0.9f, 0.0f}, /* b */
    };
    for (size_t cut = 0; cut <= 7; cut++) {
        arena = drawn_arena(METER_NO_LIMIT);
        assert_true(reading_open(arena, 7, &reading));
        reading_extend(&reading, matrix[0], cut, &alphabet);
        reading_extend(&reading, matrix[0] + cut * CLASSES, 7 - cut, &alphabet);
        reading_close(&reading);
        assert_int_equal(reading.count, 4);
        assert_glyph(0, A, 0, 1, 0.9);
        assert_glyph(1, A, 3, 3, 0.9);
        assert_near(reading.glyphs[1].space_before, 0.3, 1e-6);
        assert_glyph(2, SPACE, 4, 5, 0.9);
        assert_glyph(3, B, 6, 6, 0.9);
        assert_near(reading.confidence, 0.9, 1e-6);
        drawn_arena_end(arena);
    }
}

static void test_the_seam_lies_where_both_slices_agree(void **state) {
    (void)state;
    static const float blank[] = {1, 0, 0, 0}, a[] = {0, 1, 0, 0}, space[] = {0, 0, 0, 1};
    /* The space is seen a step earlier by the later slice, which takes the half of a letter at its edge for an a. */
    const float *const before[6] = {blank, blank, blank, space, blank, blank}, *const after[6] = {a,     blank, space,
                                                                                                  blank, a,     blank};
    float rows[2][6][CLASSES];
    for (size_t step = 0; step < 6; step++) {
        memcpy(rows[0][step], before[step], sizeof blank);
        memcpy(rows[1][step], after[step], sizeof blank);
    }
    assert_int_equal(recognise_seam_step(rows[0][0], rows[1][0], 6, CLASSES), 1);
    assert_int_equal(recognise_seam_step(rows[0][0], rows[0][0], 6, CLASSES), 2); /* of equals the middle */
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    arena = drawn_arena(2000);
    assert_false(reading_open(arena, 400, &reading));
    drawn_arena_end(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_repeats_are_one_and_a_blank_makes_two),
        cmocka_unit_test(test_a_space_outweighed_by_the_blank_is_remembered),
        cmocka_unit_test(test_a_sure_space_is_a_glyph),
        cmocka_unit_test(test_nothing_written),
        cmocka_unit_test(test_of_equals_the_first_class_wins),
        cmocka_unit_test(test_a_path_in_parts),
        cmocka_unit_test(test_the_seam_lies_where_both_slices_agree),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
