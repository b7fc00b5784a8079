/* test_address.c - hand-written glyphs over bars of ink: which of them are one e-mail address. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/address.h"

enum { WIDTH = 1400, GLYPHS = 40, BAR_PX = 16 };

static const char *characters[] = {"", "a", "@", ".", "1", ":", "-", " "};
static const struct alphabet alphabet = {.characters = characters, .count = 8, .space = 7};

/*
 * The text with a space where glyphs are not joined. Bars of 16 columns stand for the glyphs, 3 columns apart; '_' is a
 * gap of 8 and ' ' one of 14.
 */
static const char *joined_of(const char *text) {
    static char written[3 * GLYPHS];
    static const char names[] = " a@.1:-";
    struct strip strip = drawn_strip(WIDTH, 1.0f);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct glyph glyphs[GLYPHS] = {{0}};
    bool joined[GLYPHS] = {false};
    struct ink ink;
    uint32_t x = 8, count = 0;
    for (; *text != '\0'; text++) {
        if (*text == '_' || *text == ' ') {
            x += *text == '_' ? 5 : 11;
            continue;
        }
        uint32_t step = (x + BAR_PX / 2) / STRIP_WIDTH_STEP_PX;
        glyphs[count++] = (struct glyph){(uint32_t)(strchr(names, *text) - names), step, step, 0.9f, 0.0f};
        drawn_strip_box(&strip, x, 10, x + BAR_PX, 40, -1.0f);
        x += BAR_PX + 3;
    }
    struct reading reading = {.glyphs = glyphs, .count = count};
    assert_true(ink_find(&strip, arena, &ink));
    address_join(&reading, &alphabet, &ink, joined);
    char *end = written;
    for (size_t i = 0; i < count; i++) {
        end = stpcpy(i > 0 && !joined[i] ? stpcpy(end, " ") : end, characters[glyphs[i].symbol]);
    }
    drawn_arena_end(arena);
    drawn_strip_free(&strip);
    return written;
}

static void test_small_gaps_part_no_address(void **state) {
    (void)state;
    assert_string_equal(joined_of("aa_@aa"), "a a @ a a"); /* no domain */
    assert_string_equal(joined_of("aa_@aa_._aa"), "aa@aa.aa");
    assert_string_equal(joined_of("a.a1@a-a.a_a"), "a.a1@a-a.aa");
}

static void test_words_beside_stay_apart(void **state) {
    (void)state;
    assert_string_equal(joined_of("aa aa@aa.aa aa"), "a a aa@aa.aa a a");
    assert_string_equal(joined_of("aa_aa@aa.aa"), "a a aa@aa.aa");
    assert_string_equal(joined_of("a:aa@aa.aa"), "a : aa@aa.aa");
}

static void test_a_name_after_a_word_is_no_address(void **state) {
    (void)state;
    assert_string_equal(joined_of("aa @aa.aa"), "a a @ a a . a a");
    assert_string_equal(joined_of("@aa.aa"), "@ a a . a a");
    assert_string_equal(joined_of("aa@1.1"), "a a @ 1 . 1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_gaps_part_no_address),
        cmocka_unit_test(test_words_beside_stay_apart),
        cmocka_unit_test(test_a_name_after_a_word_is_no_address),
    };
    return cmocka_run_group_tests_name("address", tests, NULL, NULL);
}
