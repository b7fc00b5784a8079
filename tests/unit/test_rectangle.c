/* test_rectangle.c - the smallest rectangle around corners with a known place and slant. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/rectangle.h"

static const double DEGREE = 3.14159265358979323846 / 180.0;
enum { POINT_LIMIT = 200 };

static int compare_points(const void *a, const void *b) {
    const struct lince_point *p = a, *q = b;
    if (p->y != q->y) {
        return p->y < q->y ? -1 : 1;
    }
    return (p->x > q->x) - (p->x < q->x);
}

static struct rectangle around(struct lince_point *points, size_t count) {
    struct lince_point hull[2 * POINT_LIMIT];
    qsort(points, count, sizeof *points, compare_points);
    return rectangle_around(points, count, hull);
}

/* The corners of width x height about (100, 80), its width turned clockwise by `degrees`: upper left first. */
static void corners_at(double degrees, double width, double height, struct lince_point corners[4]) {
    double cosine = cos(degrees * DEGREE), sine = sin(degrees * DEGREE);
    const double xs[4] = {-0.5, 0.5, 0.5, -0.5}, ys[4] = {-0.5, -0.5, 0.5, 0.5};
    for (size_t i = 0; i < 4; i++) {
        double x = xs[i] * width, y = ys[i] * height;
        corners[i] = (struct lince_point){100.0 + x * cosine - y * sine, 80.0 + x * sine + y * cosine};
    }
}

/* Finds the rectangle again from its corners alone, as the one whose width is within 45 degrees of the x axis. */
static void check_turned(double degrees, double width, double height, double expected_degrees, double expected_width,
                         double expected_height) {
    struct lince_point points[4], expected[4], found[4];
    corners_at(degrees, width, height, points);
    corners_at(expected_degrees, expected_width, expected_height, expected);
    struct rectangle rectangle = around(points, 4);
    assert_near(rectangle.width, expected_width, 1e-6);
    assert_near(rectangle.height, expected_height, 1e-6);
    assert_near(atan2(rectangle.across_y, rectangle.across_x) / DEGREE, expected_degrees, 1e-6);
    rectangle_corners(&rectangle, found);
    for (size_t i = 0; i < 4; i++) {
        assert_near(found[i].x, expected[i].x, 1e-6);
        assert_near(found[i].y, expected[i].y, 1e-6);
    }
}

static void test_known_corners_at_known_slants(void **state) {
    (void)state;
    check_turned(0, 60, 20, 0, 60, 20);
    check_turned(30, 60, 20, 30, 60, 20);
    check_turned(-30, 60, 20, -30, 60, 20);
    check_turned(44, 60, 20, 44, 60, 20);
    check_turned(60, 60, 20, -30, 20, 60); /* steeper than 45 degrees: what was its height is now its width */
    check_turned(-60, 60, 20, 30, 20, 60);
    check_turned(90, 60, 20, 0, 20, 60);
}

static void test_at_45_degrees_either_axis_will_do(void **state) {
    (void)state;
    struct lince_point points[4], found[4];
    corners_at(45, 60, 20, points);
    struct rectangle rectangle = around(points, 4);
    assert_near(rectangle.width * rectangle.height, 1200, 1e-6);
    assert_near(fabs(rectangle.across_y), sqrt(0.5), 1e-6);
    assert_near(rectangle.across_x, sqrt(0.5), 1e-6);
    assert_near(fmax(rectangle.width, rectangle.height), 60, 1e-6);
    rectangle_corners(&rectangle, found);
    for (size_t i = 0; i < 4; i++) { /* whichever it is, the corners run clockwise on the screen */
        struct lince_point a = found[i], b = found[(i + 1) % 4], c = found[(i + 2) % 4];
        assert_true((b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x) > 0.0);
    }
}

static void test_a_sliver_along_one_steep_edge(void **state) {
    (void)state;
    /* The edge from (0, 0) to (30, 120) falls 4 down for 1 across; the third point is 5 / sqrt(17) from it. */
    struct lince_point points[] = {{0, 0}, {14, 61}, {30, 120}};
    struct rectangle rectangle = around(points, 3);
    assert_near(rectangle.across_x, 4 / sqrt(17), 1e-9);
    assert_near(rectangle.across_y, -1 / sqrt(17), 1e-9);
    assert_near(rectangle.width, 5 / sqrt(17), 1e-9);
    assert_near(rectangle.height, 30 * sqrt(17), 1e-9);
}

