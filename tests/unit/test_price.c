/* test_price.c - a reading takes at most its price on each meter, and not much less. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lince.h"

static struct lince_engine *engine;

static int open_engine(enum lince_model model) {
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    options.memory_limit_bytes = 0;
    options.model = model;
    return lince_engine_open(&options, &engine, NULL) == LINCE_OK ? 0 : -1;
}

static int open_fast(void **state) {
    (void)state;
    return open_engine(LINCE_MODEL_FAST);
}

static int open_accurate(void **state) {
    (void)state;
    return open_engine(LINCE_MODEL_ACCURATE);
}

static int close_engine(void **state) {
    (void)state;
    lince_engine_close(engine);
    return 0;
}

struct peaks {
    uint64_t decode, detect, recognise, layout, pages;
};

static int take_peak(void *context, const struct lince_meter *meter) {
    struct peaks *peaks = context;
    const struct {
        const char *name;
        uint64_t *peak;
    } wanted[] = {{"decode", &peaks->decode},
                  {"detect", &peaks->detect},
                  {"recognise", &peaks->recognise},
                  {"layout", &peaks->layout},
                  {"pages", &peaks->pages}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        if (strcmp(meter->name, wanted[i].name) == 0) {
            *wanted[i].peak = meter->peak_bytes;
        }
    }
    return 0;
}

static void check_file(const char *path) {
    struct lince_price price = LINCE_PRICE_INIT;
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_reader *reader = NULL;
    struct lince_page *page = NULL;
    struct peaks peaks = {0};
    assert_int_equal(lince_reader_open(engine, &reader, &error), LINCE_OK);
    assert_int_equal(lince_price_file(engine, path, &price, &error), LINCE_OK);
    assert_int_equal(lince_read_file(reader, path, NULL, &page, &error), LINCE_OK);
    lince_memory_meters(engine, take_peak, &peaks);
    print_message("%s: price %llu, peak %llu; decode %llu of %llu, detect %llu of %llu, recognise %llu of %llu\n",
                  strrchr(path, '/') + 1, (unsigned long long)price.read_bytes,
                  (unsigned long long)lince_page_peak_bytes(page), (unsigned long long)peaks.decode,
                  (unsigned long long)price.decode_bytes, (unsigned long long)peaks.detect,
                  (unsigned long long)price.detect_bytes, (unsigned long long)peaks.recognise,
                  (unsigned long long)price.recognise_bytes);
    assert_true(peaks.decode <= price.decode_bytes);
    assert_true(peaks.detect <= price.detect_bytes);
    assert_true(peaks.recognise <= price.recognise_bytes);
    assert_true(peaks.layout + peaks.pages <= price.page_bytes);
    assert_true(lince_page_peak_bytes(page) <= price.read_bytes);
    assert_true(lince_page_peak_bytes(page) >=
                price.read_bytes / 4); /* a price that is far too high refuses for nothing */
    lince_page_free(page);
    lince_reader_close(reader);
}

static void test_examples_take_what_they_were_priced_at(void **state) {
    (void)state;
    check_file(LINCE_TEST_DATA "/../../examples/02-light-phone.jpg");
    check_file(LINCE_TEST_DATA "/../../examples/07-three-columns.png");
    check_file(LINCE_TEST_DATA "/../../examples/13-shop-receipt-photo.jpg");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_examples_take_what_they_were_priced_at, open_fast, close_engine),
        cmocka_unit_test_setup_teardown(test_examples_take_what_they_were_priced_at, open_accurate, close_engine),
    };
    return cmocka_run_group_tests_name("price", tests, NULL, NULL);
}
