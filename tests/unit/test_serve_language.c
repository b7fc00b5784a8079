/* test_serve_language.c - the language that an Accept-Language header requests. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "serve/http/accepted_language.h"

static void expect(const char *header, enum lince_language language) {
    if (accepted_language(header, LINCE_ENGLISH) != language) {
        fail_msg("%s", header);
    }
}

static void test_the_higher_q_wins(void **state) {
    (void)state;
    expect("es", LINCE_SPANISH);
    expect("ES-ve", LINCE_SPANISH);
    expect("en, es", LINCE_ENGLISH);
    expect("es, en", LINCE_SPANISH);
    expect("en;q=0.8, es;q=0.9", LINCE_SPANISH);
    expect("en;q=0.8,es-VE", LINCE_SPANISH);
    expect("es;q=0.5, en;q=0.501", LINCE_ENGLISH);
    expect("fr-CH, fr;q=0.9, es;q=0.4, *;q=0.1", LINCE_SPANISH);
    expect("es ; q=0.2 , en ; Q=0.1", LINCE_SPANISH);
}

static void test_what_is_not_wanted_is_not_chosen(void **state) {
    (void)state;
    expect("es;q=0", LINCE_ENGLISH);
    expect("es;q=0.000, *", LINCE_ENGLISH);
    assert_int_equal(accepted_language("en;q=0, es;q=0", LINCE_SPANISH), LINCE_SPANISH);
}

static void test_others_leave_it_to_the_service(void **state) {
    (void)state;
    static const char *const headers[] = {NULL, "", "fr", "*", "est", "e", ",,;", "eses;q=1", "fr;q=0.1,de"};
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        assert_int_equal(accepted_language(headers[i], LINCE_SPANISH), LINCE_SPANISH);
        assert_int_equal(accepted_language(headers[i], LINCE_ENGLISH), LINCE_ENGLISH);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_higher_q_wins),
        cmocka_unit_test(test_what_is_not_wanted_is_not_chosen),
        cmocka_unit_test(test_others_leave_it_to_the_service),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
