/*
 * test_words.c - hand-written readings over hand-drawn strips: where words are separated, and the boxes around their
 * ink.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/words.h"

enum { BLANK, A, B, ENYE, SPACE, DOT, CLASSES, WIDTH = 160 };

static const char *characters[CLASSES] = {"", "a", "b", "ñ", " ", "·"};
static const struct alphabet alphabet = {.characters = characters, .count = CLASSES, .space = SPACE};

static struct arena *arena;
static struct lince_line line;
static struct doubt *doubts;
static struct letter_gaps gaps;

/*
 * The strip stands at (100, 200) of the image, half as large there. Its strokes: a at columns 9..21, b close by at
 * 25..37, and ñ far away at 105..119; rows 10..37.
 */
static struct strip strip_draw(float paper, float stroke) {
    struct strip strip = drawn_strip(WIDTH, paper);
    drawn_strip_box(&strip, 9, 10, 22, 38, stroke);
    drawn_strip_box(&strip, 25, 10, 38, 38, stroke);
    drawn_strip_box(&strip, 105, 10, 120, 38, stroke);
    const struct lince_point corners[4] = {{100, 200}, {180, 200}, {180, 224}, {100, 224}};
    memcpy(strip.corners, corners, sizeof corners);
    return strip;
}

static const struct glyph GLYPH_A = {A, 1, 2, 0.9f, 0.0f}, GLYPH_B = {B, 3, 4, 0.7f, 0.0f},
                          GLYPH_ENYE = {ENYE, 13, 14, 0.8f, 0.0f}, GLYPH_SPACE = {SPACE, 8, 9, 0.95f, 0.0f};

static void make_on(struct strip strip, struct glyph *glyphs, size_t count) {
    struct reading reading = {.glyphs = glyphs, .count = count, .confidence = count == 0 ? 0.0 : 0.8};
    struct arena scratch;
    struct meter meter;
    meter_init(&meter, NULL, "scratch", METER_NO_LIMIT);
    arena_init(&scratch, &meter, 4096);
    arena = drawn_arena(METER_NO_LIMIT);
    struct ink ink;
    assert_true(ink_find(&strip, &scratch, &ink));
    assert_true(line_make(&reading, &strip, &ink, &alphabet, CELLS_NONE, &scratch, arena, NULL, &line, &doubts, &gaps));
    arena_clear(&scratch);
    drawn_strip_free(&strip);
}
#define MAKE(...)                                                                                                      \
    make_on(strip_draw(1.0f, -1.0f), (struct glyph[]){__VA_ARGS__},                                                    \
            sizeof((struct glyph[]){__VA_ARGS__}) / sizeof(struct glyph))

static void assert_word(size_t index, const char *text, double x0, double x1, double confidence) {
    assert_true(index < line.word_count);
    const struct lince_word *word = &line.words[index];
    assert_string_equal(word->text, text);
    assert_near(word->box.x0, x0, 1e-9);
    assert_near(word->box.x1, x1, 1e-9);
    assert_near(word->box.y0, 200 + 10 / 2.0, 1e-9);
    assert_near(word->box.y1, 200 + 38 / 2.0, 1e-9);
    assert_near(word->confidence, confidence, 1e-6);
}

static void assert_ab_and_enye(void) {
    assert_string_equal(line.text, "ab ñ");
    assert_int_equal(line.word_count, 2);
    assert_word(0, "ab", 100 + 9 / 2.0, 100 + 38 / 2.0, 0.8);
    assert_word(1, "ñ", 100 + 105 / 2.0, 100 + 120 / 2.0, 0.8);
}

static void test_a_written_space_parts_words_and_boxes_fit_the_ink(void **state) {
    (void)state;
    MAKE(GLYPH_A, GLYPH_B, GLYPH_SPACE, GLYPH_ENYE);
    assert_ab_and_enye();
    assert_near(line.confidence, 0.8, 1e-9);
    assert_near(line.quad[0].x, 100, 1e-9);
    assert_near(line.quad[2].y, 224, 1e-9);
    assert_near(line.box.x1, 180, 1e-9);
    assert_near(line.box.y0, 200, 1e-9);
    drawn_arena_end(arena);
}

static void test_a_likely_space_in_a_wide_gap_parts_words(void **state) {
    (void)state;
    struct glyph enye = GLYPH_ENYE;
    enye.space_before = 0.49f; /* the blank outweighed it by a hair */
    MAKE(GLYPH_A, GLYPH_B, enye);
    assert_ab_and_enye();
    drawn_arena_end(arena);
}

static void test_no_space_is_invented_between_close_letters(void **state) {
    (void)state;
    struct glyph b = GLYPH_B;
    b.space_before = 0.001f;
    MAKE(GLYPH_A, b);
    assert_string_equal(line.text, "ab");
    assert_int_equal(line.word_count, 1);
    drawn_arena_end(arena);
}

/* a · ñ, whose spaces the model does not see, with the dot so many columns behind a. */
static const char *dotted(uint32_t gap_px) {
    struct strip strip = drawn_strip(WIDTH, 1.0f);
    uint32_t x = 22 + gap_px;
    drawn_strip_box(&strip, 9, 10, 22, 38, -1.0f);
    drawn_strip_box(&strip, x, 22, x + 5, 27, -1.0f);
    drawn_strip_box(&strip, x + 5 + gap_px, 10, x + 20 + gap_px, 38, -1.0f);
    uint32_t dot = (x + 2) / STRIP_WIDTH_STEP_PX, last = (x + 12 + gap_px) / STRIP_WIDTH_STEP_PX;
    struct glyph glyphs[] = {GLYPH_A, {DOT, dot, dot, 0.9f, 0.0f}, {ENYE, last, last, 0.9f, 0.0f}};
    make_on(strip, glyphs, 3);
    return line.text;
}

