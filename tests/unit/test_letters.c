/* test_letters.c - strokes of known heights, specks, faint grounds and bare paper, at any turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/letters.h"

enum { SIDE_PX = 480, BLACK = 0x000000, WHITE = 0xffffff, FAINT = 0xdcdcdc };

/* Letters of a page of their own: strokes 2 wide and `height_px` high, of one colour. */
static struct image strokes_drawn(uint32_t height_px, uint32_t ink) {
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    for (uint32_t y = 3; y + height_px < SIDE_PX; y += 2 * height_px) {
        for (uint32_t x = 3; x + 2 < SIDE_PX; x += 5) {
            drawn_box(&image, x, y, x + 2, y + height_px, ink);
        }
    }
    return image;
}

/* What the cell at a place of the page says. */
static uint8_t height_at(const struct image *image, unsigned turn, double small_px, uint32_t x, uint32_t y) {
    struct view view = view_of(image, turn);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    struct letters letters;
    assert_true(
        letters_measure(&view, &(struct letters_search){small_px, small_px, LETTERS_LABEL_PX, false}, arena, &letters));
    assert_true(letters.columns * letters.cell_px >= view.width_px);
    assert_true(letters.rows * letters.cell_px >= view.height_px);
    uint8_t height = letters.heights[y / letters.cell_px * letters.columns + x / letters.cell_px];
    drawn_arena_end(arena);
    return height;
}

static uint8_t height_of_strokes(uint32_t height_px, double small_px, uint32_t ink) {
    struct image image = strokes_drawn(height_px, ink);
    uint8_t height = height_at(&image, 0, small_px, SIDE_PX / 2, SIDE_PX / 2);
    drawn_image_free(&image);
    return height;
}

static void test_small_letters_tell_their_height(void **state) {
    (void)state;
    assert_int_equal(height_of_strokes(4, 7.0, BLACK), 4);
    assert_int_equal(height_of_strokes(6, 7.0, BLACK), 6);
    assert_int_equal(height_of_strokes(12, 30.0, BLACK), 12);
    assert_int_equal(height_of_strokes(6, 7.0, 0xd08000), 6);
}

static void test_what_is_larger_or_no_letter_is_something_else(void **state) {
    (void)state;
    assert_int_equal(height_of_strokes(8, 8.0, BLACK), LETTERS_OTHER);
    assert_int_equal(height_of_strokes(20, 8.0, BLACK), LETTERS_OTHER);
}

static void test_letters_lighter_than_the_paper_have_a_limit_of_their_own(void **state) {
    (void)state;
    const struct letters_search search = {4.5, 7.0, LETTERS_LABEL_PX, false};
    for (int is_light = 0; is_light < 2; is_light++) {
        struct image image = strokes_drawn(6, BLACK);
        for (size_t i = 0; is_light && i < (size_t)image.width_px * image.height_px * 3; i++) {
            image.pixels[i] = (uint8_t)~image.pixels[i];
        }
        struct view view = view_of(&image, 0);
        struct arena *arena = drawn_arena(METER_NO_LIMIT);
        struct letters letters;
        assert_true(letters_measure(&view, &search, arena, &letters));
        uint32_t middle = SIDE_PX / 2 / letters.cell_px, cell = middle * letters.columns + middle;
        assert_int_equal(letters.heights[cell], is_light ? 6 : LETTERS_OTHER);
        assert_int_equal(letters.light[cell], is_light);
        drawn_arena_end(arena);
        drawn_image_free(&image);
    }
}

static void test_rows_too_low_to_be_read_may_be_letters(void **state) {
    (void)state;
    assert_int_equal(height_of_strokes(2, 8.0, BLACK), LETTERS_FINE);
    assert_int_equal(height_of_strokes(3, 8.0, BLACK), LETTERS_FINE);
}

