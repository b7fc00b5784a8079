/* test_components.c - connected regions of hand-drawn maps, and of random maps compared with a flood fill. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/components.h"

enum { THRESHOLD = 77, SIDE_LIMIT = 64 };

static uint8_t pixels[SIDE_LIMIT * SIDE_LIMIT];
static struct arena *arena;
static struct component_list list;

/* '#' is text, '+' just text, '-' just not, anything else nothing. */
static void find(const char *const *rows, uint32_t count) {
    struct probability_map map = {pixels, (uint32_t)strlen(rows[0]), count};
    for (uint32_t y = 0; y < count; y++) {
        assert_int_equal(strlen(rows[y]), map.width);
        for (uint32_t x = 0; x < map.width; x++) {
            char mark = rows[y][x];
            pixels[y * map.width + x] = mark == '#' ? 255 : mark == '+' ? THRESHOLD : mark == '-' ? THRESHOLD - 1 : 0;
        }
    }
    arena = drawn_arena(METER_NO_LIMIT);
    assert_true(components_find(&map, THRESHOLD, arena, &list));
}
#define FIND(...) find((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void assert_component(size_t index, uint32_t x0, uint32_t y0, uint32_t x1, uint32_t y1, uint32_t pixel_count) {
    assert_true(index < list.count);
    const struct component *component = &list.items[index];
    assert_int_equal(component->x0, x0);
    assert_int_equal(component->y0, y0);
    assert_int_equal(component->x1, x1);
    assert_int_equal(component->y1, y1);
    assert_int_equal(component->pixel_count, pixel_count);
}

static void test_an_empty_map_has_none(void **state) {
    (void)state;
    FIND("....", "----");
    assert_int_equal(list.count, 0);
    drawn_arena_end(arena);
}

static void test_a_full_map_is_one(void **state) {
    (void)state;
    FIND("#####", "#####", "#####");
    assert_int_equal(list.count, 1);
    assert_component(0, 0, 0, 5, 3, 15);
    drawn_arena_end(arena);
}

static void test_the_threshold_itself_is_text(void **state) {
    (void)state;
    FIND("-+-", "...");
    assert_int_equal(list.count, 1);
    assert_component(0, 1, 0, 2, 1, 1);
    drawn_arena_end(arena);
}

static void test_single_pixels_stay_apart_and_come_in_reading_order(void **state) {
    (void)state;
    FIND("#...#", ".....", "..#..", ".....", "#...#");
    assert_int_equal(list.count, 5);
    assert_component(0, 0, 0, 1, 1, 1);
    assert_component(1, 4, 0, 5, 1, 1);
    assert_component(2, 2, 2, 3, 3, 1);
    assert_component(3, 0, 4, 1, 5, 1);
    assert_component(4, 4, 4, 5, 5, 1);
    drawn_arena_end(arena);
}

static void test_corners_that_touch_join(void **state) {
    (void)state;
    FIND("#....", ".#...", "..#..", ".#...", "#....");
    assert_int_equal(list.count, 1);
    assert_component(0, 0, 0, 3, 5, 5);
    drawn_arena_end(arena);
}

static void test_a_column_between_keeps_apart(void **state) {
    (void)state;
    FIND("##.##", "##.##");
    assert_int_equal(list.count, 2);
    assert_component(0, 0, 0, 2, 2, 4);
    assert_component(1, 3, 0, 5, 2, 4);
    drawn_arena_end(arena);
}

static void test_u_shapes_join_at_the_bottom_and_at_the_top(void **state) {
    (void)state;
    FIND("#.#.###", "#.#.#.#", "###.#.#");
    assert_int_equal(list.count, 2);
    assert_component(0, 0, 0, 3, 3, 7);
    assert_component(1, 4, 0, 7, 3, 7);
    drawn_arena_end(arena);
}

static void test_a_comb_joins_in_its_last_row_alone(void **state) {
    (void)state;
    FIND("#.#.#.#.#", "#.#.#.#.#", "#########");
    assert_int_equal(list.count, 1);
    assert_component(0, 0, 0, 9, 3, 19);
    drawn_arena_end(arena);
}

static void test_what_a_ring_encloses_is_another(void **state) {
    (void)state;
    FIND("#######", "#.....#", "#..#..#", "#.....#", "#######");
    assert_int_equal(list.count, 2);
    assert_component(0, 0, 0, 7, 5, 20);
    assert_component(1, 3, 2, 4, 3, 1);
    drawn_arena_end(arena);
}

