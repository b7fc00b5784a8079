/* test_view.c - a sideways or upside-down image seen upright: its pixels, its points and the paper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/turn.h"
#include "drawn.h"
#include "text/detect/paper.h"
#include "text/detect/view.h"

enum { WIDTH_PX = 50, HEIGHT_PX = 30 };

static const struct sample_norm PLAIN = {{0, 0, 0}, {1, 1, 1}};

/* A picture where every pixel is another colour, turned clockwise. */
static struct image turned_picture(unsigned turn) {
    struct image upright = drawn_image(WIDTH_PX, HEIGHT_PX, 0);
    for (uint32_t y = 0; y < HEIGHT_PX; y++) {
        for (uint32_t x = 0; x < WIDTH_PX; x++) {
            drawn_box(&upright, x, y, x + 1, y + 1, (5 * x) << 16 | (8 * y) << 8 | ((x + y) & 1) << 7);
        }
    }
    struct image image = drawn_turned(&upright, turn);
    drawn_image_free(&upright);
    return image;
}

static void seen(unsigned turn, const struct sample_window *window, float *planes) {
    struct image image = turned_picture(turn);
    struct view view = view_of(&image, turn);
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    assert_int_equal(view.width_px, WIDTH_PX);
    assert_int_equal(view.height_px, HEIGHT_PX);
    assert_true(view_sample(&view, window, &PLAIN, arena, planes));
    drawn_arena_end(arena);
    drawn_image_free(&image);
}

static void test_pixels_are_seen_upright_and_edges_repeated(void **state) {
    (void)state;
    enum { COUNT = 3 * 64 * 40 };
    static float upright[COUNT], turned[COUNT];
    const struct sample_window window = {1.0, -6, -4, 64, 40};
    seen(0, &window, upright);
    for (unsigned turn = 1; turn < 4; turn++) {
        seen(turn, &window, turned);
        for (size_t i = 0; i < COUNT; i++) {
            assert_near(turned[i], upright[i], 1e-4);
        }
    }
}

static void test_a_reduced_view_is_a_mean_of_what_it_covers(void **state) {
    (void)state;
    enum { COUNT = 3 * 25 * 15 };
    static float upright[COUNT], turned[COUNT];
    const struct sample_window window = {0.5, 0, 0, 25, 15};
    seen(0, &window, upright);
    for (unsigned turn = 1; turn < 4; turn++) {
        seen(turn, &window, turned);
        for (size_t plane = 1; plane < 3; plane++) { /* the ramps; blue alternates from pixel to pixel */
            for (size_t i = 0; i < 25u * 15u; i++) {
                size_t x = i % 25, y = i / 25;
                bool inner = x > 0 && x < 24 && y > 0 && y < 14;
                double tolerance = inner ? 1e-4 : 0.02;
                assert_near(turned[plane * 25 * 15 + i], upright[plane * 25 * 15 + i], tolerance);
            }
        }
    }
}

static void test_points_go_back_to_the_image(void **state) {
    (void)state;
    const struct lince_point expected[4] = {{10, 4}, {26, 10}, {40, 26}, {4, 40}};
    for (unsigned turn = 0; turn < 4; turn++) {
        struct image image = turned_picture(turn);
        struct view view = view_of(&image, turn);
        struct lince_point point = view_point(&view, (struct lince_point){10, 4});
        assert_near(point.x, expected[turn].x, 1e-9);
        assert_near(point.y, expected[turn].y, 1e-9);
        drawn_image_free(&image);
    }
}

static void test_the_paper_of_each_side_is_that_of_the_side_seen(void **state) {
    (void)state;
    for (unsigned turn = 0; turn < 4; turn++) {
        struct image image = drawn_image(40, 40, 0);
        const uint32_t clockwise[4] = {0x000040, 0x000080, 0x0000C0, 0x0000FF}; /* upright: top, right, bottom, left */
        drawn_box(&image, 0, 0, 40, 1, clockwise[(0 + 4 - turn) % 4]);
        drawn_box(&image, 39, 1, 40, 39, clockwise[(1 + 4 - turn) % 4]);
        drawn_box(&image, 0, 39, 40, 40, clockwise[(2 + 4 - turn) % 4]);
        drawn_box(&image, 0, 1, 1, 39, clockwise[(3 + 4 - turn) % 4]);
        struct view view = view_of(&image, turn);
        struct papers papers = papers_of(&view, &PLAIN);
        for (unsigned side = SIDE_TOP; side < SIDE_COUNT; side++) {
            assert_near(papers.of[side].value[0], clockwise[side] / 255.0, 1e-6);
        }
        drawn_image_free(&image);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pixels_are_seen_upright_and_edges_repeated),
        cmocka_unit_test(test_a_reduced_view_is_a_mean_of_what_it_covers),
        cmocka_unit_test(test_points_go_back_to_the_image),
        cmocka_unit_test(test_the_paper_of_each_side_is_that_of_the_side_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
