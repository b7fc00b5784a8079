/* test_utf8.c - texts are cut between characters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

static void test_no_character_is_cut(void **state) {
    (void)state;
    assert_int_equal(utf8_prefix_bytes("caña", 9), 5);
    assert_int_equal(utf8_prefix_bytes("caña", 5), 5);
    assert_int_equal(utf8_prefix_bytes("caña", 4), 4);
    assert_int_equal(utf8_prefix_bytes("caña", 3), 2);
    assert_int_equal(utf8_prefix_bytes("€€", 5), 3);
    assert_int_equal(utf8_prefix_bytes("€", 0), 0);
    assert_int_equal(utf8_prefix_bytes("", 4), 0);
}

static void test_bytes_that_are_no_text_are_not_all_lost(void **state) {
    (void)state;
    assert_int_equal(utf8_prefix_bytes("\x80\x80\x80\x80\x80\x80\x80\x80", 7), 3);
    assert_int_equal(utf8_prefix_bytes("\x80\x80\x80", 1), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_character_is_cut),
        cmocka_unit_test(test_bytes_that_are_no_text_are_not_all_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
