/* test_fold.c - case, accents and the forms of a letter are folded; marks alone and broken bytes give nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/fold.h"
#include "base/meter.h"
#include "base/utf8.h"

static void expect_plain(const char *text, const char *wanted) {
    struct meter meter;
    struct arena arena;
    struct fold fold;
    meter_init(&meter, NULL, "fold", METER_NO_LIMIT);
    arena_init(&arena, &meter, 1 << 12);
    assert_true(fold_text(&arena, text, strlen(text), &fold));
    assert_string_equal(fold.plain, wanted);
    assert_int_equal(fold.count, strlen(wanted));
    arena_clear(&arena);
    meter_remove(&meter);
}

static void test_case_and_accents_go(void **state) {
    (void)state;
    expect_plain("Crédito Ñandú", "creditonandu");
    expect_plain("Cre\xCC\x81"
                 "dito",
                 "credito");                                     /* the accent as a mark of its own */
    expect_plain("\xEF\xBC\xA2\xEF\xBC\xAE\xEF\xBC\xA3", "bnc"); /* full-width letters */
    expect_plain("straße", "strasse");
    expect_plain("1.250,50 Bs", "125050bs");
    expect_plain("a\xC3z\xFFq", "azq"); /* broken bytes */
}

static void test_parts_of_a_character(void **state) {
    (void)state;
    int32_t parts[FOLD_PARTS_MOST];
    assert_int_equal(fold_parts('Q', parts), 1);
    assert_int_equal(parts[0], 'q');
    assert_int_equal(fold_parts(' ', parts), 1);
    assert_false(fold_is_plain(parts[0]));
    assert_int_equal(fold_parts(0xC1, parts), 1); /* A with an accent */
    assert_int_equal(parts[0], 'a');
    assert_int_equal(fold_parts(0x301, parts), 0); /* the accent alone */
    assert_int_equal(fold_parts(-1, parts), 0);
    assert_int_equal(fold_parts(0xFDFA, parts), FOLD_PARTS_MOST); /* the character with the most */
}

static void test_distance(void **state) {
    (void)state;
    assert_int_equal(fold_distance("mercantil", 9, "mercantil", 9, 2), 0);
    assert_int_equal(fold_distance("mercantil", 9, "mercantl", 8, 2), 1);
    assert_int_equal(fold_distance("mercantil", 9, "provincial", 10, 2), 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_case_and_accents_go),
        cmocka_unit_test(test_parts_of_a_character),
        cmocka_unit_test(test_distance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
