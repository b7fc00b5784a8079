/* test_windows.c - windows cover a stretch without gaps, overlap enough, and are as few as possible. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/detect/windows.h"

static void check_sizes(const struct windows *windows, uint32_t length_px, uint32_t limit_px) {
    uint32_t padded = length_px + 2 * WINDOW_PAD_PX, most = limit_px - limit_px % WINDOW_STEP_PX;
    assert_int_equal(windows->length_px, length_px);
    assert_int_equal(windows->size_px % WINDOW_STEP_PX, 0);
    assert_true(windows->size_px <= most);
    assert_int_equal(windows->count == 1, padded <= most);
    if (windows->count > 1) { /* one window fewer, as large as allowed, would leave a hole */
        assert_true((windows->count - 1) * (most - WINDOW_OVERLAP_PX) + WINDOW_OVERLAP_PX < padded);
    }
}

static void check_spans(const struct windows *windows) {
    int32_t size = (int32_t)windows->size_px, earlier_end = 0;
    uint32_t covered = 0;
    for (uint32_t i = 0; i < windows->count; i++) {
        struct window_span span = window_at(windows, i);
        assert_int_equal(span.from_px, covered); /* neither a hole nor a double */
        assert_true(span.from_px < span.until_px);
        assert_true(span.start_px <= (int32_t)span.from_px);
        assert_true((int32_t)span.until_px <= span.start_px + size);
        if (i > 0) { /* neighbours share the overlap at least and meet in its middle */
            assert_true(earlier_end - span.start_px >= (int32_t)WINDOW_OVERLAP_PX);
            assert_int_equal(span.from_px, (uint32_t)(earlier_end + span.start_px) / 2);
        }
        covered = span.until_px;
        earlier_end = span.start_px + size;
    }
    assert_int_equal(covered, windows->length_px);
    assert_int_equal(window_at(windows, 0).start_px, -(int32_t)WINDOW_PAD_PX);
    int32_t padded_end = (int32_t)(windows->length_px + WINDOW_PAD_PX);
    assert_true(windows->count == 1 ? earlier_end >= padded_end : earlier_end == padded_end);
}

static void test_every_pixel_is_answered_once(void **state) {
    (void)state;
    const uint32_t limits[] = {256, 270, 512, 736, 1311, 2048};
    for (size_t k = 0; k < sizeof limits / sizeof *limits; k++) {
        for (uint32_t length = 1; length < 70000; length += length < 3000 ? 1 : 997) {
            struct windows windows = windows_plan(length, limits[k]);
            check_sizes(&windows, length, limits[k]);
            check_spans(&windows);
        }
    }
}

static void test_a_stretch_that_just_fits_takes_one_window(void **state) {
    (void)state;
    struct windows one = windows_plan(256 - 2 * WINDOW_PAD_PX, 256);
    assert_int_equal(one.count, 1);
    assert_int_equal(one.size_px, 256);
    struct windows two = windows_plan(256 - 2 * WINDOW_PAD_PX + 1, 256);
    assert_int_equal(two.count, 2);
    assert_true(two.size_px < 256); /* shared evenly: 257 + 96 over two is 177, and up to 192 */
    assert_int_equal(two.size_px, 192);
}

static void test_a_known_case(void **state) {
    (void)state;
    /* 1000 + 32 px of pads and 96 shared: 1128 over two is 564, and up to 576; the second starts at 1016 - 576. */
    struct windows windows = windows_plan(1000, 736);
    assert_int_equal(windows.count, 2);
    assert_int_equal(windows.size_px, 576);
    struct window_span first = window_at(&windows, 0), second = window_at(&windows, 1);
    assert_int_equal(first.start_px, -16);
    assert_int_equal(second.start_px, 440);
    assert_int_equal(first.until_px, 500); /* the middle of 440 and 560 */
    assert_int_equal(second.until_px, 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_pixel_is_answered_once),
        cmocka_unit_test(test_a_stretch_that_just_fits_takes_one_window),
        cmocka_unit_test(test_a_known_case),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
