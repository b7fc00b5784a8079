/* test_spread.c - hand-written glyphs over bars of ink: which are letters of one word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/spread.h"

enum { WIDTH = 1200, GLYPHS = 32, STEP = STRIP_WIDTH_STEP_PX };

static const char *characters[] = {"", "A", "1", ":", "Ñ", " "};
static const struct alphabet alphabet = {.characters = characters, .count = 6, .space = 5};

/*
 * The text with a space where letters are not joined. In `text` A, N (for Ñ), 1 and : are bars of 16 columns, each
 * `steps` steps after the one before; each further '_' adds as much, and '.' makes the next one follow at 20 columns.
 */
static const char *joined_of(const char *text, uint32_t steps, enum spread_cells cells) {
    static char written[3 * GLYPHS];
    static const char names[] = " A1:N";
    struct strip strip = drawn_strip(WIDTH, 1.0f);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct glyph glyphs[GLYPHS] = {{0}};
    bool joined[GLYPHS];
    struct ink ink;
    uint32_t x = 8, count = 0;
    for (; *text != '\0'; text++) {
        if (*text == '_') {
            x += steps * STEP;
        } else if (*text == '.') {
            x -= steps * STEP - 20;
        } else {
            uint32_t step = (x + 8) / STEP;
            glyphs[count++] = (struct glyph){(uint32_t)(strchr(names, *text) - names), step, step, 0.9f, 0.0f};
            drawn_strip_box(&strip, x, 10, x + 16, 40, -1.0f);
            x += steps * STEP;
        }
    }
    struct reading reading = {.glyphs = glyphs, .count = count};
    assert_true(ink_find(&strip, arena, &ink));
    spread_find(&reading, &alphabet, &ink, cells, joined);
    char *end = written;
    for (size_t i = 0; i < count; i++) {
        end = stpcpy(i > 0 && !joined[i] ? stpcpy(end, " ") : end, characters[glyphs[i].symbol]);
    }
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
    return written;
}

static void test_letters_that_are_far_apart_are_a_word(void **state) {
    (void)state;
    assert_string_equal(joined_of("AAANA", 6, CELLS_NONE), "AAAÑA");
    assert_string_equal(joined_of("AAAA_AANA", 6, CELLS_NONE), "AAAA AAÑA");
}

static void test_few_letters_are_words_of_their_own(void **state) {
    (void)state;
    assert_string_equal(joined_of("AAA", 6, CELLS_NONE), "A A A");
    assert_string_equal(joined_of("AAA", 6, CELLS_SEEN), "AAA");
    assert_string_equal(joined_of("AA", 6, CELLS_SEEN), "A A");
    assert_string_equal(joined_of("AA", 6, CELLS_OF_COMB), "AA");
}

static void test_digits_far_apart_are_columns(void **state) {
    (void)state;
    assert_string_equal(joined_of("111111", 6, CELLS_NONE), "111111");
    assert_string_equal(joined_of("11111", 6, CELLS_NONE), "1 1 1 1 1");
    assert_string_equal(joined_of("111111", 10, CELLS_NONE), "1 1 1 1 1 1");
    assert_string_equal(joined_of("111111", 10, CELLS_SEEN), "111111");
    assert_string_equal(joined_of("111_1111", 10, CELLS_SEEN), "111 1111");
}

static void test_a_usual_word_beside_takes_no_part(void **state) {
    (void)state;
    assert_string_equal(joined_of("A.A.A.A_AAAA", 6, CELLS_NONE), "A A A A AAAA");
    assert_string_equal(joined_of("A.A.A:_111111", 6, CELLS_NONE), "A A A : 111111");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letters_that_are_far_apart_are_a_word),
        cmocka_unit_test(test_few_letters_are_words_of_their_own),
        cmocka_unit_test(test_digits_far_apart_are_columns),
        cmocka_unit_test(test_a_usual_word_beside_takes_no_part),
    };
    return cmocka_run_group_tests_name("spread", tests, NULL, NULL);
}
