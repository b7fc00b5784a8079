/* test_letter_gaps.c - lines of bars a few pixels apart: which of the words that were set apart are joined. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/letter_gaps.h"
#include "text/word_letters.h"
#include "text/words.h"

enum { WIDTH = 1200, LINES = 6, GLYPHS = 64, LETTER_PX = 16, TAIL_PX = 8 };

static const char *characters[] = {"", "a", "b", "1", " ", ","};
static const struct alphabet alphabet = {.characters = characters, .count = 6, .space = 4};

static struct arena *arena;
static struct lince_line lines[LINES];
static struct doubt *doubts[LINES];
static struct letter_gaps gaps[LINES];
static struct letter_book *book; /* NULL: without places of letters */

static uint32_t symbol_of(char character) {
    uint32_t symbol = 1;
    while (characters[symbol][0] != character) {
        symbol++;
    }
    return symbol;
}

/*
 * Reads `text` off a strip: letters stand 4 columns apart, and ` ` and `_` make `wide_px` and `narrow_px` of that; both
 * were read as spaces. `-` makes `narrow_px` and was not. In the upper rows, ink fills the gaps.
 */
static void line_draw(size_t index, const char *text, uint32_t wide_px, uint32_t narrow_px) {
    struct strip strip = drawn_strip(WIDTH, 1.0f);
    struct glyph glyphs[GLYPHS];
    struct reading reading = {.glyphs = glyphs, .confidence = 0.9};
    uint32_t x = 8;
    for (; *text != '\0'; text++) {
        if (*text == ' ' || *text == '_') {
            uint32_t gap_px = *text == ' ' ? wide_px : narrow_px, step = (x - 2) / STRIP_WIDTH_STEP_PX;
            glyphs[reading.count++] = (struct glyph){4, step, step, *text == ' ' ? 0.99f : 0.9f, 0.0f};
            x += gap_px - 4;
            continue;
        }
        if (*text == '-') {
            x += narrow_px - 4;
            continue;
        }
        uint32_t step = (x + LETTER_PX / 2) / STRIP_WIDTH_STEP_PX, symbol = symbol_of(*text);
        glyphs[reading.count++] = (struct glyph){symbol, step, step, 0.9f, 0.0f};
        drawn_strip_box(&strip, x, 12, x + LETTER_PX, 38, -1.0f);
        x += LETTER_PX + 4;
    }
    drawn_strip_box(&strip, 4, 0, x, TAIL_PX, -1.0f); /* the tails of the row above */
    struct ink ink;
    assert_true(ink_find(&strip, arena, &ink));
    assert_true(line_make(&reading, &strip, &ink, &alphabet, false, arena, arena, book, &lines[index], &doubts[index],
                          &gaps[index]));
    drawn_strip_free(&strip);
}

static void page_draw(const char *last, uint32_t wide_px, uint32_t narrow_px) {
    arena = drawn_arena(METER_NO_LIMIT);
    for (size_t i = 0; i + 1 < LINES; i++) {
        line_draw(i, "abba baab abab baba abb", wide_px, narrow_px);
    }
    line_draw(LINES - 1, last, wide_px, narrow_px);
    assert_true(letter_gaps_join(lines, doubts, gaps, LINES, alphabet.count, book, arena));
}

static void test_a_word_with_a_letter_farther_off_is_joined(void **state) {
    (void)state;
    page_draw("ab_ba abb a_b_a", 16, 8);
    assert_string_equal(lines[0].text, "abba baab abab baba abb");
    assert_string_equal(lines[LINES - 1].text, "abba abb aba");
    assert_int_equal(lines[LINES - 1].word_count, 3);
    const struct lince_word *words = lines[LINES - 1].words;
    assert_string_equal(words[0].text, "abba");
    assert_near(words[0].confidence, 0.9, 1e-6);
    assert_true(words[0].box.x1 <= words[1].box.x0);
    drawn_arena_end(arena);
}

