/* test_scheduling.c - time slices change their length and nothing else, if the kernel supports it. */
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/scheduling.h"

/* As the kernel tells it of the calling thread; 0 before Linux 6.12. */
static uint64_t turn_ns(void) {
    uint64_t attributes[6] = {0};
    assert_int_equal(syscall(SYS_sched_getattr, 0, attributes, (unsigned)sizeof attributes, 0U), 0);
    return attributes[3];
}

static void *turn_of_thread(void *place) {
    *(uint64_t *)place = turn_ns();
    return NULL;
}

static void test_turns_are_short_and_long(void **state) {
    (void)state;
    uint64_t prompt = 0;
    pthread_t thread;
    assert_int_equal(setpriority(PRIO_PROCESS, 0, 3), 0);
    scheduling_make_prompt();
    assert_int_equal(pthread_create(&thread, NULL, turn_of_thread, &prompt), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    scheduling_make_patient();
    uint64_t patient = turn_ns();
    assert_true((prompt == 0 && patient == 0) || (prompt == 100000 && patient == 100000000));
    assert_int_equal(getpriority(PRIO_PROCESS, 0), 3);
    assert_int_equal(sched_getscheduler(0), SCHED_OTHER);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_turns_are_short_and_long)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
