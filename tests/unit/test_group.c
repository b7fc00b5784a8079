/* test_group.c - a control group is limited if the process is alone in it, and left alone otherwise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/group.h"

#define MB (UINT64_C(1) << 20)

static char folder[] = "/tmp/lince-group-------"; /* a random end */

static const char *path_of(const char *name) {
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *text) {
    FILE *file = fopen(path_of(name), "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* The kernel's files hold one value; these keep what was longer before, so that numbers are compared by their start. */
static unsigned long long number_in(const char *name) {
    char text[64] = "";
    FILE *file = fopen(path_of(name), "r");
    assert_non_null(file);
    assert_non_null(fgets(text, sizeof text, file));
    fclose(file);
    return strtoull(text, NULL, 10);
}

static int make_group(void **state) {
    (void)state;
    char own[32];
    memset(folder + sizeof folder - 7, 'X', 6); /* for mkdtemp */
    if (mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(own, sizeof own, "%ld\n", (long)getpid());
    put("cgroup.procs", own);
    put("memory.max", "max\n");
    put("memory.high", "max\n");
    put("memory.limit_in_bytes", "9223372036854771712\n");
    put("memory.soft_limit_in_bytes", "9223372036854771712\n");
    return 0;
}

static int remove_group(void **state) {
    (void)state;
    static const char *const names[] = {"cgroup.procs", "memory.max", "memory.high", "memory.limit_in_bytes",
                                        "memory.soft_limit_in_bytes"};
    rmdir(path_of("below"));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        unlink(path_of(names[i]));
    }
    return rmdir(folder);
}

static void test_a_group_of_our_own_is_limited_and_let_go(void **state) {
    (void)state;
    struct group_hold hold;
    assert_true(group_hold_in(folder, GROUP_VERSION_2, 160 * MB, &hold));
    assert_int_equal(number_in("memory.max"), 170 * MB);
    assert_int_equal(number_in("memory.high"), 165 * MB);
    group_release(&hold);
    char text[8] = "";
    FILE *file = fopen(path_of("memory.max"), "r");
    assert_non_null(file);
    assert_int_equal(fread(text, 1, 3, file), 3);
    fclose(file);
    assert_string_equal(text, "max");
}

static void test_version_1_has_other_names(void **state) {
    (void)state;
    struct group_hold hold;
    put("memory.limit_in_bytes", "9223372036854771712");
    assert_true(group_hold_in(folder, GROUP_VERSION_1, 64 * MB, &hold));
    put("memory.limit_in_bytes", ""); /* a file of the kernel's is not written into the middle of */
    group_release(&hold);
    assert_int_equal(number_in("memory.limit_in_bytes"), 9223372036854771712ull);
}

static void test_what_others_run_in_is_left_alone(void **state) {
    (void)state;
    struct group_hold hold;
    char both[64];
    snprintf(both, sizeof both, "%ld\n1\n", (long)getpid());
    put("cgroup.procs", both);
    assert_false(group_hold_in(folder, GROUP_VERSION_2, 64 * MB, &hold));
    put("cgroup.procs", "1\n");
    assert_false(group_hold_in(folder, GROUP_VERSION_2, 64 * MB, &hold));
    group_release(&hold); /* nothing is held: nothing happens */
    assert_string_equal(hold.folder, "");
}

static void test_groups_below_and_smaller_limits_are_left_alone(void **state) {
    (void)state;
    struct group_hold hold;
    put("memory.max", "50000000\n");
    assert_false(group_hold_in(folder, GROUP_VERSION_2, 64 * MB, &hold));
    assert_int_equal(number_in("memory.max"), 50000000);
    put("memory.max", "max\n");
    assert_int_equal(mkdir(path_of("below"), 0700), 0);
    assert_false(group_hold_in(folder, GROUP_VERSION_2, 64 * MB, &hold));
    assert_false(group_hold_in("/nowhere", GROUP_VERSION_2, 64 * MB, &hold));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_group_of_our_own_is_limited_and_let_go, make_group, remove_group),
        cmocka_unit_test_setup_teardown(test_version_1_has_other_names, make_group, remove_group),
        cmocka_unit_test_setup_teardown(test_what_others_run_in_is_left_alone, make_group, remove_group),
        cmocka_unit_test_setup_teardown(test_groups_below_and_smaller_limits_are_left_alone, make_group, remove_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
