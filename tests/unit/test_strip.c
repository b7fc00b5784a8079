/* test_strip.c - lines cut out upright: width, values, turning, and converting back to the image. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/heap.h"
#include "drawn.h"
#include "text/strip.h"

static struct meter meter;
static struct heap *heap;

static int open_heap(void **state) {
    (void)state;
    meter_init(&meter, NULL, "strip", 8 << 20);
    return heap_open(&meter, 64 << 20, &heap, NULL) == LINCE_OK ? 0 : -1;
}

static int close_heap(void **state) {
    (void)state;
    assert_int_equal(heap_figures(heap).used_bytes, 0);
    heap_close(heap);
    return 0;
}

static struct strip cut(const struct image *image, double x0, double y0, double x1, double y1) {
    const struct lince_point corners[4] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
    struct strip strip;
    assert_int_equal(strip_cut(image, corners, 1.0, heap, &strip, NULL), LINCE_OK);
    return strip;
}

static void check_width(double width, double height, uint32_t expected) {
    struct image image = drawn_image(8, 8, 0);
    struct strip strip = cut(&image, 0, 0, width, height);
    assert_int_equal(strip.width, expected);
    strip_free(&strip);
    assert_null(strip.planes);
    drawn_image_free(&image);
}

static void test_width_follows_the_line_in_steps_of_8(void **state) {
    (void)state;
    check_width(96, 24, 192);  /* twice as large */
    check_width(96, 48, 96);   /* as it is */
    check_width(97, 48, 104);  /* up to the next step */
    check_width(400, 96, 200); /* half */
    check_width(1, 48, 16);    /* never under two steps */
    check_width(0, 0, 16);     /* a line of no size has at least a pixel's height */
    check_width(9000, 40, STRIP_WIDTH_LIMIT_PX);
}

static void test_white_is_1_and_black_minus_1(void **state) {
    (void)state;
    struct image image = drawn_image(64, 64, 0xFFFFFF);
    drawn_box(&image, 0, 0, 24, 48, 0x000000);
    drawn_box(&image, 40, 0, 64, 64, 0xFF0000);
    struct strip strip = cut(&image, 0, 0, 64, 48);
    size_t plane = (size_t)64 * STRIP_HEIGHT_PX, middle = (size_t)24 * 64;
    assert_int_equal(strip.width, 64);
    assert_near(strip.planes[middle + 10], -1, 1e-5);
    assert_near(strip.planes[middle + 30], 1, 1e-5);
    assert_near(strip.planes[middle + 50], -1, 1e-5); /* red paper has no blue, */
    assert_near(strip.planes[plane + middle + 50], -1, 1e-5);
    assert_near(strip.planes[2 * plane + middle + 50], 1, 1e-5); /* and red comes last */
    strip_free(&strip);
    drawn_image_free(&image);
}

static void test_parts_of_the_image_stand_side_by_side(void **state) {
    (void)state;
    struct image image = drawn_image(64, 200, 0xFFFFFF);
    drawn_box(&image, 10, 10, 30, 34, 0x000000);   /* 20 x 24: 40 columns at the strip's height */
    drawn_box(&image, 10, 100, 26, 124, 0x0000FF); /* 32 columns */
    const struct lince_point parts[2][4] = {{{10, 10}, {30, 10}, {30, 34}, {10, 34}},
                                            {{10, 100}, {26, 100}, {26, 124}, {10, 124}}};
    const struct lince_point corners[4] = {{10, 10}, {30, 10}, {30, 124}, {10, 124}};
    struct strip strip;
    assert_int_equal(strip_join(&image, parts, 2, corners, heap, &strip, NULL), LINCE_OK);
    assert_int_equal(strip.width, 72);
    size_t plane = (size_t)72 * STRIP_HEIGHT_PX, middle = (size_t)24 * 72;
    assert_near(strip.planes[middle + 20], -1, 1e-5); /* black has no blue, blue has */
    assert_near(strip.planes[middle + 60], 1, 1e-5);
    assert_near(strip.planes[plane + middle + 60], -1, 1e-5);
    assert_near(strip.corners[2].y, 124, 1e-9);
    strip_free(&strip);
    assert_int_equal(strip_join(&image, parts, 1, corners, heap, &strip, NULL), LINCE_OK);
    assert_int_equal(strip.width, 40);
    strip_free(&strip);
    drawn_image_free(&image);
}

