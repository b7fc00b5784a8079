/* test_detail.c - pages with letters of known heights: how much larger their pictures should be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/detail.h"

enum { SIDE_PX = 960, BLACK = 0x000000, WHITE = 0xffffff };

enum { VARIANTS = 20, CELL_PX = 96 };

static double detail_measured(const struct image *image) {
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    double detail;
    assert_true(detail_measure(image, arena, &detail));
    drawn_arena_end(arena);
    return detail;
}

/* `rows` rows of letters across the page, each a stroke of this height. */
static double detail_of(uint32_t rows, uint32_t height_px) {
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    for (uint32_t row = 0; row < rows; row++) {
        uint32_t y = 3 + row * 2 * height_px;
        for (uint32_t x = 3; x + 2 < SIDE_PX && y + height_px < SIDE_PX; x += 6) {
            drawn_box(&image, x, y, x + 3, y + height_px, BLACK);
        }
    }
    double detail = detail_measured(&image);
    drawn_image_free(&image);
    return detail;
}

/* A letter of this size as a bad scan has it: its strokes come in pieces, one above another. */
static void broken_letter(struct image *image, uint32_t x, uint32_t y, uint32_t size_px, uint32_t *seed) {
    for (uint32_t side = 0; side < 2; side++) {
        uint32_t from = x + side * size_px / 2;
        for (uint32_t at = 0; at + 6 < size_px;) {
            uint32_t shift = drawn_number(seed, 2), height_px = 4 + drawn_number(seed, 2);
            drawn_box(image, from + shift, y + at, from + shift + 3, y + at + height_px, BLACK);
            at += height_px + (drawn_number(seed, 4) == 0 ? 2 : 1);
        }
    }
}

/* A rule as a bad scan has it: pieces of any length, few pixels apart, of changing height. */
static void ragged_rule(struct image *image, uint32_t y, uint32_t height_px, uint32_t *seed) {
    for (uint32_t x = 2; x + 40 < SIDE_PX;) {
        uint32_t length = height_px + drawn_number(seed, 24), top = drawn_number(seed, 2);
        drawn_box(image, x, y + top, x + length, y + top + height_px + drawn_number(seed, 2), BLACK);
        x += length + 2 + drawn_number(seed, 3);
    }
}

static void test_pieces_of_large_letters_and_of_rules_are_no_small_print(void **state) {
    (void)state;
    for (uint32_t variant = 0; variant < VARIANTS; variant++) {
        uint32_t seed = variant, size_px = 24 + variant;
        struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
        for (uint32_t row = 0; row < SIDE_PX / CELL_PX; row++) {
            uint32_t y = 8 + row * CELL_PX + variant;
            if (row % 4 == 3) {
                ragged_rule(&image, y + size_px / 2, 4 + variant % 3, &seed);
            }
            for (uint32_t x = 5; row % 4 != 3 && x + size_px < SIDE_PX; x += size_px) {
                broken_letter(&image, x, y, size_px, &seed);
            }
        }
        assert_near(detail_measured(&image), 1.0, 0.0);
        drawn_image_free(&image);
    }
}

/* Letters of a row, each a stroke of this height, with a space after every sixth. */
static void small_row(struct image *image, uint32_t x, uint32_t y, uint32_t height_px, uint32_t letters) {
    for (uint32_t i = 0; i < letters; i++) {
        drawn_box(image, x, y, x + height_px / 2, y + height_px, BLACK);
        x += i % 6 == 5 ? height_px + 2 : height_px / 2 + 2;
    }
}

static void test_a_line_of_small_print_below_broken_letters_counts(void **state) {
    (void)state;
    for (uint32_t variant = 0; variant < VARIANTS; variant++) {
        uint32_t seed = variant, height_px = 5 + variant % 5;
        struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
        for (uint32_t x = 5; x + 40 < SIDE_PX; x += 40) {
            broken_letter(&image, x, 10, 40, &seed);
        }
        small_row(&image, 30 + 31 * variant, CELL_PX * (4 + variant % 4) + 10 + 3 * variant, height_px, 20);
        assert_near(detail_measured(&image), DETAIL_LETTER_PX / height_px, 0.01);
        drawn_image_free(&image);
    }
}

static void test_a_label_counts_where_nothing_else_is_in_its_cell(void **state) {
    (void)state;
    for (uint32_t variant = 0; variant < VARIANTS; variant++) {
        uint32_t height_px = 5 + variant % 5, cell_px = CELL_PX;
        struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
        small_row(&image, cell_px + 2 + 3 * variant % 60, 2 * cell_px + 20 + variant, height_px, 3);
        assert_near(detail_measured(&image), DETAIL_LETTER_PX / height_px, 0.01);
        drawn_box(&image, 0, 3 * cell_px - 20, SIDE_PX, 3 * cell_px - 18, BLACK); /* the line of a drawing */
        assert_near(detail_measured(&image), DETAIL_LETTER_PX / height_px, 0.01);
        drawn_box(&image, cell_px + 80, 3 * cell_px - 12, cell_px + 84, 3 * cell_px + 9, BLACK); /* cut by the border */
        assert_near(detail_measured(&image), 1.0, 0.0);
        drawn_image_free(&image);
    }
}

static void test_large_letters_need_no_more(void **state) {
    (void)state;
    assert_near(detail_of(20, 10), 1.0, 0.0);
    assert_near(detail_of(10, 24), 1.0, 0.0);
    assert_near(detail_of(0, 1), 1.0, 0.0);
}

static void test_small_letters_tell_how_much_more(void **state) {
    (void)state;
    assert_near(detail_of(20, 8), 1.75, 0.01);
    assert_near(detail_of(20, 5), 2.8, 0.01);
    assert_near(detail_of(1, 5), 2.8, 0.01); /* one line of small print is enough */
}

static void test_what_is_too_low_to_tell_needs_all(void **state) {
    (void)state;
    assert_true(isinf(detail_of(40, 2)));
    assert_true(isinf(detail_of(40, 3)));
    assert_near(detail_of(1, 2), 1.0, 0.0); /* a row of dots */
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    struct arena *refusing = drawn_arena(16);
    double detail;
    assert_false(detail_measure(&image, refusing, &detail));
    drawn_arena_end(refusing);
    drawn_image_free(&image);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_large_letters_need_no_more),
        cmocka_unit_test(test_small_letters_tell_how_much_more),
        cmocka_unit_test(test_what_is_too_low_to_tell_needs_all),
        cmocka_unit_test(test_pieces_of_large_letters_and_of_rules_are_no_small_print),
        cmocka_unit_test(test_a_line_of_small_print_below_broken_letters_counts),
        cmocka_unit_test(test_a_label_counts_where_nothing_else_is_in_its_cell),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("detail", tests, NULL, NULL);
}
