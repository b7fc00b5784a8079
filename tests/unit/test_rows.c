/* test_rows.c - several rows in one region are split; one line stays whole at any turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/rows.h"

enum { SIDE_PX = 400, LINE_PX = 20, WHITE = 0xffffff, BLACK = 0x000000, TALL_TOP_PX = 200, TALL_PX = 80 };

static struct region region_of(double x0, double y0, double x1, double y1) {
    return (struct region){.corners = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, .score = 0.9};
}

/* Rows `height_px` high, `pitch_px` apart, in a tall region beside `line_count` lines; gives the regions after parting.
 */
static size_t parted(uint32_t height_px, uint32_t pitch_px, size_t line_count, struct region last[1]) {
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    struct region items[8];
    struct region_list regions = {.items = items, .count = 0};
    for (; regions.count < line_count; regions.count++) {
        double y = 10.0 + 30.0 * (double)regions.count;
        items[regions.count] = region_of(10, y, 110, y + LINE_PX);
    }
    items[regions.count++] = region_of(300, TALL_TOP_PX, 330, TALL_TOP_PX + TALL_PX);
    for (uint32_t y = TALL_TOP_PX + 4; y + height_px < TALL_TOP_PX + TALL_PX; y += pitch_px) {
        drawn_box(&image, 306, y, 309, y + height_px, BLACK);
        drawn_box(&image, 316, y, 322, y + height_px, BLACK);
    }
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_true(rows_part(&image, arena, &regions));
    *last = regions.items[regions.count - 1];
    drawn_arena_end(arena);
    drawn_image_free(&image);
    return regions.count;
}

static void test_rows_of_numbers_are_parted(void **state) {
    (void)state;
    struct region last;
    assert_int_equal(parted(14, 25, 3, &last), 3 + 3);
    assert_near(last.corners[0].y, TALL_TOP_PX + 4 + 50 - 4.2, 0.1); /* a pad of its own height, not of the row above */
    assert_near(last.corners[3].y, TALL_TOP_PX + 4 + 50 + 14 + 4.2, 0.1);
    assert_near(last.corners[0].x, 300, 1e-9);
    assert_near(last.corners[1].x, 330, 1e-9);
}

/* A label and its value in a frame whose left rule is in the region; gives the number of regions after parting. */
static size_t framed_parted(uint32_t label_from) {
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    struct region items[5];
    struct region_list regions = {.items = items, .count = 4};
    for (size_t i = 0; i < 3; i++) {
        items[i] = region_of(10, 10.0 + 30.0 * (double)i, 110, 30.0 + 30.0 * (double)i);
    }
    items[3] = region_of(300, 198, 350, 244);
    drawn_box(&image, 300, 200, 302, 242, BLACK);
    drawn_box(&image, 300, 200, 398, 202, BLACK);
    drawn_box(&image, 300, 240, 398, 242, BLACK);
    for (uint32_t x = 308; x < 340; x += 6) {
        drawn_box(&image, x, label_from, x + 2, 215, BLACK);
        drawn_box(&image, x, 221, x + 3, 234, BLACK);
    }
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_true(rows_part(&image, arena, &regions));
    drawn_arena_end(arena);
    drawn_image_free(&image);
    return regions.count;
}

static void test_an_upright_rule_hides_no_rows(void **state) {
    (void)state;
    assert_int_equal(framed_parted(206), 5);
}

/* The upper part of this region shows the feet of another row, which has a region of its own. */
static void test_what_a_region_shows_of_the_row_above_is_no_row(void **state) {
    (void)state;
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    struct region items[5];
    struct region_list regions = {.items = items, .count = 4};
    for (size_t i = 0; i < 3; i++) {
        items[i] = region_of(10, 10.0 + 30.0 * (double)i, 110, 30.0 + 30.0 * (double)i);
    }
    items[3] = region_of(300, 200, 350, 240);
    for (uint32_t x = 308; x < 340; x += 6) {
        drawn_box(&image, x, 190, x + 2, 207, BLACK);
        drawn_box(&image, x, 214, x + 3, 232, BLACK);
    }
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_true(rows_part(&image, arena, &regions));
    assert_int_equal(regions.count, 4);
    drawn_arena_end(arena);
    drawn_image_free(&image);
}