static void test_reversing_turns_pixels_and_corners(void **state) {
    (void)state;
    struct image image = drawn_image(64, 48, 0xFFFFFF);
    drawn_box(&image, 3, 5, 4, 6, 0x00FF00);
    struct strip strip = cut(&image, 0, 0, 64, 48);
    size_t plane = (size_t)64 * STRIP_HEIGHT_PX;
    assert_near(strip.planes[5 * 64 + 3], -1, 1e-5);
    strip_reverse(&strip);
    assert_near(strip.planes[5 * 64 + 3], 1, 1e-5);
    assert_near(strip.planes[(47 - 5) * 64 + 63 - 3], -1, 1e-5);
    assert_near(strip.planes[plane + (47 - 5) * 64 + 63 - 3], 1, 1e-5); /* green stayed in its plane */
    assert_near(strip.planes[2 * plane + (47 - 5) * 64 + 63 - 3], -1, 1e-5);
    assert_near(strip.corners[0].x, 64, 1e-9);
    assert_near(strip.corners[0].y, 48, 1e-9);
    assert_near(strip.corners[1].x, 0, 1e-9);
    assert_near(strip.corners[3].y, 0, 1e-9);
    struct lince_box box = strip_box(&strip, 60, 42, 61, 43); /* the same pixel, back in the image */
    assert_near(box.x0, 3, 1e-9);
    assert_near(box.y0, 5, 1e-9);
    assert_near(box.x1, 4, 1e-9);
    assert_near(box.y1, 6, 1e-9);
    strip_reverse(&strip);
    assert_near(strip.planes[5 * 64 + 3], -1, 1e-5);
    assert_near(strip.corners[0].x, 0, 1e-9);
    strip_free(&strip);
    drawn_image_free(&image);
}

static void test_boxes_go_back_to_the_image(void **state) {
    (void)state;
    struct strip strip = {.width = 192, .corners = {{100, 200}, {196, 200}, {196, 224}, {100, 224}}};
    struct lince_box box = strip_box(&strip, 20, 10, 60, 30); /* twice as large as in the image */
    assert_near(box.x0, 110, 1e-9);
    assert_near(box.x1, 130, 1e-9);
    assert_near(box.y0, 205, 1e-9);
    assert_near(box.y1, 215, 1e-9);
}

static void test_boxes_of_a_line_that_runs_down(void **state) {
    (void)state;
    /* The strip's right is the image's down, its down the image's left. */
    struct strip strip = {.width = 96, .corners = {{50, 10}, {50, 106}, {2, 106}, {2, 10}}};
    struct lince_box box = strip_box(&strip, 10, 4, 30, 40);
    assert_near(box.x0, 10, 1e-9);
    assert_near(box.x1, 46, 1e-9);
    assert_near(box.y0, 20, 1e-9);
    assert_near(box.y1, 40, 1e-9);
}

static void test_a_full_heap_is_told_in_the_callers_language(void **state) {
    (void)state;
    const struct lince_point corners[4] = {{0, 0}, {3840, 0}, {3840, 48}, {0, 48}};
    struct image image = drawn_image(8, 8, 0);
    struct lince_error error = LINCE_ERROR_INIT;
    struct strip strip;
    void *filling[4];
    for (size_t i = 0; i < 4; i++) {
        filling[i] = heap_allocate(heap, (2 << 20) - 300000);
    }
    error.language = LINCE_SPANISH;
    assert_int_equal(strip_cut(&image, corners, 1.0, heap, &strip, &error), LINCE_ERROR_MEMORY_LIMIT);
    assert_null(strip.planes);
    assert_non_null(strstr(error.message, "límite de memoria"));
    assert_non_null(strstr(error.message, "2211840")); /* 3840 x 48 x 3 floats */
    for (size_t i = 0; i < 4; i++) {
        heap_free(filling[i]);
    }
    drawn_image_free(&image);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_width_follows_the_line_in_steps_of_8),
        cmocka_unit_test(test_white_is_1_and_black_minus_1),
        cmocka_unit_test(test_parts_of_the_image_stand_side_by_side),
        cmocka_unit_test(test_reversing_turns_pixels_and_corners),
        cmocka_unit_test(test_boxes_go_back_to_the_image),
        cmocka_unit_test(test_boxes_of_a_line_that_runs_down),
        cmocka_unit_test(test_a_full_heap_is_told_in_the_callers_language),
    };
    return cmocka_run_group_tests(tests, open_heap, close_heap);
}
