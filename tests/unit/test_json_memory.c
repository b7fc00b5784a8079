/* test_json_memory.c - texts that do not fit are refused as such, whichever allocation is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json_memory.h"
#include "base/meter.h"

static struct meter meter;

static int set_up(void **state) {
    (void)state;
    meter_init(&meter, NULL, "json", METER_NO_LIMIT);
    json_memory_install(&meter);
    return 0;
}

/* {"key":"aaa..."} of a string of that length, escapes and letters of two bytes in it. */
static char *text_of(size_t length, const char *filling) {
    char *text = malloc(length + 64);
    size_t used = (size_t)sprintf(text, "{\"key\": [1.5, \"");
    size_t step = strlen(filling);
    for (size_t i = 0; i + step <= length; i += step) {
        used += (size_t)sprintf(text + used, "%s", filling);
    }
    strcpy(text + used, "\", null]}");
    return text;
}

static json_t *parse(const char *text, bool *was_refused) {
    (void)json_memory_was_refused();
    json_t *json = json_memory_load_text(text, JSON_REJECT_DUPLICATES, NULL);
    *was_refused = json_memory_was_refused();
    return json;
}

static void expect_whole_or_refused(const char *text, const char *filling) {
    bool was_refused;
    json_t *json = parse(text, &was_refused);
    assert_true((json == NULL) == was_refused);
    if (json != NULL) {
        const char *value = json_string_value(json_array_get(json_object_get(json, "key"), 1));
        assert_non_null(value);
        assert_true(*value == '\0' || strncmp(value, filling, 1) == 0 || *filling == '\\');
    }
    json_decref(json);
    assert_int_equal(meter.current_bytes, 0);
}

static void test_every_refusal_is_told(void **state) {
    static const char *const fillings[] = {"a", "\xc3\xb1", "\\\"", "\\u00f1"};
    (void)state;
    for (size_t i = 0; i < sizeof fillings / sizeof *fillings; i++) {
        for (size_t length = 0; length < 600; length += length < 70 ? 1 : 13) {
            char *text = text_of(length, fillings[i]);
            bool is_done = false;
            for (int64_t countdown = 1; !is_done; countdown++) {
                meter.fail_countdown = countdown;
                expect_whole_or_refused(text, fillings[i]);
                is_done = meter.fail_countdown > 0;
                meter.fail_countdown = 0;
            }
            free(text);
        }
    }
}

static void test_every_limit_is_kept(void **state) {
    (void)state;
    char *text = text_of(5000, "a");
    for (uint64_t limit = 0; limit < 30000; limit += 37) {
        meter.limit_bytes = limit;
        meter.peak_bytes = 0;
        expect_whole_or_refused(text, "a");
        assert_true(meter.peak_bytes <= limit);
    }
    meter.limit_bytes = METER_NO_LIMIT;
    free(text);
}

static void test_the_same_as_without_it(void **state) {
    static const char *const texts[] = {
        "{}",   "[",  "{\"a\":1,\"a\":2}", "[1] x", "\"a", "", "[\"\\u0000\"]", "{\"a\":1e999}", "[tru]", "[1,]",
        "\xff", "[-]"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_error_t one, other;
        json_t *plain = json_loads(texts[i], JSON_REJECT_DUPLICATES, &one);
        json_t *loaded = json_memory_load_text(texts[i], JSON_REJECT_DUPLICATES, &other);
        assert_int_equal(json_equal(plain, loaded), plain != NULL);
        assert_true((plain == NULL) == (loaded == NULL));
        if (plain == NULL) {
            assert_string_equal(one.text, other.text);
            assert_int_equal(one.line, other.line);
            assert_int_equal(one.column, other.column);
        }
        json_decref(plain);
        json_decref(loaded);
        assert_false(json_memory_was_refused());
    }
}

/* jansson writes a text by recursion: one of thousands of levels ended threads of small stacks. */
static void test_deep_nesting_is_an_error(void **state) {
    (void)state;
    char text[2 * JSON_NESTING_LIMIT + 8];
    for (size_t depth = JSON_NESTING_LIMIT - 1; depth <= JSON_NESTING_LIMIT + 1; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        text[2 * depth] = '\0';
        json_error_t error;
        json_t *json = json_memory_load_text(text, 0, &error);
        assert_true((json != NULL) == (depth <= JSON_NESTING_LIMIT));
        assert_true(json != NULL || (error.line == 1 && error.column == JSON_NESTING_LIMIT + 1));
        assert_true(json != NULL || json_error_code(&error) == json_error_stack_overflow);
        json_decref(json);
    }
    json_t *brackets = json_memory_load_text(
        "[\"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"]", 0, NULL);
    assert_non_null(brackets); /* of a string, after a quotation mark in it */
    json_decref(brackets);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_refusal_is_told),
        cmocka_unit_test(test_every_limit_is_kept),
        cmocka_unit_test(test_the_same_as_without_it),
        cmocka_unit_test(test_deep_nesting_is_an_error),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
