/* test_reader_concurrent.c - the same bytes give the same page from one reader or four, of one engine or of two. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "readings.h"

enum { THREAD_COUNT = 4, IMAGE_COUNT = 4 };

static const char *const NAMES[IMAGE_COUNT] = {"reading/one-line.png", "reading/light-on-dark.png",
                                               "reading/upside-down.png", "reading/edges.png"};
static struct file files[IMAGE_COUNT];
static struct lince_page *expected[IMAGE_COUNT];

static int read_alone(void **state) {
    (void)state;
    struct lince_engine *engine = engine_well(0, 1);
    struct lince_reader *reader = reader_well(engine);
    for (size_t i = 0; i < IMAGE_COUNT; i++) {
        files[i] = file_of_data(NAMES[i]);
        struct lince_page *page = read_well(reader, &files[i]);
        assert_true(lince_page_line_count(page) > 0);
        expected[i] = page;
    }
    /* The pages are on the engine's meter, so it is kept until they are freed. */
    *state = engine;
    lince_reader_close(reader);
    return 0;
}

static int free_all(void **state) {
    for (size_t i = 0; i < IMAGE_COUNT; i++) {
        lince_page_free(expected[i]);
        file_free(&files[i]);
    }
    lince_engine_close(*state);
    return 0;
}

struct worker {
    struct lince_engine *engine;
    size_t first, reading_count;
    unsigned failures, differences, readings;
};

/* Reads all images, each worker beginning with another; asserts nothing, since this is not the test's own thread. */
static void *work(void *context) {
    struct worker *worker = context;
    struct lince_reader *reader;
    if (lince_reader_open(worker->engine, &reader, NULL) != LINCE_OK) {
        worker->failures++;
        return NULL;
    }
    for (size_t i = 0; i < worker->reading_count; i++) {
        size_t image = (worker->first + i) % IMAGE_COUNT;
        struct lince_page *page;
        if (lince_read(reader, files[image].bytes, files[image].count, NULL, &page, NULL) != LINCE_OK) {
            worker->failures++;
            continue;
        }
        worker->readings++;
        worker->differences += !pages_are_equal(page, expected[image]);
        lince_page_free(page);
    }
    lince_reader_close(reader);
    return NULL;
}

static void work_together(struct lince_engine *const engines[THREAD_COUNT], size_t reading_count) {
    pthread_t threads[THREAD_COUNT];
    struct worker workers[THREAD_COUNT] = {0};
    for (size_t i = 0; i < THREAD_COUNT; i++) {
        workers[i].engine = engines[i];
        workers[i].first = i;
        workers[i].reading_count = reading_count;
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (size_t i = 0; i < THREAD_COUNT; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(workers[i].failures, 0);
        assert_int_equal(workers[i].differences, 0);
        assert_int_equal(workers[i].readings, reading_count);
    }
}

static void test_four_readers_of_one_engine(void **state) {
    (void)state;
    struct lince_engine *engine = engine_well(0, THREAD_COUNT);
    uint64_t resting = lince_engine_memory_current_bytes(engine);
    work_together((struct lince_engine *const[]){engine, engine, engine, engine}, 2 * IMAGE_COUNT);
    assert_int_equal(lince_engine_memory_current_bytes(engine), resting);
    lince_engine_close(engine);
}

static void test_four_readers_that_must_wait_for_one_another(void **state) {
    (void)state;
    struct lince_engine *probe = engine_well(UINT64_C(2000) << 20, 1);
    struct lince_price price = LINCE_PRICE_INIT;
    uint64_t fixed = 0, dearest = 0;
    for (size_t i = 0; i < IMAGE_COUNT; i++) {
        assert_int_equal(lince_price_image(probe, files[i].bytes, files[i].count, &price, NULL), LINCE_OK);
        dearest = price.read_bytes > dearest ? price.read_bytes : dearest;
        fixed = price.smallest_limit_bytes > fixed ? price.smallest_limit_bytes : fixed;
    }
    lince_engine_close(probe);
    /* Room for two at the most, of what the engine says that it needs for itself now that this process has grown. */
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_engine *engine = NULL;
    options.readers = THREAD_COUNT;
    options.memory_limit_bytes = fixed + 2 * dearest;
    for (int i = 0; i < 5 && lince_engine_open(&options, &engine, &error) == LINCE_ERROR_MEMORY_LIMIT; i++) {
        options.memory_limit_bytes = error.needed_bytes + 2 * dearest;
    }
    assert_non_null(engine);
    bool as_before = true;
    for (size_t i = 0; i < IMAGE_COUNT; i++) { /* read at the same size, or the pages could differ */
        struct lince_price now = LINCE_PRICE_INIT;
        as_before = as_before && lince_price_image(engine, files[i].bytes, files[i].count, &now, NULL) == LINCE_OK &&
                    now.working_width_px == lince_page_width_px(expected[i]);
    }
    assert_true(as_before);
    work_together((struct lince_engine *const[]){engine, engine, engine, engine}, 3);
    lince_engine_close(engine);
}

static void test_two_engines_at_once(void **state) {
    (void)state;
    struct lince_engine *one = engine_well(0, 2), *other = engine_well(UINT64_C(1000) << 20, 2);
    work_together((struct lince_engine *const[]){one, other, one, other}, 3);
    lince_engine_close(one);
    struct lince_reader *reader = reader_well(other); /* closing one leaves the other at work */
    struct lince_page *page = read_well(reader, &files[0]);
    assert_true(pages_are_equal(page, expected[0]));
    lince_page_free(page);
    lince_reader_close(reader);
    lince_engine_close(other);
}

static void *open_and_close(void *context) {
    unsigned *failures = context;
    for (int i = 0; i < 2; i++) {
        struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
        struct lince_engine *engine;
        options.memory_limit_bytes = 0;
        *failures += lince_engine_open(&options, &engine, NULL) != LINCE_OK;
        lince_engine_close(engine);
    }
    return NULL;
}

static void test_engines_come_and_go_beside_one_another(void **state) {
    (void)state;
    pthread_t threads[2];
    unsigned failures[2] = {0};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, open_and_close, &failures[i]), 0);
    }
    for (size_t i = 0; i < 2; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(failures[i], 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_four_readers_of_one_engine),
        cmocka_unit_test(test_four_readers_that_must_wait_for_one_another),
        cmocka_unit_test(test_two_engines_at_once),
        cmocka_unit_test(test_engines_come_and_go_beside_one_another),
    };
    return cmocka_run_group_tests(tests, read_alone, free_all);
}