static void test_a_spiral_is_one(void **state) {
    (void)state;
    FIND("#######", "......#", "#####.#", "#...#.#", "#.###.#", "#.....#", "#######");
    assert_int_equal(list.count, 1);
    assert_component(0, 0, 0, 7, 7, 31);
    drawn_arena_end(arena);
}

static void test_runs_are_chained_in_reading_order(void **state) {
    (void)state;
    FIND("#.##", "####");
    assert_int_equal(list.count, 1);
    const struct run *run = &list.runs[list.items[0].first_run];
    assert_int_equal(run->x0, 0);
    assert_int_equal(run->x1, 1);
    run = &list.runs[run->next];
    assert_int_equal(run->x0, 2);
    assert_int_equal(run->x1, 4);
    run = &list.runs[run->next];
    assert_int_equal(run->y, 1);
    assert_int_equal(run->x1, 4);
    assert_int_equal(run->next, RUN_END);
    drawn_arena_end(arena);
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct probability_map map = {pixels, 64, 64};
    memset(pixels, 0, sizeof pixels);
    for (size_t i = 0; i < sizeof pixels; i += 2) {
        pixels[i] = 255;
    }
    arena = drawn_arena(20000); /* 2048 runs take some 120 kB */
    assert_false(components_find(&map, THRESHOLD, arena, &list));
    drawn_arena_end(arena);
}

/* Marks the pixels that hang together with (x, y); the plain method, against which the runs are held. */
static uint32_t flood(uint8_t *left, int32_t width, int32_t height, int32_t x, int32_t y) {
    if (x < 0 || y < 0 || x >= width || y >= height || !left[y * width + x]) {
        return 0;
    }
    uint32_t count = 1;
    left[y * width + x] = 0;
    for (int32_t k = 0; k < 9; k++) {
        count += flood(left, width, height, x + k % 3 - 1, y + k / 3 - 1);
    }
    return count;
}

static void check_against_flood(const struct probability_map *map) {
    uint8_t left[SIDE_LIMIT * SIDE_LIMIT];
    for (size_t i = 0; i < (size_t)map->width * map->height; i++) {
        left[i] = map->values[i] >= THRESHOLD;
    }
    for (size_t i = 0; i < list.count; i++) {
        const struct run *first = &list.runs[list.items[i].first_run];
        uint32_t count = flood(left, (int32_t)map->width, (int32_t)map->height, (int32_t)first->x0, (int32_t)first->y);
        assert_int_equal(count, list.items[i].pixel_count);
        uint32_t in_runs = 0;
        for (uint32_t r = list.items[i].first_run; r != RUN_END; r = list.runs[r].next) {
            in_runs += list.runs[r].x1 - list.runs[r].x0;
            assert_int_equal(left[list.runs[r].y * map->width + list.runs[r].x0], 0);
        }
        assert_int_equal(in_runs, count);
    }
    for (size_t i = 0; i < (size_t)map->width * map->height; i++) {
        assert_int_equal(left[i], 0); /* every pixel of text belongs to one of them */
    }
}

static void test_random_maps_agree_with_a_flood_fill(void **state) {
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 300; round++) {
        struct probability_map map = {pixels, 1 + drawn_number(&seed, 40), 1 + drawn_number(&seed, 40)};
        uint32_t density = 20 + drawn_number(&seed, 60);
        for (size_t i = 0; i < (size_t)map.width * map.height; i++) {
            pixels[i] = drawn_number(&seed, 100) < density ? 200 : 20;
        }
        arena = drawn_arena(METER_NO_LIMIT);
        assert_true(components_find(&map, THRESHOLD, arena, &list));
        check_against_flood(&map);
        drawn_arena_end(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_empty_map_has_none),
        cmocka_unit_test(test_a_full_map_is_one),
        cmocka_unit_test(test_the_threshold_itself_is_text),
        cmocka_unit_test(test_single_pixels_stay_apart_and_come_in_reading_order),
        cmocka_unit_test(test_corners_that_touch_join),
        cmocka_unit_test(test_a_column_between_keeps_apart),
        cmocka_unit_test(test_u_shapes_join_at_the_bottom_and_at_the_top),
        cmocka_unit_test(test_a_comb_joins_in_its_last_row_alone),
        cmocka_unit_test(test_what_a_ring_encloses_is_another),
        cmocka_unit_test(test_a_spiral_is_one),
        cmocka_unit_test(test_runs_are_chained_in_reading_order),
        cmocka_unit_test(test_refused_memory_is_told),
        cmocka_unit_test(test_random_maps_agree_with_a_flood_fill),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
