/* test_leaders.c - rows of dots, dashes and rules between letters are painted over; what else is in a row stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/leaders.h"

enum { WIDTH_PX = 600, HEIGHT_PX = 200, BASE_PX = 100, LETTER_PX = 16, DOT_PX = 3, WHITE = 0xffffff, BLACK = 0x000000 };

/* Strokes as high as letters, which stand on the base line; `count` of them from `x` on. */
static void letters_draw(struct image *image, uint32_t x, uint32_t y, uint32_t count, uint32_t ink) {
    for (uint32_t i = 0; i < count; i++, x += 8) {
        drawn_box(image, x, y - LETTER_PX, x + 3, y, ink);
    }
}

struct row {
    uint32_t from, count, pitch, width, height; /* of the specks */
    double fall;                                /* of the base line, down for each pixel across */
    uint32_t second;                            /* 0, or how far from each speck another one is */
};

static void row_draw(struct image *image, const struct row *row, uint32_t ink) {
    for (uint32_t i = 0; i < row->count; i++) {
        uint32_t x = row->from + i * row->pitch, y = BASE_PX + (uint32_t)(row->fall * (x - row->from) + 0.5);
        drawn_box(image, x, y - row->height, x + row->width, y, ink);
        if (row->second > 0) {
            drawn_box(image, x + row->second, y - row->height, x + row->second + row->width, y, ink);
        }
    }
}

/* A label, a row and a value; either may be missing. */
static struct image page_drawn(const struct row *row, bool has_label, bool has_value, uint32_t paper, uint32_t ink) {
    struct image image = drawn_image(WIDTH_PX, HEIGHT_PX, paper);
    uint32_t end = row->from + row->count * row->pitch;
    if (has_label) {
        letters_draw(&image, 30, BASE_PX, 5, ink);
    }
    if (has_value) {
        letters_draw(&image, end + 10, BASE_PX + (uint32_t)(row->fall * (end - row->from)), 3, ink);
    }
    return image;
}

static bool are_same(const struct image *a, const struct image *b) {
    for (uint32_t y = 0; y < a->height_px; y++) {
        if (memcmp(a->pixels + y * a->stride_bytes, b->pixels + y * b->stride_bytes, (size_t)a->width_px * 3) != 0) {
            return false;
        }
    }
    return true;
}

/* Whether the row is painted over and nothing else is, looked at by so many quarter turns. */
static bool is_erased(const struct row *row, bool has_label, bool has_value, uint32_t paper, uint32_t ink,
                      unsigned turn) {
    struct image bare = page_drawn(row, has_label, has_value, paper, ink);
    struct image dotted = page_drawn(row, has_label, has_value, paper, ink);
    row_draw(&dotted, row, ink);
    struct image wanted = drawn_turned(&bare, turn), image = drawn_turned(&dotted, turn);
    struct image before = drawn_turned(&dotted, turn);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_true(leaders_erase(&image, turn, arena));
    drawn_arena_end(arena);
    bool erased = are_same(&image, &wanted);
    assert_true(erased || are_same(&image, &before)); /* all of the row or nothing */
    drawn_image_free(&bare);
    drawn_image_free(&dotted);
    drawn_image_free(&wanted);
    drawn_image_free(&image);
    drawn_image_free(&before);
    return erased;
}

static const struct row DOTS = {80, 30, 9, DOT_PX, DOT_PX, 0.0, 0}, DASHES = {80, 20, 15, 9, DOT_PX, 0.0, 0},
                        RULE = {80, 1, 300, 290, 2, 0.0, 0};

static void test_dots_between_a_label_and_a_value_are_painted_over(void **state) {
    (void)state;
    assert_true(is_erased(&DOTS, true, true, WHITE, BLACK, 0));
    assert_true(is_erased(&DOTS, true, true, 0x203040, 0xe0e0e0, 0));
    const struct row wide = {80, 12, 24, DOT_PX, DOT_PX, 0.0, 0}, close = {80, 60, 5, 2, 2, 0.0, 0};
    assert_true(is_erased(&wide, true, true, WHITE, BLACK, 0));
    assert_true(is_erased(&close, true, true, WHITE, BLACK, 0));
}

static void test_dashes_and_rules_are_painted_over_too(void **state) {
    (void)state;
    assert_true(is_erased(&DASHES, true, true, WHITE, BLACK, 0));
    assert_true(is_erased(&RULE, true, true, WHITE, BLACK, 0));
    assert_true(is_erased(&RULE, true, false, WHITE, BLACK, 0)); /* to be written on */
}

static void test_rows_may_slant_and_pages_lie_on_their_side(void **state) {
    (void)state;
    const struct row up = {80, 30, 9, DOT_PX, DOT_PX, 0.15, 0};
    assert_true(is_erased(&up, true, true, WHITE, BLACK, 0));
    for (unsigned turn = 1; turn < 4; turn++) {
        assert_true(is_erased(&DOTS, true, true, WHITE, BLACK, turn));
    }
}

