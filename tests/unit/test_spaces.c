/* test_spaces.c - hand-written glyphs over bars of ink: where there is a space. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/spaces.h"

enum { WIDTH = 400, GLYPHS = 16 };

static const char *characters[] = {"", "1", "2", ",", "/", "a", " "};
static const struct alphabet alphabet = {.characters = characters, .count = 7, .space = 6};

/*
 * The text of glyphs whose centres are `steps` steps apart from one to the next: `steps[i]` behind the glyph i. A space
 * in `text` is one that the model saw; '?' is one that it saw with `probability` only. Bars of ink leave
 * `gaps_px[i]` behind the glyph i.
 */
static const char *parted_at(const char *text, const uint32_t *steps, const uint32_t *gaps_px, float probability) {
    static char written[2 * GLYPHS];
    struct strip strip = drawn_strip(WIDTH, 1.0f);
    struct glyph glyphs[GLYPHS] = {{0}};
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct ink ink;
    uint32_t step = 1;
    size_t count = 0, letters = 0;
    float seen = 0.0f;
    for (; *text != '\0'; text++) {
        if (*text == '?') {
            seen = probability;
            continue;
        }
        uint32_t symbol = 1;
        while (characters[symbol][0] != *text) {
            symbol++;
        }
        bool is_space = symbol == alphabet.space;
        uint32_t at = is_space ? step - 1 : step;
        glyphs[count++] = (struct glyph){symbol, at, at, 0.9f, seen};
        seen = 0.0f;
        if (!is_space) {
            uint32_t gap_px = gaps_px[letters], next = steps[letters++],
                     centre = step * STRIP_WIDTH_STEP_PX + STRIP_WIDTH_STEP_PX / 2;
            drawn_strip_box(&strip, centre, 10, centre + next * STRIP_WIDTH_STEP_PX - gap_px, 40, -1.0f);
            step += next;
        }
    }
    struct reading reading = {.glyphs = glyphs, .count = count};
    assert_true(ink_find(&strip, arena, &ink));
    double digits_px = spaces_digits_pitch_px(&reading, &alphabet);
    char *end = written;
    for (size_t i = 0; i < count; i++) {
        if (glyphs[i].symbol != alphabet.space) {
            bool starts = i > 0 && spaces_word_starts(&reading, i, &alphabet, &ink, digits_px);
            end = stpcpy(starts ? stpcpy(end, " ") : end, characters[glyphs[i].symbol]);
        }
    }
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
    return written;
}

static const char *parted(const char *text, const uint32_t *steps, uint32_t gap_px, float probability) {
    uint32_t gaps_px[GLYPHS];
    for (size_t i = 0; i < GLYPHS; i++) {
        gaps_px[i] = gap_px;
    }
    return parted_at(text, steps, gaps_px, probability);
}

static const uint32_t EVEN[GLYPHS] = {3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3};

static void test_an_amount_in_even_type_is_not_parted(void **state) {
    (void)state;
    assert_string_equal(parted("12,?11", EVEN, 13, 0.217f), "12,11");
    assert_string_equal(parted("12, 11", EVEN, 13, 0), "12,11");
    assert_string_equal(parted("12 ,11", EVEN, 13, 0), "12,11");
}

static void test_a_list_of_numbers_is_parted(void **state) {
    (void)state;
    static const uint32_t list[GLYPHS] = {3, 2, 3, 3, 2, 3, 3, 2, 3};
    static const uint32_t gaps_px[GLYPHS] = {6, 4, 16, 6, 4, 16, 6, 4, 16};
    assert_string_equal(parted_at("12, 21, 12", list, gaps_px, 0), "12, 21, 12");
}

/* In small print a comma in the middle of its column is a step nearer to one digit. */
static void test_an_amount_whose_comma_is_off_by_a_step_is_not_parted(void **state) {
    (void)state;
    static const uint32_t steps[GLYPHS] = {3, 2, 3, 3}, gaps_px[GLYPHS] = {6, 8, 12, 6};
    assert_string_equal(parted_at("12, 21", steps, gaps_px, 0), "12,21");
    assert_string_equal(parted_at("12,?21", steps, gaps_px, 0.3f), "12,21");
}

static void test_a_list_whose_comma_touches_is_parted(void **state) {
    (void)state;
    static const uint32_t steps[GLYPHS] = {3, 2, 3, 3}, gaps_px[GLYPHS] = {6, 0, 12, 6};
    assert_string_equal(parted_at("12, 21", steps, gaps_px, 0), "12, 21");
}

static void test_thin_digits_of_a_date_are_not_parted(void **state) {
    (void)state;
    assert_string_equal(parted("12/1 1/2112", EVEN, 9, 0), "12/11/2112");
    assert_string_equal(parted("12 12", EVEN, 9, 0), "12 12");
}

static void test_letters_that_touch_are_not_parted_by_a_doubt(void **state) {
    (void)state;
    assert_string_equal(parted("aa?aa", EVEN, 0, 0.24f), "aaaa");
    assert_string_equal(parted("aa?aa", EVEN, 6, 0.24f), "aa aa");
    assert_string_equal(parted("aa?aa", EVEN, 6, 0.1f), "aaaa");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_amount_in_even_type_is_not_parted),
        cmocka_unit_test(test_a_list_of_numbers_is_parted),
        cmocka_unit_test(test_an_amount_whose_comma_is_off_by_a_step_is_not_parted),
        cmocka_unit_test(test_a_list_whose_comma_touches_is_parted),
        cmocka_unit_test(test_thin_digits_of_a_date_are_not_parted),
        cmocka_unit_test(test_letters_that_touch_are_not_parted_by_a_doubt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
