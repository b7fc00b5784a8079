/*
 * test_store_memory.c - refuses SQLite's memory requests one by one while a store is opened, written and read. Each
 * time the answer must be right or MEMORY_LIMIT, and everything reported as kept must be there. The argument is the
 * step from one refused request to the next.
 */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/arena.h"
#include "base/meter.h"
#include "store/store.h"

enum { RUNS_LIMIT = 8000, ARENA_BLOCK_BYTES = 4096 };

static int64_t step = 29; /* from one refused request to the next: 1 is every request */
static struct meter sqlite_meter, own_meter;
static char folder[] = "/tmp/lince-store-XXXXXX";

static int begin(void **state) {
    (void)state;
    meter_init(&sqlite_meter, NULL, "store", METER_NO_LIMIT);
    meter_init(&own_meter, NULL, "own", METER_NO_LIMIT);
    store_memory_install(&sqlite_meter);
    return mkdtemp(folder) == NULL;
}

static int entry_remove(const char *path, const struct stat *facts, int kind, struct FTW *place) {
    (void)facts;
    (void)kind;
    (void)place;
    return remove(path);
}

static int end(void **state) {
    (void)state;
    sqlite3_shutdown();
    assert_int_equal(sqlite_meter.current_bytes, 0);
    return nftw(folder, entry_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* Keeps one image; true when that is told. */
static enum lince_status keep(struct store *store, struct lince_error *error) {
    struct image_draft draft;
    struct document_new document = {.draft = &draft,
                                    .name = "a.png",
                                    .stored_name = "a.png",
                                    .media_type = "image/png",
                                    .metadata = "{}",
                                    .layouts = "[]",
                                    .origin = ORIGIN_V1};
    store_id(document.id, "doc");
    enum lince_status status = image_draft_begin(store, &draft, error);
    if (status == LINCE_OK) {
        status = image_draft_write(&draft, "not quite an image", 18, error);
    }
    image_draft_end(&draft);
    if (status == LINCE_OK) {
        status = store_documents_add(store, &document, 1, NULL, error);
    }
    image_draft_drop(&draft);
    return status;
}

/* Reads the oldest that waits, and ends it. */
static enum lince_status work(struct store *store, struct arena *arena, struct lince_error *error) {
    struct job job;
    struct field_row field = {.name = "monto", .value = "12.30", .detail = "{}"};
    struct job_result result = {.status = DOCUMENT_DONE, .page = "{}", .text = "x", .fields = &field, .field_count = 1};
    bool found = false;
    enum lince_status status = store_job_take(store, arena, &job, &found, error);
    assert_true(status != LINCE_OK || found);
    return status == LINCE_OK ? store_job_end(store, &job, &result, error) : status;
}

/* All of it; `kept` counts what was told as kept. */
static enum lince_status all(size_t *kept, struct lince_error *error) {
    struct store *store = NULL;
    struct arena arena;
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    struct document *documents;
    struct store_counts counts = {0};
    size_t count = 0;
    arena_init(&arena, &own_meter, ARENA_BLOCK_BYTES);
    enum lince_status status = store_open(&(struct store_place){.folder = folder}, STORE_SERVE, &store, error);
    if (status == LINCE_OK) {
        status = keep(store, error);
        *kept += status == LINCE_OK;
    }
    if (status == LINCE_OK) {
        status = work(store, &arena, error);
    }
    if (status == LINCE_OK) {
        filter.limit = 3;
        status = store_documents(store, &filter, &arena, &documents, &count, error);
        assert_true(status != LINCE_OK || count == (*kept < 3 ? *kept : 3));
    }
    if (status == LINCE_OK) {
        status = store_counts(store, &counts, error);
        assert_true(status != LINCE_OK || counts.documents == (int64_t)*kept);
    }
    store_close(store);
    arena_clear(&arena);
    return status;
}

static void test_every_refusal_is_an_error_and_nothing_is_lost(void **state) {
    (void)state;
    size_t kept = 0, runs = 0, refused = 0;
    struct lince_error error = LINCE_ERROR_INIT;
    if (all(&kept, &error) != LINCE_OK) {
        fail_msg("%s", error.message);
    }
    uint64_t resting = sqlite_meter.current_bytes;
    bool is_reached = true;
    for (int64_t request = 1; is_reached && runs < RUNS_LIMIT; request += step, runs++) {
        sqlite_meter.fail_countdown = request;
        enum lince_status status = all(&kept, &error);
        is_reached = sqlite_meter.fail_countdown <= 0;
        sqlite_meter.fail_countdown = 0;
        if (status != LINCE_OK && status != LINCE_ERROR_MEMORY_LIMIT) {
            fail_msg("request %lld: %s, %s", (long long)request, lince_status_name(status), error.message);
        }
        refused += status != LINCE_OK;
        assert_int_equal(sqlite_meter.current_bytes, resting);
        assert_int_equal(own_meter.current_bytes, 0);
    }
    assert_false(is_reached);
    assert_true(refused > 10);
    assert_int_equal(all(&kept, &error), LINCE_OK);
}

int main(int argc, char **argv) {
    step = argc > 1 ? strtoll(argv[1], NULL, 10) : step;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_refusal_is_an_error_and_nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