static void test_a_joined_word_has_the_letters_of_its_parts(void **state) {
    struct letter_book letters;
    (void)state;
    arena = drawn_arena(METER_NO_LIMIT);
    letter_book_open(&letters, arena);
    book = &letters;
    for (size_t i = 0; i < LINES; i++) {
        line_draw(i, i + 1 < LINES ? "abba baab abab baba abb" : "ab_ba abb a_b_a", 16, 8);
    }
    assert_true(letter_gaps_join(lines, doubts, gaps, LINES, alphabet.count, book, arena));
    book = NULL;
    assert_true(letter_book_sort(&letters));
    assert_string_equal(lines[LINES - 1].text, "abba abb aba");
    for (size_t i = 0; i < lines[LINES - 1].word_count; i++) {
        const struct lince_word *word = &lines[LINES - 1].words[i];
        const struct word_letters *found = letter_book_find(&letters, word->text);
        assert_non_null(found);
        assert_int_equal(found->count, strlen(word->text));
        for (size_t k = 0; k < found->count; k++) {
            assert_int_equal(strlen(found->items[k].text), 1);
            assert_int_equal(found->items[k].text[0], word->text[k]);
            assert_true(k == 0 || found->items[k - 1].box.x1 <= found->items[k].box.x0);
            assert_true(found->items[k].box.x0 >= word->box.x0 - 1 && found->items[k].box.x1 <= word->box.x1 + 1);
        }
    }
    drawn_arena_end(arena);
}

static void test_narrow_spaces_of_a_page_stay(void **state) {
    (void)state;
    page_draw("ab ba abb a b a", 8, 8);
    assert_string_equal(lines[0].text, "abba baab abab baba abb");
    assert_string_equal(lines[LINES - 1].text, "ab ba abb a b a");
    drawn_arena_end(arena);
}

static void test_digits_are_not_joined(void **state) {
    (void)state;
    page_draw("ab_1 11_1 1_ba", 16, 8);
    assert_string_equal(lines[LINES - 1].text, "ab 1 11 1 1 ba");
    drawn_arena_end(arena);
}

static void test_an_amount_with_a_comma_farther_off_is_joined(void **state) {
    (void)state;
    page_draw("ab 11,-11 a 1,-1 11,_1 1,-1", 16, 7);
    assert_string_equal(lines[LINES - 1].text, "ab 11,11 a 1,1 11,1 1,1");
    drawn_arena_end(arena);
}

static void test_one_line_alone_shows_nothing(void **state) {
    (void)state;
    arena = drawn_arena(METER_NO_LIMIT);
    line_draw(0, "ab_ba abb a_b_a", 16, 8);
    assert_true(letter_gaps_join(lines, doubts, gaps, 1, alphabet.count, NULL, arena));
    assert_string_equal(lines[0].text, "ab ba abb a b a");
    drawn_arena_end(arena);
}

static void test_doubts_keep_to_their_words(void **state) {
    (void)state;
    arena = drawn_arena(METER_NO_LIMIT);
    for (size_t i = 0; i + 1 < LINES; i++) {
        line_draw(i, "abba baab abab baba abb", 16, 8);
    }
    line_draw(LINES - 1, "aa ab_ba abb", 16, 8);
    struct doubt first = {.word = 0}, second = {.next = &first, .word = 2}, third = {.next = &second, .word = 3};
    doubts[LINES - 1] = &third;
    assert_true(letter_gaps_join(lines, doubts, gaps, LINES, alphabet.count, NULL, arena));
    assert_string_equal(lines[LINES - 1].text, "aa abba abb");
    assert_ptr_equal(doubts[LINES - 1], &third);
    assert_int_equal(third.word, 2);
    assert_ptr_equal(third.next, &first);
    assert_int_equal(first.word, 0);
    drawn_arena_end(arena);
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    page_draw("ab_ba abb a_b_a", 16, 8);
    struct arena *refusing = drawn_arena(4);
    assert_false(letter_gaps_join(lines, doubts, gaps, LINES, alphabet.count, NULL, refusing));
    drawn_arena_end(refusing);
    drawn_arena_end(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_word_with_a_letter_farther_off_is_joined),
        cmocka_unit_test(test_a_joined_word_has_the_letters_of_its_parts),
        cmocka_unit_test(test_narrow_spaces_of_a_page_stay),
        cmocka_unit_test(test_digits_are_not_joined),
        cmocka_unit_test(test_an_amount_with_a_comma_farther_off_is_joined),
        cmocka_unit_test(test_one_line_alone_shows_nothing),
        cmocka_unit_test(test_doubts_keep_to_their_words),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("letter_gaps", tests, NULL, NULL);
}
