/* test_bytes.c - ends of runs at every place, within eight bytes and across them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/bytes.h"

static void test_a_run_ends_where_the_first_other_byte_is(void **state) {
    (void)state;
    enum { COUNT = 40 };
    for (size_t from = 0; from < COUNT; from++) {
        for (size_t end = from; end <= COUNT; end++) {
            uint8_t bytes[COUNT + 1];
            memset(bytes, 7, sizeof bytes);
            bytes[end] = 6;
            assert_int_equal(bytes_run_end(bytes, from, COUNT, 7), end);
            assert_int_equal(bytes_run_end(bytes, from, COUNT, 9), from);
        }
    }
}

static void test_what_is_behind_the_end_does_not_count(void **state) {
    (void)state;
    const uint8_t bytes[16] = {0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    assert_int_equal(bytes_run_end(bytes, 0, 2, 0), 2);
    assert_int_equal(bytes_run_end(bytes, 3, 13, 1), 13);
    assert_int_equal(bytes_run_end(bytes, 5, 5, 0), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_run_ends_where_the_first_other_byte_is),
        cmocka_unit_test(test_what_is_behind_the_end_does_not_count),
    };
    return cmocka_run_group_tests_name("bytes", tests, NULL, NULL);
}
