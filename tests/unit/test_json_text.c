/* test_json_text.c - members are left out of compact JSON without parsing it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/json_text.h"

static const struct {
    const char *text, *wanted;
} cases[] = {
    {"{}", "{}"},
    {"[]", "[]"},
    {"{\"a\":1}", "{\"a\":1}"},
    {"{\"letters\":1}", "{}"},
    {"{\"letters\":[]}", "{}"},
    {"{\"letters\":[1,2],\"a\":3}", "{\"a\":3}"},
    {"{\"a\":3,\"letters\":[1,2]}", "{\"a\":3}"},
    {"{\"a\":3,\"letters\":[1,2],\"b\":4}", "{\"a\":3,\"b\":4}"},
    {"{\"letters\":1,\"letters\":2}", "{}"},
    {"{\"a\":1,\"letters\":1,\"letters\":2,\"b\":3}", "{\"a\":1,\"b\":3}"},
    {"[{\"letters\":[{\"text\":\"]}\\\"\",\"box\":[1,2]}]},{\"a\":[{\"letters\":{}}]}]", "[{},{\"a\":[{}]}]"},
    {"{\"letters\":\"a,b\",\"c\":\"d\"}", "{\"c\":\"d\"}"},
    {"{\"a\":\"letters\"}", "{\"a\":\"letters\"}"},
    {"{\"a\":[\"letters\",\"letters\"]}", "{\"a\":[\"letters\",\"letters\"]}"},
    {"{\"a\":\"\\\"letters\\\":[1]\"}", "{\"a\":\"\\\"letters\\\":[1]\"}"},
    {"{\"a\":\"\\\\\",\"letters\":null}", "{\"a\":\"\\\\\"}"},
    {"{\"letters2\":1,\"letter\":2,\"Letters\":3}", "{\"letters2\":1,\"letter\":2,\"Letters\":3}"},
    {"{\"a\":{\"letters\":-1.5e3},\"letters\":true}", "{\"a\":{}}"},
    {"{\"\":1,\"letters\":\"\"}", "{\"\":1}"},
    {"{\"a\":\"\xC3\xB1\",\"letters\":[\"\xC3\xB1\"]}", "{\"a\":\"\xC3\xB1\"}"},
    /* what is no JSON ends where the text ends */
    {"", ""},
    {"{\"letters\":[", "{"},
    {"{\"letters\":\"a", "{"},
    {"{\"a\":\"b\\", "{\"a\":\"b\\"},
};

static void test_members_are_left_out(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char made[256], same[256];
        size_t bytes = json_text_without(cases[i].text, "letters", NULL);
        memset(made, 'x', sizeof made);
        assert_int_equal(json_text_without(cases[i].text, "letters", made), bytes);
        assert_string_equal(made, cases[i].wanted);
        assert_int_equal(strlen(made), bytes);
        assert_int_equal(made[bytes + 1], 'x');
        snprintf(same, sizeof same, "%s", cases[i].text);
        (void)json_text_without(same, "letters", same);
        assert_string_equal(same, cases[i].wanted);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members_are_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