static void test_a_dot_that_stands_free_is_a_word(void **state) {
    (void)state;
    assert_string_equal(dotted(12), "a · ñ");
    drawn_arena_end(arena);
    assert_string_equal(dotted(5), "a·ñ");
    drawn_arena_end(arena);
}

static void test_light_ink_on_dark_paper(void **state) {
    (void)state;
    struct glyph glyphs[] = {GLYPH_A, GLYPH_B, GLYPH_SPACE, GLYPH_ENYE};
    make_on(strip_draw(-0.8f, 0.6f), glyphs, 4);
    assert_ab_and_enye();
    drawn_arena_end(arena);
}

static void test_spaces_at_the_ends_and_twice_leave_one_between(void **state) {
    (void)state;
    const struct glyph lead = {SPACE, 0, 0, 0.9f, 0.0f}, trail = {SPACE, 18, 19, 0.9f, 0.0f},
                       second = {SPACE, 11, 11, 0.9f, 0.0f};
    MAKE(lead, GLYPH_A, GLYPH_B, GLYPH_SPACE, second, GLYPH_ENYE, trail);
    assert_ab_and_enye();
    drawn_arena_end(arena);
}

static void test_a_line_on_its_head_has_its_boxes_where_the_ink_is(void **state) {
    (void)state;
    struct strip strip = strip_draw(1.0f, -1.0f);
    struct lince_point upper = strip.corners[0], right = strip.corners[1];
    strip.corners[0] = strip.corners[2], strip.corners[2] = upper;
    strip.corners[1] = strip.corners[3], strip.corners[3] = right;
    struct glyph glyphs[] = {GLYPH_A, GLYPH_B, GLYPH_SPACE, GLYPH_ENYE};
    make_on(strip, glyphs, 4);
    assert_string_equal(line.text, "ab ñ");
    assert_near(line.words[0].box.x1, 180 - 9 / 2.0, 1e-9);
    assert_near(line.words[0].box.y1, 224 - 10 / 2.0, 1e-9);
    assert_near(line.words[1].box.x0, 180 - 120 / 2.0, 1e-9);
    drawn_arena_end(arena);
}

static void test_words_without_ink_share_the_strip(void **state) {
    (void)state;
    struct glyph glyphs[] = {GLYPH_A, GLYPH_SPACE, GLYPH_ENYE};
    make_on(drawn_strip(WIDTH, 1.0f), glyphs, 3);
    assert_string_equal(line.text, "a ñ");
    assert_true(line.words[0].box.x1 <= line.words[1].box.x0);
    assert_near(line.words[0].box.x0, 0, 1e-9);
    assert_near(line.words[1].box.x1, WIDTH, 1e-9);
    drawn_arena_end(arena);
}

static void test_a_reading_without_words(void **state) {
    (void)state;
    make_on(strip_draw(1.0f, -1.0f), NULL, 0);
    assert_int_equal(line.word_count, 0);
    drawn_arena_end(arena);
    MAKE(GLYPH_SPACE);
    assert_int_equal(line.word_count, 0);
    drawn_arena_end(arena);
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct strip strip = strip_draw(1.0f, -1.0f);
    struct glyph glyphs[] = {GLYPH_A, GLYPH_B, GLYPH_SPACE, GLYPH_ENYE};
    struct reading reading = {.glyphs = glyphs, .count = 4, .confidence = 0.8};
    struct ink ink;
    arena = drawn_arena(METER_NO_LIMIT);
    assert_true(ink_find(&strip, arena, &ink));
    for (int which = 0; which < 2; which++) { /* the page's arena refuses, then the scratch */
        struct meter full, free_meter;
        struct arena refusing, giving;
        meter_init(&full, NULL, "full", 0);
        meter_init(&free_meter, NULL, "free", METER_NO_LIMIT);
        arena_init(&refusing, &full, 1024);
        arena_init(&giving, &free_meter, 1024);
        struct arena *scratch = which == 0 ? &giving : &refusing, *own = which == 0 ? &refusing : &giving;
        assert_false(line_make(&reading, &strip, &ink, &alphabet, false, scratch, own, NULL, &line, &doubts, &gaps));
        arena_clear(&giving);
    }
    drawn_strip_free(&strip);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_written_space_parts_words_and_boxes_fit_the_ink),
        cmocka_unit_test(test_a_likely_space_in_a_wide_gap_parts_words),
        cmocka_unit_test(test_no_space_is_invented_between_close_letters),
        cmocka_unit_test(test_a_dot_that_stands_free_is_a_word),
        cmocka_unit_test(test_light_ink_on_dark_paper),
        cmocka_unit_test(test_spaces_at_the_ends_and_twice_leave_one_between),
        cmocka_unit_test(test_a_line_on_its_head_has_its_boxes_where_the_ink_is),
        cmocka_unit_test(test_words_without_ink_share_the_strip),
        cmocka_unit_test(test_a_reading_without_words),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
