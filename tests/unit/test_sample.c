/* test_sample.c - resampled pixels with values that follow from the filter: constants, ramps, boxes, edges, turns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/sample.h"

static const struct sample_norm PLAIN = {{0, 0, 0}, {1, 1, 1}};

static float planes[3 * 128 * 128];

static void window(const struct image *image, double scale, int32_t x, int32_t y, uint32_t width, uint32_t height) {
    struct sample_window wanted = {scale, x, y, width, height};
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_true(sample_window(image, &wanted, &PLAIN, arena, planes));
    drawn_arena_end(arena);
}

/* The grey level 0..255 of plane `plane` at (x, y) of what was sampled last. */
static double at(uint32_t plane, uint32_t x, uint32_t y, uint32_t width, uint32_t height) {
    return planes[((size_t)plane * height + y) * width + x] * 255.0;
}

static void test_one_colour_stays_that_colour_in_the_order_blue_green_red(void **state) {
    (void)state;
    struct image image = drawn_image(60, 40, 0x0A64C8);
    const double scales[] = {1.0, 0.75, 0.5, 1.0 / 3.0, 0.37};
    for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
        window(&image, scales[i], -7, -5, 40, 30);
        for (uint32_t k = 0; k < 40 * 30; k++) {
            assert_near(at(0, k % 40, k / 40, 40, 30), 200, 0.01);
            assert_near(at(1, k % 40, k / 40, 40, 30), 100, 0.01);
            assert_near(at(2, k % 40, k / 40, 40, 30), 10, 0.01);
        }
    }
    drawn_image_free(&image);
}

/* Red grows by 2 a column, green by 3 a row. */
static struct image ramp(uint32_t width, uint32_t height) {
    struct image image = drawn_image(width, height, 0);
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++) {
            drawn_box(&image, x, y, x + 1, y + 1, (2 * x) << 16 | (3 * y) << 8);
        }
    }
    return image;
}

static void test_at_scale_1_pixels_are_copied_and_edges_repeated(void **state) {
    (void)state;
    struct image image = ramp(50, 30);
    window(&image, 1.0, -5, -4, 64, 40);
    for (int32_t y = 0; y < 40; y++) {
        for (int32_t x = 0; x < 64; x++) {
            int32_t from_x = x < 5 ? 0 : x > 54 ? 49 : x - 5, from_y = y < 4 ? 0 : y > 33 ? 29 : y - 4;
            assert_near(at(2, (uint32_t)x, (uint32_t)y, 64, 40), 2 * from_x, 0.01);
            assert_near(at(1, (uint32_t)x, (uint32_t)y, 64, 40), 3 * from_y, 0.01);
        }
    }
    drawn_image_free(&image);
}

static void test_a_ramp_stays_a_ramp(void **state) {
    (void)state;
    struct image image = ramp(120, 80);
    window(&image, 0.5, 0, 0, 60, 40);
    for (uint32_t y = 2; y < 38; y++) { /* the filter is symmetrical, so away from the edges a slope is kept */
        for (uint32_t x = 2; x < 58; x++) {
            assert_near(at(2, x, y, 60, 40), 2 * (2 * x + 0.5), 0.02);
            assert_near(at(1, x, y, 60, 40), 3 * (2 * y + 0.5), 0.02);
        }
    }
    window(&image, 1.0 / 3.0, 0, 0, 40, 26);
    for (uint32_t x = 2; x < 38; x++) {
        assert_near(at(2, x, 9, 40, 26), 2 * (3 * x + 1.0), 0.02);
    }
    drawn_image_free(&image);
}

static void test_a_box_reduced_by_2(void **state) {
    (void)state;
    struct image image = drawn_image(40, 40, 0);
    drawn_box(&image, 20, 16, 22, 18, 0x0000FF);
    window(&image, 0.5, 0, 0, 20, 20);
    /* Along one axis the four nearest pixels weigh 1/8, 3/8, 3/8, 1/8. */
    assert_near(at(0, 10, 8, 20, 20), 255 * 0.75 * 0.75, 0.02);
    assert_near(at(0, 9, 8, 20, 20), 255 * 0.125 * 0.75, 0.02);
    assert_near(at(0, 10, 9, 20, 20), 255 * 0.75 * 0.125, 0.02);
    assert_near(at(0, 11, 9, 20, 20), 255 * 0.125 * 0.125, 0.02);
    assert_near(at(0, 12, 8, 20, 20), 0, 1e-6);
    assert_near(at(1, 10, 8, 20, 20), 0, 1e-6);
    double sum = 0.0;
    for (uint32_t k = 0; k < 400; k++) {
        sum += at(0, k % 20, k / 20, 20, 20);
    }
    assert_near(sum, 255, 0.1); /* 4 pixels of light over 4 pixels to 1 */
    drawn_image_free(&image);
}

