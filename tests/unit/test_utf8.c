/* test_utf8.c - texts are cut between characters and counted by characters. */
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

static void test_characters_are_counted(void **state) {
    (void)state;
    assert_int_equal(utf8_count("caña", UTF8_TO_THE_END), 4);
    assert_int_equal(utf8_count("caña", 3), 3);
    assert_int_equal(utf8_count("", UTF8_TO_THE_END), 0);
    assert_int_equal(utf8_bytes_of("caña", 3), 4);
    assert_int_equal(utf8_bytes_of("caña", 9), 5);
    assert_int_equal(utf8_bytes_of("caña", 0), 0);
    assert_true(utf8_is_valid("caña") && utf8_is_valid(""));
    assert_false(utf8_is_valid("ca\xf1"
                               "a") ||
                 utf8_is_valid("\xe2\x82"));
}

static void test_the_next_character(void **state) {
    int32_t code_point;
    (void)state;
    assert_int_equal(utf8_next("ñ", UTF8_TO_THE_END, &code_point), 2);
    assert_int_equal(code_point, 0xf1);
    assert_int_equal(utf8_next("ñ", 1, &code_point), 1);
    assert_int_equal(code_point, -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_no_character_is_cut),
        cmocka_unit_test(test_characters_are_counted),
        cmocka_unit_test(test_the_next_character),
        cmocka_unit_test(test_bytes_that_are_no_text_are_not_all_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
