/* test_line_queue_concurrent.c - a crew gets each line once, within the limit on columns, and pages stay the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/crew.h"
#include "base/error.h"
#include "base/meter.h"
#include "readings.h"
#include "text/line_queue.h"

enum { MEMBERS = 4, LINES = 200, COLUMNS_LIMIT = 100 };

struct shift {
    struct line_queue queue;
    atomic_uint taken[LINES];
    atomic_uint columns, members, most_columns, alone_breaches;
    size_t failing_line;
};

/* 30 to 120: some need more than the limit. */
static uint32_t columns_of(const void *context, size_t line) {
    (void)context;
    return 30 + 10 * (uint32_t)(line % 10);
}

static void work(void *context, uint32_t member) {
    struct shift *shift = context;
    struct lince_error error = LINCE_ERROR_INIT;
    size_t line;
    uint32_t columns;
    (void)member;
    shift->members++;
    while (line_queue_take(&shift->queue, columns_of, NULL, &line, &columns)) {
        unsigned now = atomic_fetch_add(&shift->columns, columns) + columns;
        unsigned most = shift->most_columns;
        while (now > most && !atomic_compare_exchange_weak(&shift->most_columns, &most, now)) {
        }
        shift->alone_breaches += now > COLUMNS_LIMIT && now != columns;
        shift->taken[line]++;
        atomic_fetch_sub(&shift->columns, columns);
        if (line == shift->failing_line) {
            error_set(&error, LINCE_ERROR_MODEL, "line %zu", "línea %zu", line);
            line_queue_fail(&shift->queue, columns, &error);
        } else {
            line_queue_done(&shift->queue, columns);
        }
    }
}

static void shift_run(struct shift *shift, size_t failing_line, struct lince_error *error) {
    struct meter meter;
    struct crew *crew;
    *shift = (struct shift){.failing_line = failing_line};
    meter_init(&meter, NULL, "test", METER_NO_LIMIT);
    assert_int_equal(crew_open(&meter, MEMBERS, &crew, NULL), LINCE_OK);
    assert_int_equal(crew_member_count(crew), MEMBERS);
    for (unsigned round = 1; round <= 3; round++) {
        line_queue_init(&shift->queue, LINES, COLUMNS_LIMIT, error);
        crew_run(crew, work, shift);
        assert_int_equal(shift->members, round * MEMBERS);
        assert_int_equal(shift->queue.columns_in_work, 0);
        line_queue_destroy(&shift->queue);
    }
    crew_close(crew);
    assert_int_equal(meter.current_bytes, 0);
}

static void test_each_line_is_handed_out_once_within_the_columns(void **state) {
    (void)state;
    struct shift shift;
    shift_run(&shift, LINES, NULL);
    assert_int_equal(shift.queue.status, LINCE_OK);
    assert_int_equal(shift.queue.done_count, LINES);
    assert_int_equal(shift.alone_breaches, 0);
    assert_int_equal(shift.most_columns, 120);
    for (size_t i = 0; i < LINES; i++) {
        assert_int_equal(shift.taken[i], 3); /* rounds */
    }
}

static void test_a_failure_ends_the_queue_and_is_kept(void **state) {
    (void)state;
    struct shift shift;
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = LINCE_SPANISH;
    shift_run(&shift, 50, &error);
    assert_int_equal(shift.queue.status, LINCE_ERROR_MODEL);
    assert_int_equal(error.status, LINCE_ERROR_MODEL);
    assert_string_equal(error.message, "line 50"); /* in the language of whoever failed */
    assert_int_equal(shift.taken[LINES - 1], 0);
}

static void test_lines_read_side_by_side_are_the_same(void **state) {
    (void)state;
    static const char *const names[] = {"reading/two-columns.png", "reading/upside-down.png", "reading/edges.png"};
    struct lince_engine *one = engine_well(0, 1), *many = NULL;
    struct lince_engine_options options = LINCE_ENGINE_OPTIONS_DEFAULTS;
    options.memory_limit_bytes = 0;
    options.threads_per_image = MEMBERS;
    assert_int_equal(lince_engine_open(&options, &many, NULL), LINCE_OK);
    struct lince_reader *alone = reader_well(one), *together = reader_well(many);
    uint64_t resting = lince_engine_memory_current_bytes(many);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct lince_page *expected = read_data(alone, names[i]), *page = read_data(together, names[i]);
        assert_true(lince_page_line_count(expected) > 0);
        assert_true(pages_are_equal(page, expected));
        lince_page_free(page);
        lince_page_free(expected);
    }
    assert_int_equal(lince_engine_memory_current_bytes(many), resting);
    lince_reader_close(together);
    lince_reader_close(alone);
    lince_engine_close(many);
    lince_engine_close(one);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_line_is_handed_out_once_within_the_columns),
        cmocka_unit_test(test_a_failure_ends_the_queue_and_is_kept),
        cmocka_unit_test(test_lines_read_side_by_side_are_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