static void test_a_box_reduced_by_3(void **state) {
    (void)state;
    struct image image = drawn_image(48, 48, 0xFFFFFF);
    drawn_box(&image, 21, 21, 24, 24, 0x000000);
    window(&image, 1.0 / 3.0, 0, 0, 16, 16);
    /* Along one axis the five nearest pixels weigh 1, 2, 3, 2, 1 ninths. */
    assert_near(at(0, 7, 7, 16, 16), 255 * (1 - 49.0 / 81.0), 0.02);
    assert_near(at(0, 6, 7, 16, 16), 255 * (1 - 7.0 / 81.0), 0.02);
    assert_near(at(0, 8, 8, 16, 16), 255 * (1 - 1.0 / 81.0), 0.02);
    assert_near(at(0, 5, 7, 16, 16), 255, 0.02);
    drawn_image_free(&image);
}

static void test_windows_are_parts_of_one_whole(void **state) {
    (void)state;
    static float whole[3 * 80 * 60];
    struct image image = drawn_image(120, 90, 0);
    uint32_t seed = 3;
    for (uint32_t k = 0; k < 120 * 90; k++) {
        drawn_box(&image, k % 120, k / 120, k % 120 + 1, k / 120 + 1, drawn_number(&seed, 1u << 24));
    }
    window(&image, 0.7, -8, -6, 80, 60);
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        whole[i] = planes[i];
    }
    window(&image, 0.7, 20, 13, 32, 32);
    for (uint32_t plane = 0; plane < 3; plane++) {
        for (uint32_t k = 0; k < 32 * 32; k++) {
            size_t there = ((size_t)plane * 60 + k / 32 + 19) * 80 + k % 32 + 28;
            assert_true(planes[plane * 32 * 32 + k] == whole[there]); /* to the bit, so that seams cannot show */
        }
    }
    drawn_image_free(&image);
}

static void test_an_image_of_one_pixel(void **state) {
    (void)state;
    struct image image = drawn_image(1, 1, 0x204060);
    window(&image, 1.0, -16, -16, 32, 32);
    assert_near(at(0, 0, 0, 32, 32), 0x60, 0.01);
    assert_near(at(2, 31, 31, 32, 32), 0x20, 0.01);
    drawn_image_free(&image);
}

static void test_norms_belong_to_their_planes(void **state) {
    (void)state;
    const struct sample_norm norm = {{0.5f, 0.25f, 0.0f}, {0.5f, 0.25f, 2.0f}};
    const struct lince_point corners[4] = {{2, 2}, {10, 2}, {10, 10}, {2, 10}};
    struct image image = drawn_image(16, 16, 0xFF00FF);
    struct sample_window wanted = {1.0, 0, 0, 8, 8};
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_true(sample_window(&image, &wanted, &norm, arena, planes));
    drawn_arena_end(arena);
    for (int way = 0; way < 2; way++) {
        assert_near(planes[0], 1.0, 1e-5);      /* blue: (1 - 0.5) / 0.5 */
        assert_near(planes[64], -1.0, 1e-5);    /* green: (0 - 0.25) / 0.25 */
        assert_near(planes[2 * 64], 0.5, 1e-5); /* red: (1 - 0) / 2 */
        planes[0] = planes[64] = planes[2 * 64] = 9;
        sample_quad(&image, corners, 8, 8, &norm, planes);
    }
    drawn_image_free(&image);
}

static void test_refused_memory_is_told(void **state) {
    (void)state;
    struct image image = drawn_image(100, 100, 0);
    struct sample_window wanted = {0.5, 0, 0, 50, 50};
    struct arena *arena = drawn_arena(1500);
    assert_false(sample_window(&image, &wanted, &PLAIN, arena, planes));
    drawn_arena_end(arena);
    drawn_image_free(&image);
}

static void quad(const struct image *image, double x0, double y0, double x1, double y1, double x3, double y3,
                 uint32_t width, uint32_t height) {
    const struct lince_point corners[4] = {{x0, y0}, {x1, y1}, {x1 + x3 - x0, y1 + y3 - y0}, {x3, y3}};
    sample_quad(image, corners, width, height, &PLAIN, planes);
}

