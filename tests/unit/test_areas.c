/* test_areas.c - cells with small letters and their surroundings are covered, as finely as they need and may have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/areas.h"
#include "text/detect/letters.h"

enum { CELL_PX = 100, MOST_SIDE = 64 };

static uint8_t heights[MOST_SIDE * MOST_SIDE];
static bool light[MOST_SIDE * MOST_SIDE];

static struct letters cells_make(uint32_t side, uint8_t all) {
    memset(heights, all, sizeof heights);
    memset(light, false, sizeof light);
    return (struct letters){.heights = heights, .light = light, .columns = side, .rows = side, .cell_px = CELL_PX};
}

static void cell_set(const struct letters *letters, uint32_t column, uint32_t row, uint8_t height) {
    heights[row * letters->columns + column] = height;
}

/* Of a page whose last cells reach 30 pixels over its edges. */
static struct areas areas_of(const struct letters *letters, double scale, double most_scale) {
    static struct areas areas;
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    uint32_t side_px = letters->columns * CELL_PX - 30;
    assert_true(areas_find(letters, side_px, side_px, scale, most_scale, arena, &areas));
    drawn_arena_end(arena);
    return areas;
}

static void assert_area(const struct area *area, uint32_t x0, uint32_t y0, uint32_t x1, uint32_t y1) {
    assert_int_equal(area->x0, x0);
    assert_int_equal(area->y0, y0);
    assert_int_equal(area->x1, x1);
    assert_int_equal(area->y1, y1);
}

static void test_without_small_letters_there_are_no_areas(void **state) {
    (void)state;
    struct letters letters = cells_make(6, LETTERS_OTHER);
    struct areas areas = areas_of(&letters, 0.3, 1.2);
    assert_int_equal(areas.count, 0);
    assert_near(areas.finest, 0.0, 0.0);
    assert_near(areas.coverage, 1.0, 0.0);
    assert_int_equal(areas.letter_px, 0);
}

static void test_lines_may_go_on_in_the_cells_around_but_not_on_bare_paper(void **state) {
    (void)state;
    struct letters letters = cells_make(6, LETTERS_OTHER);
    cell_set(&letters, 2, 3, 6);
    struct areas areas = areas_of(&letters, 0.3, 1.2);
    assert_int_equal(areas.count, 1);
    assert_area(&areas.items[0], 100, 200, 400, 500);
    assert_near(areas.items[0].scale, 0.75, 1e-9);
    letters = cells_make(6, LETTERS_BARE);
    cell_set(&letters, 5, 5, 6);
    areas = areas_of(&letters, 0.3, 1.2);
    assert_area(&areas.items[0], 500, 500, 570, 570); /* not over the edge */
}

static void test_far_apart_they_stand_alone_and_the_finest_is_last(void **state) {
    (void)state;
    struct letters letters = cells_make(20, LETTERS_BARE);
    cell_set(&letters, 1, 1, 5);
    cell_set(&letters, 18, 18, 9);
    struct areas areas = areas_of(&letters, 0.3, 1.2);
    assert_int_equal(areas.count, 2);
    assert_near(areas.items[0].scale, 0.5, 1e-9);
    assert_near(areas.items[1].scale, 0.9, 1e-9);
    assert_near(areas.finest, 0.9, 1e-9);
    assert_near(areas_scale_at(&areas, 0.3, 150, 150), 0.9, 1e-9);
    assert_near(areas_scale_at(&areas, 0.3, 1850, 1850), 0.5, 1e-9);
    assert_near(areas_scale_at(&areas, 0.3, 1000, 1000), 0.3, 1e-9);
}

static void test_light_letters_get_a_finer_map(void **state) {
    (void)state;
    struct letters letters = cells_make(6, LETTERS_OTHER);
    cell_set(&letters, 2, 3, 10);
    light[3 * letters.columns + 2] = true;
    struct areas areas = areas_of(&letters, 0.3, 1.2);
    assert_int_equal(areas.count, 1);
    assert_near(areas.items[0].scale, 0.55, 1e-9);
    assert_true(areas_small_px(0.5, true) > areas_small_px(0.5, false));
}

static void test_what_may_not_be_as_fine_is_told(void **state) {
    (void)state;
    struct letters letters = cells_make(20, LETTERS_BARE);
    cell_set(&letters, 1, 1, 5);
    cell_set(&letters, 18, 18, 9);
    struct areas areas = areas_of(&letters, 0.3, 0.5);
    assert_near(areas.coverage, 0.5, 1e-9);
    assert_int_equal(areas.letter_px, 5);
    assert_int_equal(areas.smallest_px, 5);
    assert_near(areas.finest, 0.5, 1e-9);
    areas = areas_of(&letters, 0.3, 0.2);
    assert_int_equal(areas.count, 0);
    assert_near(areas.coverage, 0.0, 0.0);
    assert_int_equal(areas.letter_px, 7);
}

static void test_more_places_than_areas_are_all_covered(void **state) {
    (void)state;
    struct letters letters = cells_make(MOST_SIDE, LETTERS_BARE);
    for (uint32_t i = 0; i < MOST_SIDE * MOST_SIDE; i += 3) {
        heights[i] = 6;
    }
    struct areas areas = areas_of(&letters, 0.1, 1.2);
    assert_true(areas.count > 0 && areas.count <= AREAS_LIMIT);
    for (uint32_t i = 0; i < MOST_SIDE * MOST_SIDE; i += 3) {
        uint32_t row = i / MOST_SIDE;
        double x = (i % MOST_SIDE + 0.5) * CELL_PX, y = (row + 0.5) * CELL_PX;
        assert_near(areas_scale_at(&areas, 0.1, x, y), 0.75, 1e-9);
    }
}

static void test_no_scale_is_that_of_the_pixels(void **state) {
    (void)state;
    assert_near(areas_scale_near(0.7), 0.7, 0.0);
    assert_near(areas_scale_near(0.99), 0.95, 0.0);
    assert_near(areas_scale_near(1.0), 1.05, 0.0);
    assert_near(areas_scale_near(1.1), 1.1, 0.0);
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct letters letters = cells_make(MOST_SIDE, LETTERS_BARE);
    struct arena *refusing = drawn_arena(16);
    static struct areas areas;
    assert_false(areas_find(&letters, 6400, 6400, 0.3, 1.2, refusing, &areas));
    drawn_arena_end(refusing);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_small_letters_there_are_no_areas),
        cmocka_unit_test(test_lines_may_go_on_in_the_cells_around_but_not_on_bare_paper),
        cmocka_unit_test(test_far_apart_they_stand_alone_and_the_finest_is_last),
        cmocka_unit_test(test_light_letters_get_a_finer_map),
        cmocka_unit_test(test_what_may_not_be_as_fine_is_told),
        cmocka_unit_test(test_more_places_than_areas_are_all_covered),
        cmocka_unit_test(test_no_scale_is_that_of_the_pixels),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("areas", tests, NULL, NULL);
}
