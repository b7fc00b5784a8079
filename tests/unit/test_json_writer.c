/* test_json_writer.c - JSON and numbers, byte for byte, and what happens when there is no memory for them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/meter.h"
#include "output/writers/json_writer.h"

struct fixture {
    struct meter meter;
    struct buffer buffer;
    struct json_writer json;
};

static void begin(struct fixture *fixture, uint64_t limit_bytes) {
    meter_init(&fixture->meter, NULL, "test", limit_bytes);
    buffer_init(&fixture->buffer, &fixture->meter);
    json_begin(&fixture->json, &fixture->buffer);
}

/* Ends the JSON, holds it against `expected`, and sees that nothing is left on the meter. */
static void expect(struct fixture *fixture, const char *expected) {
    json_end(&fixture->json);
    buffer_append(&fixture->buffer, "", 1);
    assert_string_equal(fixture->buffer.bytes, expected);
    buffer_free(&fixture->buffer);
    assert_int_equal(fixture->meter.current_bytes, 0);
}

static void test_objects_and_arrays_nest(void **state) {
    struct fixture f;
    (void)state;
    begin(&f, METER_NO_LIMIT);
    json_object_open(&f.json, NULL);
    json_array_open(&f.json, "empty");
    json_array_close(&f.json);
    json_array_open(&f.json, "list");
    json_whole(&f.json, NULL, UINT64_MAX);
    json_object_open(&f.json, NULL);
    json_text(&f.json, "a", "b");
    json_whole(&f.json, "c", 0);
    json_object_close(&f.json);
    json_array_open(&f.json, NULL);
    json_array_close(&f.json);
    json_array_close(&f.json);
    json_object_close(&f.json);
    expect(&f, "{\"empty\":[],\"list\":[18446744073709551615,{\"a\":\"b\",\"c\":0},[]]}");
}

static void test_texts_are_escaped(void **state) {
    static const struct {
        const char *text, *json;
    } cases[] = {
        {"", "\"\""},
        {"plain ñ €", "\"plain ñ €\""},
        {"\" \\ / \b\f\n\r\t\x1f\x7f", "\"\\\" \\\\ / \\u0008\\u000c\\n\\u000d\\t\\u001f\\u007f\""},
        {"\xff", "\"\xef\xbf\xbd\""},
        {"a\xc3", "\"a\xef\xbf\xbd\""},
        {"\xc3(", "\"\xef\xbf\xbd(\""},
        {"\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\""}, /* half a surrogate pair */
        {"\xf0\x9f\x98\x80", "\"\xf0\x9f\x98\x80\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        begin(&f, METER_NO_LIMIT);
        json_text(&f.json, NULL, cases[i].text);
        expect(&f, cases[i].json);
    }
}

static void test_base64_is_exact(void **state) {
    static const char *const cases[][2] = {
        {"", "\"\""}, {"f", "\"Zg==\""}, {"fo", "\"Zm8=\""}, {"\xff/\xfe", "\"/y/+\""}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        begin(&f, METER_NO_LIMIT);
        json_base64(&f.json, NULL, cases[i][0]);
        expect(&f, cases[i][1]);
    }
}

static void test_reals_are_rounded_and_short(void **state) {
    static const struct {
        double value;
        unsigned decimals;
        const char *json;
    } cases[] = {
        {0, 1, "0"},
        {-0.0, 4, "0"},
        {1.25, 1, "1.3"},
        {-1.25, 1, "-1.3"},
        {0.04, 1, "0"},
        {-0.04, 1, "0"},
        {9.96, 1, "10"},
        {65499.95, 1, "65500"},
        {0.98765, 4, "0.9877"},
        {0.5, 4, "0.5"},
        {1, 4, "1"},
        {0.0001, 4, "0.0001"},
        {12.0305, 3, "12.031"},
        {3, 0, "3"},
        {2.5, 0, "3"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct fixture f;
        begin(&f, METER_NO_LIMIT);
        json_decimal(&f.json, NULL, cases[i].value, cases[i].decimals);
        expect(&f, cases[i].json);
    }
}

static void test_every_refusal_is_remembered(void **state) {
    (void)state;
    for (uint64_t limit_bytes = 0; limit_bytes < 9000; limit_bytes += 500) {
        struct fixture f;
        begin(&f, limit_bytes);
        json_array_open(&f.json, NULL);
        for (int i = 0; i < 500; i++) {
            json_text(&f.json, NULL, "0123456789");
        }
        json_array_close(&f.json);
        json_end(&f.json);
        assert_int_equal(f.buffer.refused, limit_bytes < 6501 + 16);
        assert_true(f.meter.peak_bytes <= limit_bytes);
        assert_true(f.buffer.refused || f.buffer.used_bytes == 6501);
        buffer_free(&f.buffer);
        assert_int_equal(f.meter.current_bytes, 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_objects_and_arrays_nest),
        cmocka_unit_test(test_texts_are_escaped),
        cmocka_unit_test(test_base64_is_exact),
        cmocka_unit_test(test_reals_are_rounded_and_short),
        cmocka_unit_test(test_every_refusal_is_remembered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
