/* test_slices.c - where a strip too wide for one run of the network is cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "text/recognise.h"

enum { WIDTH_PX = 3000 };

static uint8_t columns[WIDTH_PX];
static const struct ink ink = {.columns = columns, .width = WIDTH_PX};

/* A stroke in every column but those from..until. */
static void fill_but(uint32_t from, uint32_t until) {
    memset(columns, 1, sizeof columns);
    memset(columns + from, 0, until - from);
}

static void test_what_fits_is_one_slice(void **state) {
    (void)state;
    fill_but(0, 0);
    assert_int_equal(recognise_slice_end(&ink, WIDTH_PX - SLICE_WIDTH_LIMIT_PX), WIDTH_PX);
    assert_int_equal(recognise_slice_end(&ink, WIDTH_PX - 8), WIDTH_PX);
}

/* Where the next slice takes over: the middle of what both read. */
static uint32_t seam_after(uint32_t begin) {
    return recognise_slice_end(&ink, begin) - SLICE_OVERLAP_PX / 2;
}

static void test_the_seam_lies_in_the_widest_gap_near_the_end(void **state) {
    (void)state;
    fill_but(1100, 1140);
    memset(columns + 800, 0, 100); /* wider, but too early */
    memset(columns + 1200, 0, 20); /* later, but narrower */
    assert_int_equal(seam_after(0), 1120);
}

static void test_without_a_gap_the_slice_is_as_wide_as_may_be(void **state) {
    (void)state;
    fill_but(0, 0);
    assert_int_equal(recognise_slice_end(&ink, 8), 8 + SLICE_WIDTH_LIMIT_PX);
}

static void test_slices_go_on_to_the_end_in_whole_steps(void **state) {
    (void)state;
    fill_but(1103, 1119);
    uint32_t slices = 0;
    for (uint32_t begin = 0, end = 0; end < WIDTH_PX; begin = end - SLICE_OVERLAP_PX) {
        end = recognise_slice_end(&ink, begin);
        assert_true(end > begin + SLICE_OVERLAP_PX && end - begin <= SLICE_WIDTH_LIMIT_PX);
        assert_int_equal(end % STRIP_WIDTH_STEP_PX, 0);
        slices++;
    }
    assert_int_equal(slices, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_fits_is_one_slice),
        cmocka_unit_test(test_the_seam_lies_in_the_widest_gap_near_the_end),
        cmocka_unit_test(test_without_a_gap_the_slice_is_as_wide_as_may_be),
        cmocka_unit_test(test_slices_go_on_to_the_end_in_whole_steps),
    };
    return cmocka_run_group_tests_name("slices", tests, NULL, NULL);
}
