/* test_worker_memory_kills.c - the kernel's counter tells a kill for want of memory from another one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
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

static const char *written(const char *folder, const char *name, const char *text) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    return path;
}

/* A folder with control groups of both versions: /app, /memory/app, and the roots, each with a count of its own. */
static void test_the_own_group_is_counted(void **state) {
    (void)state;
    char root[] = "/tmp/lince-groups-XXXXXX", folder[256];
    assert_non_null(mkdtemp(root));
    static const char *const folders[] = {"app", "memory", "memory/app"};
    for (size_t i = 0; i < 3; i++) {
        snprintf(folder, sizeof folder, "%s/%s", root, folders[i]);
        assert_int_equal(mkdir(folder, 0700), 0);
    }
    (void)written(root, "memory.events", "low 0\noom 9\noom_kill 1\n");
    (void)written(root, "app/memory.events", "low 0\noom_kill 2\noom_group_kill 7\n");
    (void)written(root, "memory/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
    (void)written(root, "memory/app/memory.oom_control", "oom_kill_disable 0\noom_kill 4\n");
    static const struct {
        const char *groups;
        int64_t count;
    } cases[] = {
        {"0::/app\n", 2},
        {"0::/\n", 1},
        {"0::/not/here\n", 1}, /* in a container: the group is at the root */
        {"5:memory:/app\n", 4},
        {"5:cpu,memory:/app\n4:pids:/\n", 4},
        {"4:pids:/app\n5:memory,cpu:/\n", 3},
        {"4:pids:/app\n", MEMORY_KILLS_UNKNOWN},
        {"", MEMORY_KILLS_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(memory_kills_of_group(written(root, "groups", cases[i].groups), root), cases[i].count);
    }
    assert_int_equal(memory_kills_of_group("/nonexistent/groups", root), MEMORY_KILLS_UNKNOWN);
    snprintf(folder, sizeof folder, "rm -r %s", root);
    assert_int_equal(system(folder), 0); /* NOLINT(cert-env33-c): a folder of this test's own */
}

/* Kills elsewhere on the machine say nothing, or no more than "may". */
static void test_the_cause_is_told_by_what_was_counted_meanwhile(void **state) {
    (void)state;
    enum { NO = MEMORY_KILLS_UNKNOWN };
    static const struct {
        struct memory_kills before, after;
        enum kill_cause cause;
    } cases[] = {
        {{3, 3}, {4, 4}, KILL_BY_MEMORY},    {{0, 9}, {2, 9}, KILL_BY_MEMORY},      {{3, 3}, {3, 3}, KILL_FROM_OUTSIDE},
        {{3, 3}, {3, 8}, KILL_FROM_OUTSIDE}, {{NO, 3}, {NO, 3}, KILL_FROM_OUTSIDE}, {{NO, 3}, {NO, 4}, KILL_UNKNOWN},
        {{NO, NO}, {NO, 4}, KILL_UNKNOWN},   {{NO, NO}, {NO, NO}, KILL_UNKNOWN},    {{3, NO}, {NO, NO}, KILL_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(kill_cause_of(cases[i].before, cases[i].after), cases[i].cause);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_counter_is_found_among_others),
        cmocka_unit_test(test_a_kernel_that_does_not_count),
        cmocka_unit_test(test_the_own_group_is_counted),
        cmocka_unit_test(test_the_cause_is_told_by_what_was_counted_meanwhile),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
