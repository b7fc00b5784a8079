/* test_unread_part.c - lines of which a part shows ink but no characters, or characters without confidence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/unread_part.h"

enum { WIDTH_PX = 640, BLACK = -1, WHITE = 1 };

/* Bars from one column to another, every `pitch` columns, after two characters at the left; gives whether a part is
 * silent. */
static bool is_silent(uint32_t from, uint32_t until, uint32_t pitch) {
    struct strip strip = drawn_strip(WIDTH_PX, WHITE);
    drawn_strip_box(&strip, 8, 10, 16, 38, BLACK);
    drawn_strip_box(&strip, 32, 10, 40, 38, BLACK);
    for (uint32_t x = from; x < until; x += pitch) {
        drawn_strip_box(&strip, x, 10, x + 8, 38, BLACK);
    }
    struct glyph glyphs[2] = {{1, 1, 1, 1.0f, 0.0f}, {2, 4, 4, 1.0f, 0.0f}};
    struct reading reading = {.glyphs = glyphs, .count = 2};
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct ink ink;
    assert_true(ink_find(&strip, arena, &ink));
    bool silent = part_is_silent(&reading, &ink);
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
    return silent;
}

static void test_ink_without_characters_is_silent(void **state) {
    (void)state;
    assert_true(is_silent(120, 500, 12));
    assert_true(is_silent(100, 240, 12));   /* four or five signs of Chinese */
    assert_false(is_silent(0, 0, 1));       /* bare paper */
    assert_false(is_silent(120, 200, 12));  /* no room for a word */
    assert_false(is_silent(120, 620, 120)); /* dirt */
}

/*
 * Letters 16 columns apart, `sure` at the left that were read without doubt, and bars in `until` columns behind them,
 * of which `doubtful` were read as something; gives what the line's ink says.
 */
static enum part_silence silence_of(size_t sure, uint32_t until, uint32_t pitch, uint32_t height, size_t doubtful) {
    struct strip strip = drawn_strip(WIDTH_PX, WHITE);
    struct glyph glyphs[32];
    size_t count = 0;
    for (; count < sure; count++) {
        uint32_t x = 8 + 16 * (uint32_t)count;
        drawn_strip_box(&strip, x, 10, x + 8, 38, BLACK);
        glyphs[count] = (struct glyph){1 + (uint32_t)count % 2, x / 8, x / 8, 0.99f, 0.0f};
    }
    uint32_t from = 24 + 16 * (uint32_t)sure;
    for (uint32_t x = from; x < until; x += pitch) {
        drawn_strip_box(&strip, x, 38 - height, x + 8 < x + pitch ? x + 8 : x + pitch - 3, 38, BLACK);
        if (doubtful > 0) {
            glyphs[count++] = (struct glyph){3, x / 8, x / 8, 0.6f, 0.0f};
            doubtful--;
        }
    }
    struct reading reading = {.glyphs = glyphs, .count = count};
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct ink ink;
    assert_true(ink_find(&strip, arena, &ink));
    enum part_silence silence = part_silence_of(&reading, &ink);
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
    return silence;
}

static void test_letters_of_which_few_were_read_are_thin(void **state) {
    (void)state;
    assert_int_equal(silence_of(8, 290, 16, 28, 0), SILENCE_THIN); /* eight letters, none of them read */
    assert_int_equal(silence_of(8, 290, 16, 28, 3), SILENCE_THIN);
    assert_int_equal(silence_of(8, 290, 16, 28, 6), SILENCE_NONE); /* a bad scan loses some */
    assert_int_equal(silence_of(8, 220, 16, 28, 0), SILENCE_NONE); /* an icon or two */
    assert_int_equal(silence_of(8, 290, 16, 10, 0), SILENCE_NONE); /* dashes */
    assert_int_equal(silence_of(8, 290, 5, 28, 0), SILENCE_NONE);  /* a bar code */
    assert_int_equal(silence_of(8, 290, 60, 28, 0), SILENCE_NONE); /* a few signs */
    assert_int_equal(silence_of(3, 200, 16, 28, 0), SILENCE_NONE); /* too little Latin text to measure it */
}

/* Three words, a hundred pixels each; gives whether a part is doubtful. */
static bool is_doubtful(double first, double second, double third) {
    struct lince_word words[3] = {
        {"uno", first, {0, 0, 100, 48}}, {"dos", second, {110, 0, 210, 48}}, {"tres", third, {220, 0, 320, 48}}};
    struct lince_line line = {.words = words, .word_count = 3, .quad = {{0, 0}, {320, 0}, {320, 48}, {0, 48}}};
    return part_is_doubtful(&line);
}

static void test_words_without_confidence_side_by_side_are_doubtful(void **state) {
    (void)state;
    assert_true(is_doubtful(0.7, 0.8, 0.99));
    assert_true(is_doubtful(0.99, 0.8, 0.7));
    assert_false(is_doubtful(0.7, 0.99, 0.7));   /* one word is no part of a line */
    assert_false(is_doubtful(0.93, 0.93, 0.99)); /* small print */
}

static void test_a_long_line_of_which_letters_or_spaces_are_left_is_lost_print(void **state) {
    (void)state;
    struct lince_word word = {"uno", 0.8, {0, 0, 100, 48}};
    struct lince_line line = {.words = &word, .word_count = 1, .confidence = 0.8, .text = "l tr s ntr"};
    assert_true(part_is_lost(&line, 800));
    assert_false(part_is_lost(&line, 300)); /* a logo */
    line.text = "*** GS S ***";
    assert_false(part_is_lost(&line, 800));
    line.text = "- ' . ,";
    assert_false(part_is_lost(&line, 800));
    struct lince_line spaces = {.confidence = 0.98, .text = ""}, nothing = {.text = ""};
    assert_true(part_is_lost(&spaces, 800));
    assert_false(part_is_lost(&nothing, 800)); /* a rule or a code */
}

static void test_a_line_that_runs_down_is_measured_along_it(void **state) {
    (void)state;
    struct lince_word words[2] = {{"uno", 0.7, {0, 0, 48, 100}}, {"dos", 0.7, {0, 110, 48, 210}}};
    struct lince_line line = {.words = words, .word_count = 2, .quad = {{48, 0}, {48, 210}, {0, 210}, {0, 0}}};
    assert_true(part_is_doubtful(&line));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ink_without_characters_is_silent),
        cmocka_unit_test(test_letters_of_which_few_were_read_are_thin),
        cmocka_unit_test(test_words_without_confidence_side_by_side_are_doubtful),
        cmocka_unit_test(test_a_long_line_of_which_letters_or_spaces_are_left_is_lost_print),
        cmocka_unit_test(test_a_line_that_runs_down_is_measured_along_it),
    };
    return cmocka_run_group_tests_name("unread_part", tests, NULL, NULL);
}
