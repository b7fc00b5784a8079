/* test_frames.c - regions over drawn bars and rules: where they are cut, and which ones stay doubtful. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/frames.h"

enum { WIDTH = 400, HEIGHT = 160 };

static struct image image;
static struct region item;
static struct region_list regions;
static struct arena *arena;

static void letters(uint32_t top) {
    for (uint32_t x = 50; x < 350; x += 20) {
        drawn_box(&image, x, top, x + 10, top + 20, 0);
    }
}

static void rule(uint32_t top) {
    drawn_box(&image, 40, top, 360, top + 2, 0);
}

static void begin(void) {
    image = drawn_image(WIDTH, HEIGHT, 0xFFFFFF);
    arena = drawn_arena(METER_NO_LIMIT);
}

/* Cuts the region between two rows of the image. */
static void part(uint32_t top, uint32_t bottom, bool is_doubtful) {
    item = (struct region){
        .corners = {{20, top}, {380, top}, {380, bottom}, {20, bottom}}, .score = 0.5, .is_doubtful = is_doubtful};
    regions = (struct region_list){.items = &item, .count = 1};
    assert_true(frames_part(&image, arena, &regions));
}

static void end(void) {
    drawn_arena_end(arena);
    drawn_image_free(&image);
}

static void test_a_frame_is_cut_to_its_rules(void **state) {
    (void)state;
    begin();
    letters(60);
    rule(50);
    rule(88);
    part(38, 102, false);
    assert_int_equal(regions.count, 1);
    assert_near(regions.items[0].corners[0].y, 50, 3);
    assert_near(regions.items[0].corners[2].y, 90, 3);
    assert_near(regions.items[0].corners[0].x, 40, 8);
    assert_near(regions.items[0].corners[2].x, 360, 8);
    end();
}

static void test_a_label_above_a_frame_is_a_line_of_its_own(void **state) {
    (void)state;
    begin();
    letters(20);
    letters(60);
    rule(50);
    rule(88);
    part(12, 92, true);
    assert_int_equal(regions.count, 2);
    assert_near(regions.items[0].corners[2].y, 52, 3);
    assert_near(regions.items[1].corners[0].y, 50, 3);
    assert_false(regions.items[0].is_doubtful || regions.items[1].is_doubtful);
    end();
}

static void test_an_underlined_line_stays(void **state) {
    (void)state;
    begin();
    letters(60);
    rule(88);
    part(50, 98, false);
    assert_int_equal(regions.count, 1);
    assert_ptr_equal(regions.items, &item);
    end();
}

static void test_a_line_that_is_crossed_out_stays(void **state) {
    (void)state;
    begin();
    letters(60);
    rule(69);
    part(50, 90, false);
    assert_ptr_equal(regions.items, &item);
    end();
}

static void test_what_has_no_rules_stays_doubtful(void **state) {
    (void)state;
    begin();
    letters(60);
    part(50, 90, true);
    assert_int_equal(regions.count, 1);
    assert_true(regions.items[0].is_doubtful);
    end();
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    begin();
    letters(60);
    rule(50);
    rule(88);
    item = (struct region){.corners = {{20, 38}, {380, 38}, {380, 102}, {20, 102}}, .score = 0.5};
    regions = (struct region_list){.items = &item, .count = 1};
    drawn_arena_end(arena);
    arena = drawn_arena(4);
    assert_false(frames_part(&image, arena, &regions));
    end();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_frame_is_cut_to_its_rules),
        cmocka_unit_test(test_a_label_above_a_frame_is_a_line_of_its_own),
        cmocka_unit_test(test_an_underlined_line_stays),
        cmocka_unit_test(test_a_line_that_is_crossed_out_stays),
        cmocka_unit_test(test_what_has_no_rules_stays_doubtful),
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("frames", tests, NULL, NULL);
}
