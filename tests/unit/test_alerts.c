/*
 * test_alerts.c - memory that fills up is reported once at the clean-up share and once at 90 %, a refusal by its name,
 * and nothing otherwise.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/system.h"
#include "readings.h"

static const uint64_t LIMIT_BYTES = UINT64_C(300) << 20;

/* What a listener heard. */
struct heard {
    size_t counts[5]; /* by kind */
    struct lince_memory_event last[5];
};

static void listen(void *context, const struct lince_memory_event *event) {
    struct heard *heard = context;
    assert_in_range(event->kind, LINCE_MEMORY_CLEANED, LINCE_MEMORY_GROWING);
    heard->counts[event->kind]++;
    heard->last[event->kind] = *event;
}

static struct lince_engine *engine_heard(struct heard *heard) {
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_engine *engine = NULL;
    options.memory_limit_bytes = LIMIT_BYTES;
    options.on_memory_event = listen;
    options.memory_context = heard;
    if (lince_engine_open(&options, &engine, &error) != LINCE_OK) {
        fail_msg("%s", error.message);
    }
    return engine;
}

static void read_once(struct lince_reader *reader) {
    lince_page_free(read_data(reader, "word/word.png"));
}

/* Memory of the caller, off the meters, that takes the process to a share of the limit. */
static void *ballast_to(double share) {
    uint64_t resident = system_resident_bytes(), wanted = (uint64_t)(share * (double)LIMIT_BYTES);
    assert_true(resident < wanted);
    void *ballast = malloc(wanted - resident);
    assert_non_null(ballast);
    memset(ballast, 1, wanted - resident);
    return ballast;
}

static void test_a_memory_that_fills_up_is_cleaned_and_told_once(void **state) {
    (void)state;
    const char *sanitizer = getenv("LINCE_SANITIZER");
    if (sanitizer != NULL && sanitizer[0] != '\0') { /* its own memory is on top of ours */
        skip();
    }
    struct heard heard = {0};
    struct lince_engine *engine = engine_heard(&heard);
    struct lince_reader *reader = reader_well(engine);
    read_once(reader);
    assert_int_equal(heard.counts[LINCE_MEMORY_CLEANED] + heard.counts[LINCE_MEMORY_HIGH], 0);
    void *ballast = ballast_to(0.92);
    read_once(reader);
    read_once(reader);
    assert_int_equal(heard.counts[LINCE_MEMORY_CLEANED], 1);
    assert_int_equal(heard.counts[LINCE_MEMORY_HIGH], 1);
    const struct lince_memory_event *high = &heard.last[LINCE_MEMORY_HIGH];
    assert_in_range(high->resident_bytes, LIMIT_BYTES / 10 * 9, LIMIT_BYTES);
    assert_int_equal(high->limit_bytes, LIMIT_BYTES);
    assert_int_equal(heard.counts[LINCE_MEMORY_REFUSED], 0);
    free(ballast);
    struct lince_memory memory = LINCE_MEMORY_INIT;
    lince_memory_snapshot(engine, &memory);
    assert_int_equal(memory.cleanup_count, 1);
    assert_int_equal(memory.cleanup_freed_bytes, heard.last[LINCE_MEMORY_CLEANED].freed_bytes);
    lince_reader_close(reader);
    lince_engine_close(engine);
}

static void test_a_refusal_is_told_and_the_next_ones_are_counted(void **state) {
    (void)state;
    struct heard heard = {0};
    struct lince_engine *engine = engine_heard(&heard);
    struct lince_reader *reader = reader_well(engine);
    struct file file = file_of_data("word/word.png");
    struct lince_page *page = NULL;
    assert_int_equal(lince_memory_limit_set(engine, "decode", 1000, NULL), LINCE_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(lince_read(reader, file.bytes, file.count, NULL, &page, NULL), LINCE_ERROR_MEMORY_LIMIT);
        assert_null(page);
    }
    assert_int_equal(heard.counts[LINCE_MEMORY_REFUSED], 1);
    assert_int_equal(heard.last[LINCE_MEMORY_REFUSED].untold_count, 0);
    struct lince_memory memory = LINCE_MEMORY_INIT;
    lince_memory_snapshot(engine, &memory);
    assert_int_equal(memory.refusal_count, 3);
    assert_int_equal(lince_memory_limit_set(engine, "decode", 0, NULL), LINCE_OK);
    read_once(reader);
    file_free(&file);
    lince_reader_close(reader);
    lince_engine_close(engine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_memory_that_fills_up_is_cleaned_and_told_once),
        cmocka_unit_test(test_a_refusal_is_told_and_the_next_ones_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
