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
static const struct ink ink = {NULL, columns, WIDTH_PX};

/* A stroke in every column but those from..until. */
static void fill_but(uint32_t from, uint32_t until) {
    memset(columns, 1, sizeof columns);
    memset(columns + from, 0, until - from);
}

static void test_what_fits_is_one_slice(void **state) {
    (void)state;
    fill_but(0, 0);
    assert_int_equal(slice_end(&ink, WIDTH_PX - SLICE_WIDTH_LIMIT_PX), WIDTH_PX);
    assert_int_equal(slice_end(&ink, WIDTH_PX - 8), WIDTH_PX);
}

static void test_the_cut_lies_in_the_widest_gap_of_the_later_half(void **state) {
    (void)state;
    fill_but(900, 940);
    memset(columns + 300, 0, 100); /* wider, but too early */
    memset(columns + 1000, 0, 20); /* later, but narrower */
    assert_int_equal(slice_end(&ink, 0), 920);
}

static void test_without_a_gap_the_slice_is_as_wide_as_may_be(void **state) {
    (void)state;
    fill_but(0, 0);
    assert_int_equal(slice_end(&ink, 8), 8 + SLICE_WIDTH_LIMIT_PX);
}

static void test_slices_go_on_to_the_end_in_whole_steps(void **state) {
    (void)state;
    fill_but(1003, 1019);
    uint32_t from = 0, slices = 0;
    while (from < WIDTH_PX) {
        uint32_t until = slice_end(&ink, from);
        assert_true(until > from && until - from <= SLICE_WIDTH_LIMIT_PX);
        assert_int_equal(until % STRIP_WIDTH_STEP_PX, 0);
        from = until;
        slices++;
    }
    assert_int_equal(slices, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_fits_is_one_slice),
        cmocka_unit_test(test_the_cut_lies_in_the_widest_gap_of_the_later_half),
        cmocka_unit_test(test_without_a_gap_the_slice_is_as_wide_as_may_be),
        cmocka_unit_test(test_slices_go_on_to_the_end_in_whole_steps),
    };
    return cmocka_run_group_tests_name("slices", tests, NULL, NULL);
}
