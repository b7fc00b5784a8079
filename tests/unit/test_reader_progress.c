/* test_reader_progress.c - the progress of a reading, and stopping it at each stage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "readings.h"
#include "typewriter.h"

static struct lince_engine *engine;
static struct lince_reader *reader;
static struct file file;

static int open_all(void **state) {
    (void)state;
    engine = engine_well(0, 1);
    reader = reader_well(engine);
    file = file_of_data("reading/two-columns.png");
    return 0;
}

static int close_all(void **state) {
    (void)state;
    lince_reader_close(reader);
    lince_engine_close(engine);
    file_free(&file);
    return 0;
}

struct listener {
    enum lince_stage stage;
    double share;
    unsigned calls, steps_back, out_of_range;
    unsigned stage_calls[3];
    double last_shares[3];
    int stop_at_stage;     /* -1: never */
    unsigned stop_at_call; /* of that stage, from 1 */
    unsigned calls_after_stop;
    int stopped;
};

static int listen(void *context, enum lince_stage stage, double share) {
    struct listener *listener = context;
    listener->calls++;
    listener->calls_after_stop += listener->stopped != 0;
    listener->out_of_range += stage > LINCE_STAGE_RECOGNISE || !(share >= 0.0 && share <= 1.0);
    listener->steps_back += stage < listener->stage || (stage == listener->stage && share < listener->share);
    listener->stage = stage;
    listener->share = share;
    listener->stage_calls[stage]++;
    listener->last_shares[stage] = share;
    if ((int)stage == listener->stop_at_stage && listener->stage_calls[stage] >= listener->stop_at_call) {
        listener->stopped = 1;
    }
    return listener->stopped;
}

static enum lince_status read_file_with(const struct file *read, struct listener *listener, struct lince_page **page,
                                        struct lince_error *error) {
    struct lince_read_options options = LINCE_READ_OPTIONS_DEFAULTS;
    options.progress = listen;
    options.progress_context = listener;
    return lince_read(reader, read->bytes, read->count, &options, page, error);
}

static enum lince_status read_with(struct listener *listener, struct lince_page **page, struct lince_error *error) {
    return read_file_with(&file, listener, page, error);
}

static void test_stages_come_in_order_and_each_is_finished(void **state) {
    (void)state;
    struct listener listener = {.stop_at_stage = -1};
    struct lince_page *page;
    assert_int_equal(read_with(&listener, &page, NULL), LINCE_OK);
    assert_int_equal(listener.steps_back, 0);
    assert_int_equal(listener.out_of_range, 0);
    for (size_t i = 0; i < 3; i++) {
        assert_true(listener.stage_calls[i] > 0);
        assert_true(listener.last_shares[i] == 1.0);
    }
    assert_true(listener.stage_calls[LINCE_STAGE_RECOGNISE] >= 8); /* a line at a time */
    lince_page_free(page);
}

static void test_a_bare_page_is_looked_at_too(void **state) {
    (void)state;
    struct file bare = typewriter_png(300, 200, 1, NULL, 0);
    struct listener listener = {.stop_at_stage = -1};
    struct lince_page *page;
    assert_int_equal(read_file_with(&bare, &listener, &page, NULL), LINCE_OK);
    assert_true(listener.stage_calls[LINCE_STAGE_DETECT] > 0);
    assert_true(listener.last_shares[LINCE_STAGE_DETECT] == 1.0);
    assert_int_equal(lince_page_line_count(page), 0);
    lince_page_free(page);
    file_free(&bare);
}

static void test_a_reading_can_be_stopped_at_each_stage(void **state) {
    (void)state;
    struct lince_page *before = read_well(reader, &file), *page, *after;
    uint64_t resting = lince_engine_memory_current_bytes(engine);
    for (int stage = LINCE_STAGE_DECODE; stage <= LINCE_STAGE_RECOGNISE; stage++) {
        for (unsigned call = 1; call <= (stage == LINCE_STAGE_RECOGNISE ? 3 : 1); call++) {
            struct listener listener = {.stop_at_stage = stage, .stop_at_call = call};
            struct lince_error error = LINCE_ERROR_INIT;
            page = before;
            assert_int_equal(read_with(&listener, &page, &error), LINCE_ERROR_CANCELLED);
            assert_null(page);
            assert_int_equal(error.status, LINCE_ERROR_CANCELLED);
            assert_true(strlen(error.message) > 0);
            assert_int_equal(listener.calls_after_stop, 0); /* it stops at once */
            assert_int_equal(listener.stage, stage);
            assert_int_equal(lince_engine_memory_current_bytes(engine), resting);
        }
    }
    after = read_well(reader, &file);
    assert_true(pages_are_equal(before, after));
    lince_page_free(after);
    lince_page_free(before);
}

static void test_the_message_of_a_stopped_reading_in_spanish(void **state) {
    (void)state;
    for (int stage = LINCE_STAGE_DECODE; stage <= LINCE_STAGE_RECOGNISE; stage++) {
        struct listener listener = {.stop_at_stage = stage, .stop_at_call = 1};
        struct lince_error error = LINCE_ERROR_INIT;
        struct lince_page *page;
        error.language = LINCE_SPANISH;
        assert_int_equal(read_with(&listener, &page, &error), LINCE_ERROR_CANCELLED);
        assert_non_null(strstr(error.message, "cancel"));
        assert_null(strstr(error.message, "cancelled"));
    }
}

static void test_direction_always_never_and_in_doubt(void **state) {
    (void)state;
    struct file reversed = file_of_data("reading/upside-down.png");
    static const enum lince_direction ways[] = {LINCE_DIRECTION_ALWAYS, LINCE_DIRECTION_IN_DOUBT};
    struct lince_read_options options = LINCE_READ_OPTIONS_DEFAULTS;
    struct lince_page *page;
    for (size_t i = 0; i < 2; i++) {
        options.direction = ways[i];
        assert_int_equal(lince_read(reader, reversed.bytes, reversed.count, &options, &page, NULL), LINCE_OK);
        assert_text(page, "Comprobante 4821");
        lince_page_free(page);
    }
    options.direction = LINCE_DIRECTION_NEVER;
    assert_int_equal(lince_read(reader, reversed.bytes, reversed.count, &options, &page, NULL), LINCE_OK);
    assert_string_not_equal(lince_page_text(page), "Comprobante 4821"); /* taken as it stands, it says nothing */
    lince_page_free(page);
    options.direction = LINCE_DIRECTION_ALWAYS;
    assert_int_equal(lince_read(reader, file.bytes, file.count, &options, &page, NULL), LINCE_OK);
    assert_non_null(strstr(lince_page_text(page), "Banco emisor")); /* what stands upright is left so */
    assert_non_null(strstr(lince_page_text(page), "004512983377"));
    lince_page_free(page);
    file_free(&reversed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stages_come_in_order_and_each_is_finished),
        cmocka_unit_test(test_a_bare_page_is_looked_at_too),
        cmocka_unit_test(test_a_reading_can_be_stopped_at_each_stage),
        cmocka_unit_test(test_the_message_of_a_stopped_reading_in_spanish),
        cmocka_unit_test(test_direction_always_never_and_in_doubt),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
