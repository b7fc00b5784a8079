/* test_detail.c - pages with letters of known heights: how much larger their pictures should be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "drawn.h"
#include "text/detect/detail.h"

enum { SIDE_PX = 960, BLACK = 0x000000, WHITE = 0xffffff };

/* `rows` rows of letters across the page, each a stroke of this height. */
static double detail_of(uint32_t rows, uint32_t height_px) {
    struct image image = drawn_image(SIDE_PX, SIDE_PX, WHITE);
    for (uint32_t row = 0; row < rows; row++) {
        uint32_t y = 3 + row * 2 * height_px;
        for (uint32_t x = 3; x + 2 < SIDE_PX && y + height_px < SIDE_PX; x += 6) {
            drawn_box(&image, x, y, x + 3, y + height_px, BLACK);
        }
    }
    struct arena *arena = drawn_arena(METER_NO_LIMIT);
    double detail;
    assert_true(detail_measure(&image, arena, &detail));
    drawn_arena_end(arena);
    drawn_image_free(&image);
    return detail;
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
        cmocka_unit_test(test_refused_memory_is_told),
    };
    return cmocka_run_group_tests_name("detail", tests, NULL, NULL);
}
