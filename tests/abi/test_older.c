/*
 * test_older.c - a program compiled against an older header runs with today's library: it reads, prices and fails
 * correctly, and nothing is written or read past the ends of its structs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lince.h"

#define IMAGE LINCE_TEST_DATA "/word/word.png"

enum { GUARD = 0xA5, GUARD_BYTES = 256 };

/* A struct of the older header with bytes behind it that the library must not take for members, nor change. */
#define GUARDED(type)                                                                                                  \
    struct {                                                                                                           \
        struct type is;                                                                                                \
        unsigned char behind[GUARD_BYTES];                                                                             \
    }

static void guard_set(unsigned char *behind) {
    memset(behind, GUARD, GUARD_BYTES);
}

static void guard_check(const unsigned char *behind) {
    for (int i = 0; i < GUARD_BYTES; i++) {
        assert_int_equal(behind[i], GUARD);
    }
}

static void test_it_reads(void **state) {
    GUARDED(lince_error) error = {.is = LINCE_ERROR_INIT};
    GUARDED(lince_runtime_options) runtime = {.is = LINCE_RUNTIME_OPTIONS_DEFAULTS};
    GUARDED(lince_engine_options) options = {.is = LINCE_ENGINE_OPTIONS_DEFAULTS};
    GUARDED(lince_read_options) how = {.is = LINCE_READ_OPTIONS_DEFAULTS};
    GUARDED(lince_price) price = {.is = LINCE_PRICE_INIT};
    GUARDED(lince_memory) memory = {.is = LINCE_MEMORY_INIT};
    GUARDED(lince_layouts_options) layouts_options = {.is = LINCE_LAYOUTS_OPTIONS_DEFAULTS};
    unsigned char *const guards[] = {error.behind, runtime.behind, options.behind,        how.behind,
                                     price.behind, memory.behind,  layouts_options.behind};
    struct lince_engine *engine;
    struct lince_reader *reader;
    struct lince_page *page;
    struct lince_layouts *layouts;
    (void)state;
    for (size_t i = 0; i < sizeof guards / sizeof *guards; i++) {
        guard_set(guards[i]);
    }
    options.is.runtime = &runtime.is;
    if (lince_engine_open(&options.is, &engine, &error.is) != LINCE_OK) {
        fail_msg("%s", error.is.message);
    }
    assert_int_equal(lince_reader_open(engine, &reader, &error.is), LINCE_OK);
    assert_int_equal(lince_read_file(reader, IMAGE, &how.is, &page, &error.is), LINCE_OK);
    assert_true(strlen(lince_page_text(page)) > 0);
    assert_int_equal(lince_price_file(engine, IMAGE, &price.is, &error.is), LINCE_OK);
    assert_true(price.is.width_px > 0 && price.is.read_bytes > 0);
    lince_memory_snapshot(engine, &memory.is);
    assert_true(memory.is.limit_bytes > 0);
    assert_int_equal(lince_layouts_open(&layouts_options.is, &layouts, &error.is), LINCE_OK);
    lince_layouts_close(layouts);
    lince_page_free(page);
    lince_reader_close(reader);
    lince_engine_close(engine);
    for (size_t i = 0; i < sizeof guards / sizeof *guards; i++) {
        guard_check(guards[i]);
    }
}

static void test_it_fails(void **state) {
    GUARDED(lince_error) error = {.is = LINCE_ERROR_INIT};
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    struct lince_runtime_options runtime = LINCE_RUNTIME_OPTIONS_DEFAULTS;
    struct lince_engine *engine;
    (void)state;
    guard_set(error.behind);
    options.memory_limit_bytes = 1 << 20; /* less than the program itself: an error with a number that it lacks */
    assert_int_equal(lince_engine_open(&options, &engine, &error.is), LINCE_ERROR_MEMORY_LIMIT);
    assert_int_equal(error.is.status, LINCE_ERROR_MEMORY_LIMIT);
    guard_check(error.behind);
    runtime.memory_pattern = 7;
    options.runtime = &runtime;
    assert_int_equal(lince_engine_open(&options, &engine, &error.is), LINCE_ERROR_ARGUMENT);
    guard_check(error.behind);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_it_reads), cmocka_unit_test(test_it_fails)};
    return cmocka_run_group_tests_name("older", tests, NULL, NULL);
}
