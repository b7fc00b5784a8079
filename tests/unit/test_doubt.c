/* test_doubt.c - words drawn as bars with a known pitch: which are read again, and what is taken from that reading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/second_look.h"

enum { BLANK, ZERO, ONE, LETTER, SPACE, CLASSES, WIDTH = 320 };

static const char *characters[CLASSES] = {"", "0", "1", "a", " "};
static const struct alphabet alphabet = {.characters = characters, .count = CLASSES, .space = SPACE};

/* `strokes` bars, `pitch_px` from one to the next, of which `glyphs` were read as `symbol`, evenly. */
static double stretch_of(uint32_t strokes, uint32_t pitch_px, uint32_t glyphs, uint32_t symbol) {
    struct strip strip = drawn_strip(WIDTH, 1.0f);
    struct glyph read[WIDTH];
    struct ink ink;
    for (uint32_t i = 0; i < strokes; i++) {
        drawn_strip_box(&strip, 8 + i * pitch_px, 8, 8 + i * pitch_px + pitch_px - 4, 40, -1.0f);
    }
    for (uint32_t i = 0; i < glyphs; i++) {
        uint32_t step = (8 + i * strokes * pitch_px / glyphs + pitch_px / 2) / STRIP_WIDTH_STEP_PX;
        read[i] = (struct glyph){symbol, step, step, 0.9f, 0.0f};
    }
    struct reading reading = {.glyphs = read, .count = glyphs};
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_true(ink_find(&strip, arena, &ink));
    double stretch = doubt_word_stretch(&reading, 0, glyphs, &ink, 0, WIDTH, &alphabet);
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
    return stretch;
}

static void test_digits_two_steps_apart_are_not_in_doubt(void **state) {
    (void)state;
    assert_near(stretch_of(10, 20, 10, ZERO), 1.0, 0.0);
    assert_near(stretch_of(10, 20, 7, ZERO), 1.0, 0.0); /* broken strokes, but wide enough */
    assert_near(stretch_of(10, 16, 10, ZERO), 1.0, 0.0);
}

static void test_close_digits_are_read_again_wider(void **state) {
    (void)state;
    assert_near(stretch_of(12, 12, 12, ZERO), 20.0 / 12.0, 0.1); /* none may be lost, none can be known not to be */
    assert_near(stretch_of(12, 15, 9, ZERO), 20.0 / 15.0, 0.1);  /* three strokes have no glyph */
    assert_near(stretch_of(12, 6, 5, ZERO), 2.5, 0.0);           /* no further than this */
}

static void test_letters_only_where_strokes_are_left(void **state) {
    (void)state;
    assert_near(stretch_of(12, 10, 12, LETTER), 1.0, 0.0);
    assert_near(stretch_of(12, 14, 9, LETTER), 1.0, 0.0);
    assert_near(stretch_of(12, 10, 9, LETTER), 2.0, 0.2);
}

static void test_one_digit_is_no_number_and_bare_paper_no_word(void **state) {
    (void)state;
    assert_near(stretch_of(1, 12, 1, ONE), 1.0, 0.0);
    assert_near(stretch_of(0, 12, 3, ZERO), 1.0, 0.0);
}

/* ---- what is taken ------------------------------------------------------------------------------------ */

static struct lince_word first_words[] = {{"REF", 0.99, {0, 0, 30, 10}}, {"1000", 0.95, {40, 0, 90, 10}}};

/* The line's text after its second word was read again as `words`. */
static const char *text_after(struct arena *arena, const struct lince_word *words, size_t count, const char *text,
                              double confidence) {
    static struct lince_line line;
    line = (struct lince_line){.text = "REF 1000", .confidence = 0.97, .word_count = 2, .words = first_words};
    struct doubt doubt = {.word = 1, .stretch = 1.5}, *doubts[] = {&doubt};
    struct look_list looks;
    assert_true(looks_list(&line, doubts, 1, arena, &looks));
    assert_int_equal(looks.count, 1);
    assert_ptr_equal(looks.items[0].doubt, &doubt);
    looks.items[0].other =
        (struct lince_line){.text = text, .confidence = confidence, .word_count = count, .words = words};
    assert_true(looks_take(&looks, arena));
    return line.text;
}

static void test_only_what_came_in_is_taken(void **state) {
    (void)state;
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    const struct lince_word more = {.text = "100000", .confidence = 0.9},
                            unsure = {.text = "100000", .confidence = 0.7},
                            other = {.text = "1O00", .confidence = 0.99}, fewer = {.text = "100", .confidence = 0.99},
                            two[] = {{.text = "10", .confidence = 0.9}, {.text = "000", .confidence = 0.9}};
    assert_string_equal(text_after(arena, &more, 1, "100000", 0.9), "REF 100000");
    assert_string_equal(text_after(arena, two, 2, "10 000", 0.9), "REF 10 000");
    assert_string_equal(text_after(arena, &unsure, 1, "100000", 0.7), "REF 1000");
    assert_string_equal(text_after(arena, &other, 1, "1O00", 0.99), "REF 1000");
    assert_string_equal(text_after(arena, &fewer, 1, "100", 0.99), "REF 1000");
    assert_string_equal(text_after(arena, NULL, 0, NULL, 0.0), "REF 1000");
    drawn_arena_end(arena);
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct lince_line line = {.text = "REF 1000", .word_count = 2, .words = first_words};
    struct doubt doubt = {.word = 1}, *doubts[] = {&doubt};
    struct arena *arena = drawn_arena(0);
    struct look_list looks;
    assert_false(looks_list(&line, doubts, 1, arena, &looks));
    const struct lince_word more = {.text = "100000", .confidence = 0.9};
    struct look look = {&line, &doubt, {.text = "100000", .confidence = 0.9, .word_count = 1, .words = &more}};
    looks = (struct look_list){&look, 1};
    assert_false(looks_take(&looks, arena));
    drawn_arena_end(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_digits_two_steps_apart_are_not_in_doubt),
        cmocka_unit_test(test_close_digits_are_read_again_wider),
        cmocka_unit_test(test_letters_only_where_strokes_are_left),
        cmocka_unit_test(test_one_digit_is_no_number_and_bare_paper_no_word),
        cmocka_unit_test(test_only_what_came_in_is_taken),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
