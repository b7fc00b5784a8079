/* The passes of a search: each comes after those that give what it needs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fields/passes.h"

enum { PASSES_MOST = 64 };

/* The name of the first pass that comes before something that it needs; NULL if there is none. */
static const char *first_too_early(const struct pass *passes, size_t count) {
    unsigned known = KNOWN_PAGE;
    for (size_t i = 0; i < count; i++) {
        if ((passes[i].needs & ~known) != 0) {
            return passes[i].name;
        }
        known |= passes[i].gives;
    }
    return NULL;
}

static void test_each_pass_has_what_it_needs(void **state) {
    (void)state;
    size_t count = 0;
    const struct pass *passes = passes_list(&count);
    assert_null(first_too_early(passes, count));
}

/* A check that finds nothing proves little: every pass that is needed by a later one is missed if it is left out. */
static void test_a_pass_that_is_left_out_is_missed(void **state) {
    (void)state;
    size_t count = 0;
    const struct pass *passes = passes_list(&count);
    assert_in_range(count, 2, PASSES_MOST);
    for (size_t left = 0; left + 1 < count; left++) {
        struct pass others[PASSES_MOST];
        unsigned given_twice = 0, needed_later = 0;
        memcpy(others, passes, left * sizeof *passes);
        memcpy(others + left, passes + left + 1, (count - left - 1) * sizeof *passes);
        for (size_t i = 0; i < count; i++) {
            given_twice |= i != left ? passes[i].gives : 0;
            needed_later |= i > left ? passes[i].needs : 0;
        }
        if ((passes[left].gives & needed_later & ~given_twice) != 0) {
            assert_non_null(first_too_early(others, count - 1));
        }
    }
}

static void test_each_pass_does_one_thing(void **state) {
    (void)state;
    size_t count = 0;
    unsigned known = 0;
    const struct pass *passes = passes_list(&count);
    for (size_t i = 0; i < count; i++) {
        assert_true((passes[i].find == NULL) != (passes[i].learn == NULL));
        assert_int_equal(passes[i].gives & (passes[i].gives - 1), 0);
        known |= passes[i].gives;
    }
    assert_int_equal(known, (KNOWN_CHOICES << 1) - 1 - KNOWN_PAGE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_pass_has_what_it_needs),
        cmocka_unit_test(test_a_pass_that_is_left_out_is_missed),
        cmocka_unit_test(test_each_pass_does_one_thing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