static void test_a_hint_of_slant_is_taken_for_noise(void **state) {
    (void)state;
    struct lince_point points[4];
    corners_at(0.2, 200, 20, points); /* standing upright costs 3.5 % of its area */
    struct rectangle level = around(points, 4);
    assert_true(level.across_y == 0.0 && level.across_x == 1.0);
    corners_at(5, 200, 20, points);
    struct rectangle slanted = around(points, 4);
    assert_near(atan2(slanted.across_y, slanted.across_x) / DEGREE, 5.0, 1e-6);
}

static void test_a_step_in_the_outline_does_not_slant(void **state) {
    (void)state;
    struct lince_point points[] = {{0, 0}, {50, 0}, {50, 1}, {100, 1}, {0, 10}, {50, 10}, {50, 11}, {100, 11}};
    struct rectangle rectangle = around(points, sizeof points / sizeof *points);
    assert_true(rectangle.across_y == 0.0);
    assert_near(rectangle.width, 100, 1e-9);
    assert_near(rectangle.height, 11, 1e-9);
    assert_near(rectangle.centre.x, 50, 1e-9);
    assert_near(rectangle.centre.y, 5.5, 1e-9);
}

static void test_points_without_area(void **state) {
    (void)state;
    struct lince_point one[] = {{3, 4}};
    struct rectangle rectangle = around(one, 1);
    assert_near(rectangle.centre.x, 3, 1e-9);
    assert_near(rectangle.centre.y, 4, 1e-9);
    assert_near(rectangle.width + rectangle.height, 0, 1e-9);
    struct lince_point same[] = {{3, 4}, {3, 4}, {3, 4}};
    rectangle = around(same, 3);
    assert_near(rectangle.width + rectangle.height, 0, 1e-9);
    struct lince_point level[] = {{0, 7}, {5, 7}, {9, 7}};
    rectangle = around(level, 3);
    assert_near(rectangle.width, 9, 1e-9);
    assert_near(rectangle.height, 0, 1e-9);
    struct lince_point slanted[] = {{0, 0}, {4, 3}, {8, 6}};
    rectangle = around(slanted, 3);
    assert_near(rectangle.width, 10, 1e-9);
    assert_near(rectangle.height, 0, 1e-9);
    assert_near(rectangle.across_x, 0.8, 1e-9);
}

static void test_growing_moves_every_side(void **state) {
    (void)state;
    struct lince_point points[4], found[4], expected[4];
    corners_at(30, 60, 20, points);
    struct rectangle rectangle = rectangle_grow(around(points, 4), 5.0);
    rectangle_corners(&rectangle, found);
    corners_at(30, 70, 30, expected);
    for (size_t i = 0; i < 4; i++) {
        assert_near(found[i].x, expected[i].x, 1e-6);
        assert_near(found[i].y, expected[i].y, 1e-6);
    }
}

static void test_every_point_lies_inside(void **state) {
    (void)state;
    uint32_t seed = 11;
    for (int round = 0; round < 500; round++) {
        struct lince_point points[POINT_LIMIT];
        size_t count = 1 + drawn_number(&seed, POINT_LIMIT - 1);
        double least_x = 1e9, most_x = -1e9, least_y = 1e9, most_y = -1e9;
        for (size_t i = 0; i < count; i++) {
            points[i] = (struct lince_point){drawn_number(&seed, 90), drawn_number(&seed, 40)};
            least_x = fmin(least_x, points[i].x), most_x = fmax(most_x, points[i].x);
            least_y = fmin(least_y, points[i].y), most_y = fmax(most_y, points[i].y);
        }
        struct rectangle found = around(points, count);
        assert_true(found.width * found.height <= (most_x - least_x) * (most_y - least_y) + 1e-6);
        for (size_t i = 0; i < count; i++) {
            double dx = points[i].x - found.centre.x, dy = points[i].y - found.centre.y;
            assert_true(fabs(dx * found.across_x + dy * found.across_y) <= found.width / 2 + 1e-6);
            assert_true(fabs(dy * found.across_x - dx * found.across_y) <= found.height / 2 + 1e-6);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_corners_at_known_slants),
        cmocka_unit_test(test_at_45_degrees_either_axis_will_do),
        cmocka_unit_test(test_a_sliver_along_one_steep_edge),
        cmocka_unit_test(test_a_hint_of_slant_is_taken_for_noise),
        cmocka_unit_test(test_a_step_in_the_outline_does_not_slant),
        cmocka_unit_test(test_points_without_area),
        cmocka_unit_test(test_growing_moves_every_side),
        cmocka_unit_test(test_every_point_lies_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