static void test_a_quad_may_stand_lie_or_hang(void **state) {
    (void)state;
    struct image image = ramp(60, 50);
    for (uint32_t k = 0; k < 12 * 8; k++) {
        uint32_t x = k % 12, y = k / 12;
        quad(&image, 5, 7, 17, 7, 5, 15, 12, 8); /* upright */
        assert_near(at(2, x, y, 12, 8), 2 * (5 + x), 0.01);
        assert_near(at(1, x, y, 12, 8), 3 * (7 + y), 0.01);
        quad(&image, 30, 7, 30, 19, 22, 7, 12, 8); /* its right is down, its down is left */
        assert_near(at(2, x, y, 12, 8), 2 * (29 - y), 0.01);
        assert_near(at(1, x, y, 12, 8), 3 * (7 + x), 0.01);
        quad(&image, 17, 15, 5, 15, 17, 7, 12, 8); /* on its head */
        assert_near(at(2, x, y, 12, 8), 2 * (16 - x), 0.01);
        assert_near(at(1, x, y, 12, 8), 3 * (14 - y), 0.01);
    }
    drawn_image_free(&image);
}

static void test_a_quad_reduced_by_2_and_3_averages_boxes(void **state) {
    (void)state;
    for (uint32_t factor = 2; factor <= 3; factor++) {
        struct image image = drawn_image(36, 36, 0);
        for (uint32_t k = 0; k < 36 * 36; k++) { /* one bright pixel in every box of factor x factor */
            if (k % 36 % factor == 1 && k / 36 % factor == 0) {
                drawn_box(&image, k % 36, k / 36, k % 36 + 1, k / 36 + 1, 0xFF0000);
            }
        }
        quad(&image, 6, 6, 30, 6, 6, 30, 24 / factor, 24 / factor);
        for (uint32_t k = 0; k < 24 / factor; k++) {
            assert_near(at(2, k, k, 24 / factor, 24 / factor), 255.0 / (factor * factor), 0.02);
        }
        drawn_image_free(&image);
    }
}

static void test_beyond_the_image_a_quad_repeats_its_edge(void **state) {
    (void)state;
    struct image image = ramp(20, 10);
    quad(&image, -8, -8, 8, -8, -8, 8, 16, 16);
    assert_near(at(2, 0, 15, 16, 16), 0, 0.01);
    assert_near(at(1, 0, 15, 16, 16), 3 * 7, 0.01);
    assert_near(at(2, 15, 0, 16, 16), 2 * 7, 0.01);
    assert_near(at(1, 15, 0, 16, 16), 0, 0.01);
    quad(&image, 1e6, 1e6, 1e6 + 8, 1e6, 1e6, 1e6 + 8, 8, 8);
    assert_near(at(2, 3, 3, 8, 8), 2 * 19, 0.01);
    assert_near(at(1, 3, 3, 8, 8), 3 * 9, 0.01);
    drawn_image_free(&image);
}

/* Upright quads have a way of their own; one that leans by next to nothing goes the way of all others. */
static void test_an_upright_quad_is_one_that_hardly_leans(void **state) {
    (void)state;
    enum { WIDTH = 100, HEIGHT = 40 };
    static float upright[3 * WIDTH * HEIGHT];
    const double lefts[] = {-3.25, 0, 10.75, 40}, widths[] = {30.5, 77, 140};
    struct image image = drawn_image(90, 60, 0x102030);
    for (uint32_t k = 0; k < 90 * 60; k++) {
        drawn_box(&image, k % 90, k / 90, k % 90 + 1, k / 90 + 1, k * 2654435761u >> 8);
    }
    for (size_t i = 0; i < 4 * 3; i++) {
        double left = lefts[i % 4], right = left + widths[i / 4];
        quad(&image, left, 5.5, right, 5.5, left, 48.25, WIDTH, HEIGHT);
        memcpy(upright, planes, sizeof upright);
        quad(&image, left, 5.5, right, 5.5 + 1e-9, left, 48.25, WIDTH, HEIGHT);
        for (size_t k = 0; k < 3 * WIDTH * HEIGHT; k++) {
            assert_near(upright[k], planes[k], 1e-6);
        }
    }
    drawn_image_free(&image);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_colour_stays_that_colour_in_the_order_blue_green_red),
        cmocka_unit_test(test_at_scale_1_pixels_are_copied_and_edges_repeated),
        cmocka_unit_test(test_a_ramp_stays_a_ramp),
        cmocka_unit_test(test_a_box_reduced_by_2),
        cmocka_unit_test(test_a_box_reduced_by_3),
        cmocka_unit_test(test_windows_are_parts_of_one_whole),
        cmocka_unit_test(test_an_image_of_one_pixel),
        cmocka_unit_test(test_norms_belong_to_their_planes),
        cmocka_unit_test(test_refused_memory_is_told),
        cmocka_unit_test(test_a_quad_may_stand_lie_or_hang),
        cmocka_unit_test(test_a_quad_reduced_by_2_and_3_averages_boxes),
        cmocka_unit_test(test_beyond_the_image_a_quad_repeats_its_edge),
        cmocka_unit_test(test_an_upright_quad_is_one_that_hardly_leans),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