/* A page with rows of dashes, each `width_px` long, as receipts have them between their parts. */
static struct image dashes_drawn(uint32_t rows, uint32_t width_px, uint32_t height_px) {
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    for (uint32_t row = 0; row < rows; row++) {
        uint32_t y = SIDE_PX / 2 + row * 2 * height_px;
        for (uint32_t x = 3; x + width_px < SIDE_PX; x += width_px + 4) {
            drawn_box(&image, x, y, x + width_px, y + height_px, BLACK);
        }
    }
    return image;
}

static void test_a_row_of_dashes_or_dots_is_no_small_print(void **state) {
    (void)state;
    static const uint32_t SHAPES[][3] = {{1, 12, 5}, {2, 12, 4}, {1, 8, 4}, {1, 2, 2}, {2, 3, 3}, {1, 20, 3}};
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++) {
        struct image image = dashes_drawn(SHAPES[i][0], SHAPES[i][1], SHAPES[i][2]);
        assert_int_equal(height_at(&image, 0, 10.0, SIDE_PX / 2, SIDE_PX / 2), LETTERS_OTHER);
        drawn_image_free(&image);
    }
}

static void test_a_low_label_has_three_letters_and_a_colon_two_dots(void **state) {
    (void)state;
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    struct view view = view_of(&image, 0);
    drawn_box(&image, 220, 230, 224, 235, BLACK);
    drawn_box(&image, 220, 238, 224, 243, BLACK);
    for (uint8_t letters_px = LETTERS_OTHER, third = 0; third < 2; third++, letters_px = 5) {
        struct arena *arena = drawn_arena(METER_NO_LIMIT);
        struct letters letters;
        assert_true(letters_measure(&view, &(struct letters_search){10.0, 10.0, 5.0, false}, arena, &letters));
        assert_int_equal(letters.heights[235 / letters.cell_px * letters.columns + 222 / letters.cell_px], letters_px);
        drawn_arena_end(arena);
        drawn_box(&image, 228, 230, 232, 235, BLACK);
    }
    drawn_image_free(&image);
}

static void test_paper_is_bare(void **state) {
    (void)state;
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    drawn_box(&image, 0, 0, SIDE_PX, 40, 0xf8f8f8);
    assert_int_equal(height_at(&image, 0, 8.0, 100, 20), LETTERS_BARE);
    drawn_image_free(&image);
}

static void test_a_label_of_two_letters_counts_alone_on_its_paper(void **state) {
    (void)state;
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    drawn_box(&image, 220, 230, 222, 240, BLACK);
    drawn_box(&image, 226, 230, 228, 240, BLACK);
    assert_int_equal(height_at(&image, 0, 16.0, 224, 235), 10);
    drawn_box(&image, 232, 200, 240, 250, BLACK); /* beside something larger it may be a piece of it */
    assert_int_equal(height_at(&image, 0, 16.0, 224, 235), LETTERS_OTHER);
    drawn_image_free(&image);
}

/* Strokes 2 wide and 6 high in a row, for letters, that begin at a place. */
static void row_draw(struct image *image, uint32_t x, uint32_t y, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        drawn_box(image, x + 5 * i, y, x + 5 * i + 2, y + 6, BLACK);
    }
}

static void test_a_label_above_a_larger_value_is_small_print(void **state) {
    (void)state;
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    for (uint32_t x = 205; x < 275; x += 14) {
        drawn_box(&image, x, 225, x + 6, 255, BLACK); /* five large letters */
    }
    row_draw(&image, 205, 213, 3);
    assert_int_equal(height_at(&image, 0, 16.0, 206, 215), LETTERS_OTHER);
    row_draw(&image, 205, 213, 5);
    assert_int_equal(height_at(&image, 0, 16.0, 206, 215), 6);
    drawn_box(&image, 190, 205, 200, 225, BLACK); /* what has something larger beside it may be a piece of it */
    assert_int_equal(height_at(&image, 0, 16.0, 206, 215), LETTERS_OTHER);
    drawn_image_free(&image);
}

