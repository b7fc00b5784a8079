/* test_worker_child_ends.c - a file that costs child after child is given up; one good page among them saves it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "worker/child_ends.h"

/* Notes a page for each letter: l it was lost, k killed, . the child lives. Gives the verdict after them. */
static enum lince_status verdict_of(const char *pages) {
    struct child_ends ends = {.count = 0};
    struct lince_error error = LINCE_ERROR_INIT;
    for (size_t i = 0; pages[i] != '\0'; i++) {
        child_ends_note(&ends, (uint32_t)i,
                        pages[i] == 'l'   ? CHILD_LOST
                        : pages[i] == 'k' ? CHILD_KILLED
                                          : CHILD_LIVES);
    }
    return child_ends_judge(&ends, &error);
}

static void test_three_lost_in_a_row_damn_the_file(void **state) {
    (void)state;
    assert_int_equal(verdict_of(""), LINCE_OK);
    assert_int_equal(verdict_of("ll"), LINCE_OK);
    assert_int_equal(verdict_of("lll"), LINCE_ERROR_DAMAGED);
    assert_int_equal(verdict_of("..lll"), LINCE_ERROR_DAMAGED);
    assert_int_equal(verdict_of("ll.ll"), LINCE_OK);
    assert_int_equal(verdict_of("lll."), LINCE_OK);
}

static void test_eight_ended_in_a_row_end_the_file(void **state) {
    (void)state;
    assert_int_equal(verdict_of("kkkkkkk"), LINCE_OK);
    assert_int_equal(verdict_of("kkkkkkkk"), LINCE_ERROR_RUNTIME);
    assert_int_equal(verdict_of("klkklkkl"), LINCE_ERROR_RUNTIME);
    assert_int_equal(verdict_of("kkkk.kkkk"), LINCE_OK);
    assert_int_equal(verdict_of("kkkkklll"), LINCE_ERROR_DAMAGED);
}

static void test_a_page_counts_once(void **state) {
    (void)state;
    struct child_ends ends = {.count = 0};
    struct lince_error error = LINCE_ERROR_INIT;
    for (int i = 0; i < 20; i++) {
        child_ends_note(&ends, 7, CHILD_LOST);
    }
    assert_int_equal(ends.count, 1);
    assert_int_equal(child_ends_judge(&ends, &error), LINCE_OK);
    child_ends_note(&ends, 8, CHILD_LOST);
    child_ends_note(&ends, 7, CHILD_LIVES); /* read again, and well */
    assert_int_equal(ends.count, 2);
    assert_int_equal(ends.pages[1].page_index, 7);
}

static void test_the_oldest_page_makes_room(void **state) {
    (void)state;
    struct child_ends ends = {.count = 0};
    for (uint32_t i = 0; i < CHILD_ENDS_KEPT + 5; i++) {
        child_ends_note(&ends, i, CHILD_LIVES);
    }
    assert_int_equal(ends.count, CHILD_ENDS_KEPT);
    assert_int_equal(ends.pages[0].page_index, 5);
    assert_int_equal(ends.pages[CHILD_ENDS_KEPT - 1].page_index, CHILD_ENDS_KEPT + 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_three_lost_in_a_row_damn_the_file),
        cmocka_unit_test(test_eight_ended_in_a_row_end_the_file),
        cmocka_unit_test(test_a_page_counts_once),
        cmocka_unit_test(test_the_oldest_page_makes_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
