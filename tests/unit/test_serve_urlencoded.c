/* test_serve_urlencoded.c - forms as the URL standard takes them apart, however they are cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "serve/http/urlencoded.h"

enum { FOUND_BYTES = 4096 };

static void take(void *context, const char *name, const char *bytes, size_t count, bool is_new) {
    char *found = context;
    size_t used = strlen(found);
    snprintf(found + used, FOUND_BYTES - used, "%s%s%s%.*s", is_new ? "[" : "", is_new ? name : "", is_new ? "]" : "",
             (int)count, bytes);
}

static void assert_fields(const char *form, const char *wanted) {
    for (size_t step = 1; step <= strlen(form) + 1; step++) {
        struct urlencoded state = {.is_in_value = false};
        char found[FOUND_BYTES] = "";
        for (size_t i = 0; i < strlen(form); i += step) {
            size_t part = strlen(form) - i < step ? strlen(form) - i : step;
            urlencoded_feed(&state, form + i, part, take, found);
        }
        urlencoded_end(&state, take, found);
        assert_string_equal(found, wanted);
    }
}

static void test_fields_are_the_same_wherever_the_body_is_cut(void **state) {
    (void)state;
    assert_fields("", "");
    assert_fields("a=1&b=2", "[a]1[b]2");
    assert_fields("a=&b&c=", "[a][b][c]");
    assert_fields("&&a=1&&", "[a]1");
    assert_fields("=x&a=1", "[]x[a]1");
    assert_fields("a=b=c", "[a]b=c");
    assert_fields("a+b=c+d", "[a b]c d");
    assert_fields("%41%42=%c3%A1", "[AB]\xc3\xa1");
    assert_fields("a=100%&b=100% sure", "[a]100%[b]100% sure");
    assert_fields("a=%&b=%4&c=%zz&d=%4g&e=%%41", "[a]%[b]%4[c]%zz[d]%4g[e]%A");
    assert_fields("a%3Db=%26%25", "[a=b]&%");
}

static void test_long_names_and_values(void **state) {
    (void)state;
    struct urlencoded form = {.is_in_value = false};
    char found[FOUND_BYTES] = "", body[3000];
    memset(body, 'x', sizeof body);
    body[1000] = '=';
    urlencoded_feed(&form, body, sizeof body, take, found);
    urlencoded_end(&form, take, found);
    assert_int_equal(strlen(found), 2 + URLENCODED_NAME_BYTES - 1 + sizeof body - 1001);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields_are_the_same_wherever_the_body_is_cut),
        cmocka_unit_test(test_long_names_and_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