/* A tall region of `row_count` rows beside three lines; gives how many regions there are after parting. */
static size_t long_column_parted(size_t row_count, bool is_doubtful) {
    enum { PITCH_PX = 25, HEIGHT_PX = 14 };
    uint32_t tall_px = (uint32_t)row_count * PITCH_PX;
    struct image image = drawn_image(SIDE_PX, tall_px + 20, WHITE);
    struct region items[4];
    for (size_t i = 0; i < 3; i++) {
        items[i] = region_of(10, 10.0 + 30.0 * (double)i, 110, 30.0 + 30.0 * (double)i);
    }
    items[3] = region_of(300, 6, 330, 10 + tall_px);
    items[3].is_doubtful = is_doubtful;
    for (uint32_t row = 0; row < row_count; row++) {
        drawn_box(&image, 306, 10 + row * PITCH_PX, 309, 10 + row * PITCH_PX + HEIGHT_PX, BLACK);
    }
    struct region_list regions = {.items = items, .count = 4};
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_true(rows_part(&image, arena, &regions));
    for (size_t i = 0; i < regions.count; i++) {
        assert_false(regions.items[i].is_doubtful);
    }
    drawn_arena_end(arena);
    drawn_image_free(&image);
    return regions.count;
}

static void test_a_long_column_is_parted(void **state) {
    (void)state;
    assert_int_equal(long_column_parted(20, false), 3 + 20);
    assert_int_equal(long_column_parted(33, false), 3 + 33);
    assert_int_equal(long_column_parted(120, false), 3 + 120);
}

static void test_what_is_doubtful_stays_only_as_rows(void **state) {
    (void)state;
    assert_int_equal(long_column_parted(20, true), 3 + 20);
    assert_int_equal(long_column_parted(1, true), 3);
}

static void test_what_is_doubtful_but_a_line_by_its_shape_stays(void **state) {
    (void)state;
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    for (unsigned is_line = 0; is_line < 2; is_line++) {
        struct region item = region_of(10, 10, 200, 30);
        item.is_doubtful = true;
        item.is_line = is_line != 0;
        struct region_list regions = {.items = &item, .count = 1};
        struct arena *arena = drawn_arena(METER_NO_LIMIT);
        assert_true(rows_part(&image, arena, &regions));
        assert_int_equal(regions.count, is_line);
        drawn_arena_end(arena);
    }
    drawn_image_free(&image);
}

static void test_one_line_stays_whole(void **state) {
    (void)state;
    struct region last;
    assert_int_equal(parted(7, 9, 3, &last), 3 + 1);    /* letters below one another: a line that runs down */
    assert_int_equal(parted(60, 100, 3, &last), 3 + 1); /* larger print */
}

/* Words at both ends of a line that leans, on a page whose other lines lean by `fall`; gives the regions after parting.
 */
static size_t leaning_parted(double fall) {
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    struct region items[8];
    for (size_t i = 0; i < 3; i++) {
        double y = 10.0 + 40.0 * (double)i;
        items[i] = region_of(10, y, 110, y + LINE_PX);
        items[i].corners[1].y += 100.0 * fall;
        items[i].corners[2].y += 100.0 * fall;
    }
    items[3] = (struct region){.corners = {{100, 200}, {300, 220}, {298, 241}, {98, 221}}, .score = 0.9};
    drawn_box(&image, 104, 205, 120, 215, BLACK);
    drawn_box(&image, 280, 224, 294, 234, BLACK);
    struct region_list regions = {.items = items, .count = 4};
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_true(rows_part(&image, arena, &regions));
    drawn_arena_end(arena);
    drawn_image_free(&image);
    return regions.count;
}

static void test_a_line_that_leans_as_its_page_does_stays_whole(void **state) {
    (void)state;
    assert_int_equal(leaning_parted(0.1), 3 + 1);
    assert_int_equal(leaning_parted(0.0), 3 + 2); /* two short rows on a level page */
}

static void test_where_no_line_tells_a_height_nothing_is_parted(void **state) {
    (void)state;
    struct region last;
    assert_int_equal(parted(14, 25, 2, &last), 2 + 1);
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct image image = drawn_image(8, 8, WHITE);
    struct region items[1] = {region_of(0, 0, 8, 8)};
    struct region_list regions = {.items = items, .count = 1};
    struct arena *refusing = drawn_arena(4);
    assert_false(rows_part(&image, refusing, &regions));
    drawn_arena_end(refusing);
    drawn_image_free(&image);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows_of_numbers_are_parted),
        cmocka_unit_test(test_an_upright_rule_hides_no_rows),
        cmocka_unit_test(test_what_a_region_shows_of_the_row_above_is_no_row),
        cmocka_unit_test(test_a_long_column_is_parted),
        cmocka_unit_test(test_what_is_doubtful_stays_only_as_rows),
        cmocka_unit_test(test_what_is_doubtful_but_a_line_by_its_shape_stays),
        cmocka_unit_test(test_one_line_stays_whole),
        cmocka_unit_test(test_a_line_that_leans_as_its_page_does_stays_whole),
        cmocka_unit_test(test_where_no_line_tells_a_height_nothing_is_parted),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