static void test_a_label_that_the_border_of_a_cell_cuts_is_small_print(void **state) {
    (void)state;
    for (uint32_t y = 181; y < 200; y += 2) {
        struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
        row_draw(&image, 185, y, 8); /* cells are 96 pixels wide and high */
        drawn_box(&image, 120, 20 + y, 130, 60 + y, BLACK);
        drawn_box(&image, 220, 20 + y, 230, 60 + y, BLACK);
        assert_int_equal(height_at(&image, 0, 16.0, 185, y), 6);
        drawn_image_free(&image);
    }
}

static void test_shapes_that_stand_on_no_line_are_no_label(void **state) {
    (void)state;
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    for (uint32_t i = 0; i < 5; i++) {
        drawn_box(&image, 205 + 14 * i, 225, 211 + 14 * i, 255, BLACK);
        drawn_box(&image, 205 + 5 * i, 206 + 2 * i, 207 + 5 * i, 212 + 2 * i, BLACK);
    }
    assert_int_equal(height_at(&image, 0, 16.0, 206, 208), LETTERS_OTHER);
    drawn_image_free(&image);
}

static void test_a_faint_pattern_is_the_ground_where_there_is_ink(void **state) {
    (void)state;
    assert_int_equal(height_of_strokes(6, 8.0, FAINT), 6);
    struct image image = strokes_drawn(6, FAINT);
    for (uint32_t x = 3; x < SIDE_PX; x += 5) {
        drawn_box(&image, x, 3, x + 2, 9, BLACK);
    }
    assert_int_equal(height_at(&image, 0, 8.0, SIDE_PX / 2, SIDE_PX / 2), LETTERS_OTHER);
    drawn_image_free(&image);
}

static void test_turns_change_nothing(void **state) {
    (void)state;
    struct image upright = strokes_drawn(6, BLACK);
    for (unsigned turn = 0; turn < 4; turn++) {
        struct image image = drawn_turned(&upright, turn);
        assert_int_equal(height_at(&image, turn, 8.0, SIDE_PX / 2, SIDE_PX / 2), 6);
        drawn_image_free(&image);
    }
    drawn_image_free(&upright);
}

static void test_where_no_letter_can_be_too_small_there_are_no_cells(void **state) {
    (void)state;
    struct image image = strokes_drawn(4, BLACK);
    struct view view = view_of(&image, 0);
    struct letters letters;
    assert_true(letters_measure(&view, &(struct letters_search){3.5, 3.5, LETTERS_LABEL_PX, false}, NULL, &letters));
    assert_int_equal(letters.columns * letters.rows, 0);
    drawn_image_free(&image);
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct image image = strokes_drawn(6, BLACK);
    struct view view = view_of(&image, 0);
    struct arena *refusing = drawn_arena(16);
    struct letters letters;
    assert_false(
        letters_measure(&view, &(struct letters_search){8.0, 8.0, LETTERS_LABEL_PX, false}, refusing, &letters));
    drawn_arena_end(refusing);
    drawn_image_free(&image);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small_letters_tell_their_height),
        cmocka_unit_test(test_what_is_larger_or_no_letter_is_something_else),
        cmocka_unit_test(test_letters_lighter_than_the_paper_have_a_limit_of_their_own),
        cmocka_unit_test(test_rows_too_low_to_be_read_may_be_letters),
        cmocka_unit_test(test_a_row_of_dashes_or_dots_is_no_small_print),
        cmocka_unit_test(test_a_low_label_has_three_letters_and_a_colon_two_dots),
        cmocka_unit_test(test_paper_is_bare),
        cmocka_unit_test(test_a_label_of_two_letters_counts_alone_on_its_paper),
        cmocka_unit_test(test_a_label_above_a_larger_value_is_small_print),
        cmocka_unit_test(test_a_label_that_the_border_of_a_cell_cuts_is_small_print),
        cmocka_unit_test(test_shapes_that_stand_on_no_line_are_no_label),
        cmocka_unit_test(test_a_faint_pattern_is_the_ground_where_there_is_ink),
        cmocka_unit_test(test_turns_change_nothing),
        cmocka_unit_test(test_where_no_letter_can_be_too_small_there_are_no_cells),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("letters", tests, NULL, NULL);
}