/* Each column of the rule is a speck as wide as a pixel. */
static const struct row SLANTED = {80, 300, 1, 1, 3, 0.07, 0};

static void test_rules_that_slant_are_painted_over(void **state) {
    (void)state;
    const struct row thin = {80, 300, 1, 1, 1, 0.03, 0}, steep = {80, 300, 1, 1, 3, 0.12, 0};
    assert_true(is_erased(&SLANTED, true, true, WHITE, BLACK, 0));
    assert_true(is_erased(&SLANTED, true, false, WHITE, BLACK, 0));
    assert_true(is_erased(&SLANTED, true, true, 0x203040, 0xe0e0e0, 0));
    assert_true(is_erased(&thin, true, true, WHITE, BLACK, 0));
    assert_true(is_erased(&steep, true, true, WHITE, BLACK, 0));
    assert_false(is_erased(&SLANTED, false, false, WHITE, BLACK, 0));
}

static void test_a_rule_that_slants_and_underlines_on_its_way_stays(void **state) {
    (void)state;
    struct image image = page_drawn(&SLANTED, true, false, WHITE, BLACK);
    row_draw(&image, &SLANTED, BLACK);
    letters_draw(&image, 200, BASE_PX + 4, 6, BLACK);
    struct image before = drawn_turned(&image, 0);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_true(leaders_erase(&image, 0, arena));
    assert_true(are_same(&image, &before));
    drawn_arena_end(arena);
    drawn_image_free(&before);
    drawn_image_free(&image);
}

static void test_dashes_in_pairs_and_dashes_that_run_together_are_painted_over(void **state) {
    (void)state;
    const struct row pairs = {80, 14, 29, 9, 4, 0.0, 12}, joined = {80, 30, 10, 10, 4, 0.03, 0};
    assert_true(is_erased(&pairs, true, true, WHITE, BLACK, 0));
    assert_true(is_erased(&joined, true, true, WHITE, BLACK, 0));
}

static void test_what_leads_from_nothing_to_nothing_stays(void **state) {
    (void)state;
    assert_false(is_erased(&DOTS, false, false, WHITE, BLACK, 0));
    assert_false(is_erased(&DASHES, false, false, WHITE, BLACK, 0));
    assert_false(is_erased(&DASHES, true, false, WHITE, BLACK, 0));
    assert_false(is_erased(&RULE, false, false, WHITE, BLACK, 0));
}

static void test_ellipses_masks_and_bullets_stay(void **state) {
    (void)state;
    const struct row ellipsis = {80, 3, 6, DOT_PX, DOT_PX, 0.0, 0}, mask = {80, 9, 6, DOT_PX, DOT_PX, 0.0, 0};
    const struct row bullets = {80, 16, 9, 7, 7, 0.0, 0};
    assert_false(is_erased(&ellipsis, true, true, WHITE, BLACK, 0));
    assert_false(is_erased(&mask, true, true, WHITE, BLACK, 0));
    assert_false(is_erased(&bullets, true, true, WHITE, BLACK, 0));
}

static void test_points_between_letters_stay(void **state) {
    (void)state;
    const struct row points = {80, 16, 16, DOT_PX, DOT_PX, 0.0, 0};
    struct image image = page_drawn(&points, true, true, WHITE, BLACK);
    row_draw(&image, &points, BLACK);
    for (uint32_t i = 0; i < points.count; i++) { /* S.A.C.A. */
        letters_draw(&image, points.from + i * points.pitch + 8, BASE_PX, 1, BLACK);
    }
    struct image before = drawn_turned(&image, 0);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_true(leaders_erase(&image, 0, arena));
    assert_true(are_same(&image, &before));
    drawn_arena_end(arena);
    drawn_image_free(&before);
    drawn_image_free(&image);
}

static void test_memory_may_be_refused(void **state) {
    (void)state;
    struct image image = page_drawn(&DOTS, true, true, WHITE, BLACK);
    for (uint64_t limit = 1 << 10; limit <= 1 << 19; limit *= 2) {
        struct arena *arena = drawn_arena(limit);
        assert_false(leaders_erase(&image, 0, arena));
        drawn_arena_end(arena);
    }
    drawn_image_free(&image);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dots_between_a_label_and_a_value_are_painted_over),
        cmocka_unit_test(test_dashes_and_rules_are_painted_over_too),
        cmocka_unit_test(test_rows_may_slant_and_pages_lie_on_their_side),
        cmocka_unit_test(test_rules_that_slant_are_painted_over),
        cmocka_unit_test(test_a_rule_that_slants_and_underlines_on_its_way_stays),
        cmocka_unit_test(test_dashes_in_pairs_and_dashes_that_run_together_are_painted_over),
        cmocka_unit_test(test_what_leads_from_nothing_to_nothing_stays),
        cmocka_unit_test(test_ellipses_masks_and_bullets_stay),
        cmocka_unit_test(test_points_between_letters_stay),
        cmocka_unit_test(test_memory_may_be_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
