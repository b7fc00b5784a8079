/* test_worker_memory_kills.c - the kernel's counter tells a kill for want of memory from another one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "worker/memory_kills.h"

static int64_t read_of(const char *text) {
    char path[] = "/tmp/lince-vmstat-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    FILE *file = fdopen(descriptor, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    int64_t count = memory_kills_read(path);
    unlink(path);
    return count;
}

static void test_the_counter_is_found_among_others(void **state) {
    (void)state;
    assert_int_equal(read_of("nr_free_pages 9\noom_kill 3\npgfault 12\n"), 3);
    assert_int_equal(read_of("oom_kill 0\n"), 0);
    assert_int_equal(read_of("drop_slab 1\noom_kill 18446744073\n"), INT64_C(18446744073));
}

static void test_a_kernel_that_does_not_count(void **state) {
    (void)state;
    assert_int_equal(read_of(""), MEMORY_KILLS_UNKNOWN);
    assert_int_equal(read_of("pgfault 12\n"), MEMORY_KILLS_UNKNOWN);
    assert_int_equal(read_of("oom_kill\noom_killed 4\nxoom_kill 4\n"), MEMORY_KILLS_UNKNOWN);
    assert_int_equal(memory_kills_read("/nonexistent/vmstat"), MEMORY_KILLS_UNKNOWN);
}

static void test_the_cause_is_told_by_what_was_counted_meanwhile(void **state) {
    (void)state;
    assert_int_equal(kill_cause_of(3, 4), KILL_BY_MEMORY);
    assert_int_equal(kill_cause_of(0, 9), KILL_BY_MEMORY);
    assert_int_equal(kill_cause_of(3, 3), KILL_FROM_OUTSIDE);
    assert_int_equal(kill_cause_of(MEMORY_KILLS_UNKNOWN, 3), KILL_UNKNOWN);
    assert_int_equal(kill_cause_of(3, MEMORY_KILLS_UNKNOWN), KILL_UNKNOWN);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_counter_is_found_among_others),
        cmocka_unit_test(test_a_kernel_that_does_not_count),
        cmocka_unit_test(test_the_cause_is_told_by_what_was_counted_meanwhile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
