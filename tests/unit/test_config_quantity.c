/* test_config_quantity.c - sizes, counts, shares, times and choices as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "config/quantity.h"

static void test_sizes(void **state) {
    static const struct {
        const char *text;
        uint64_t bytes;
    } good[] = {
        {"0", 0},
        {"1", 1},
        {"65536", 65536},
        {"12B", 12},
        {"1K", 1024},
        {"1kb", 1024},
        {"300MB", 300u << 20},
        {"300 MiB", 300u << 20},
        {"1.5GB", 3u << 29},
        {"2g", UINT64_C(2) << 30},
        {"300mb", 300u << 20},
        {"4 k", 4096},
        {"1T", UINT64_C(1) << 40},
    };
    static const char *const bad[] = {"",    "MB",  "-1",   "+1", "1X",    "1MBs", "1 2",
                                      "nan", "inf", "1e30", " 1", "1  MB", "1iB"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        uint64_t bytes = 77;
        assert_true(quantity_size(good[i].text, &bytes));
        assert_int_equal(bytes, good[i].bytes);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint64_t bytes = 77;
        assert_false(quantity_size(bad[i], &bytes));
        assert_int_equal(bytes, 77);
    }
}

static void test_counts(void **state) {
    static const char *const bad[] = {"", "-1", "+1", " 1", "1 ", "1x", "11", "99999999999999999999", "0x1"};
    uint64_t count = 77;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(quantity_count(bad[i], 10, &count));
        assert_int_equal(count, 77);
    }
    assert_true(quantity_count("0", 10, &count) && count == 0);
    assert_true(quantity_count("10", 10, &count) && count == 10);
}

static void test_shares(void **state) {
    static const char *const bad[] = {"", "0", "101", "70 %", "70%%", "%", "-5", "7.5"};
    uint64_t percent = 77;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(quantity_percent(bad[i], &percent));
        assert_int_equal(percent, 77);
    }
    assert_true(quantity_percent("1", &percent) && percent == 1);
    assert_true(quantity_percent("100%", &percent) && percent == 100);
}

static void test_times(void **state) {
    static const struct {
        const char *text;
        uint64_t milliseconds;
    } good[] = {{"0s", 0},
                {"250ms", 250},
                {"2s", 2000},
                {"1.5 s", 1500},
                {"5m", 5 * 60000},
                {"24h", 24 * 3600000},
                {"30d", 30 * 86400000ull}};
    static const char *const bad[] = {"", "5", "s", "-1s", "1  s", "1S", "1e20d", "nan s"};
    uint64_t milliseconds = 77;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(quantity_duration(bad[i], &milliseconds));
        assert_int_equal(milliseconds, 77);
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(quantity_duration(good[i].text, &milliseconds));
        assert_int_equal(milliseconds, good[i].milliseconds);
    }
}

static void test_choices(void **state) {
    uint64_t place = 77;
    (void)state;
    assert_false(quantity_choice("", "off|on", &place) || quantity_choice("o", "off|on", &place) ||
                 quantity_choice("off|on", "off|on", &place) || quantity_choice("ON", "off|on", &place));
    assert_int_equal(place, 77);
    assert_true(quantity_choice("on", "off|on", &place) && place == 1);
    assert_true(quantity_choice("off", "off|on", &place) && place == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sizes), cmocka_unit_test(test_counts),
                                       cmocka_unit_test(test_shares), cmocka_unit_test(test_times),
                                       cmocka_unit_test(test_choices)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
