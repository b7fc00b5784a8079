/*
 * fuzz_store.c - rows as a damaged file of the store may have them: NULL where there is always something, texts where
 * there are numbers, bytes that are no text, very long texts. The service answers every path with them, and changes
 * what it can.
 *
 * An input is a byte for what is asked, then one byte or more for each column of each row: 0 is what usually stands
 * there.
 */
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "answering.h"
#include "base/arena.h"
#include "serve/legacy/legacy_routes.h"
#include "serve/v1/routes.h"
#include "store/keys.h"
#include "store/upkeep/retention.h"
#include "store/webhooks.h"

enum { COLUMNS_MOST = 56, LONG_BYTES = 70000, ROWS = 2 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct route_table tables[] = {
    {routes_v1, "/v1/", &dialect_standard}, {legacy_routes, "/api/", &legacy_dialect}, {0}};

/* What is asked: nothing that needs a worker, the courier or the watch, which are not there. */
static const char *const asked[] = {
    "/v1/documents",
    "/v1/documents?sort=amount",
    "/v1/documents?text=pago",
    "/v1/documents?text=ab&sort=-paid",
    "/v1/documents/totals",
    "/v1/records",
    "/v1/records?format=csv",
    "/v1/records?format=xlsx",
    "/v1/documents/doc_1",
    "/v1/documents/doc_1/history",
    "/v1/documents/doc_1/image",
    "/v1/documents/doc_1/pages",
    "/v1/documents/doc_1/pages/1",
    "/v1/documents/doc_1/boxes",
    "/v1/batches",
    "/v1/batches/bat_1",
    "/v1/batches/bat_1/records",
    "/v1/keys",
    "/v1/learn",
    "/v1/reconciliations",
    "/v1/reconciliations/rec_1",
    "/v1/reconciliations/rec_1/items",
    "/v1/reconciliations/rec_1/records?format=csv",
    "/api/ocr/queue/files",
    "/api/ocr/queue/status",
    "/api/ocr/processed_files",
    "/api/ocr/batch_status/bat_1",
    "/api/lotes/bat_1/status",
    "/api/extract_results",
    "/api/extract_all_results",
    "/api/batches/history",
    "/api/batches/download/BATCH_20990103_101112",
    "/api/ocr/result/bat_1_001_a.png",
    "/api/ocr/result_data/bat_1_001_a.png",
    "/api/list_api_keys",
    "/api/current_api_key",
};
enum { ASKED = sizeof asked / sizeof *asked };

/* ---- the rows ---- */

/* What usually stands in a column of that name; "%d" is the number of the row. */
static const struct usual {
    const char *name, *value;
} usual[] = {
    {"id", "doc_%d"},
    {"document_id", "doc_%d"},
    {"batch_id", "bat_1"},
    {"webhook_id", "whk_1"},
    {"origin", "legacy"},
    {"status", "done"},
    {"state", "open"},
    {"name", "monto"},
    {"stored_name", "a.png"},
    {"sha256", "00000000000000000000000000000000000000000000000000000000000000%02d"},
    {"media_type", "image/png"},
    {"metadata", "{}"},
    {"detail", "{\"text\":\"1,00\",\"confidence\":0.5,\"box\":[1,2,3,4]}"},
    {"facts", "{}"},
    {"columns", "{}"},
    {"options", "{}"},
    {"cells", "[\"2025-01-01\",\"1,00\",\"a\"]"},
    {"page",
     "{\"width\":10,\"height\":10,\"lines\":[{\"text\":\"pago\",\"confidence\":0.9,\"words\":[{\"text\":\"pago\","
     "\"confidence\":0.9,\"box\":[1,2,3,4]}],\"box\":[1,2,3,4]}],\"fields\":{}}"},
    {"review", "missing:referencia doubtful:monto"},
    {"paid_date", "2025-01-0%d"},
    {"date", "2025-01-0%d"},
    {"action", "correct"},
    {"field", "monto"},
    {"value", "12.30"},
    {"scopes", "read"},
    {"type", "document.done"},
    {"data", "{\"id\":\"doc_1\"}"},
    {"currency", "VES"},
    {"layout", "pago-movil"},
};

/* In which order they are written: what others refer to first. */
static const struct table {
    const char *name, *id; /* id: of its rows, where it is not as above */
} written[] = {
    {"batches", "bat_%d"},
    {"documents", NULL},
    {"jobs", NULL},
    {"pages", NULL},
    {"job_pages", NULL},
    {"fields", NULL},
    {"corrections", NULL},
    {"decisions", NULL},
    {"verdicts", NULL},
    {"events", NULL},
    {"keys", "key_%d"},
    {"webhooks", "whk_%d"},
    {"deliveries", "msg_%d"},
    {"reconciliations", "rec_%d"},
    {"reconciliation_rows", NULL},
    {"reconciliation_items", NULL},
    {"reconciliation_lines", NULL},
    {"reconciliation_receipts", NULL},
    {"statement_forms", NULL},
};
enum { TABLES = sizeof written / sizeof *written };

struct column {
    char name[40];
    bool is_number;
};

static struct {
    sqlite3 *database;
    sqlite3_stmt *insert[TABLES];
    struct column columns[TABLES][COLUMNS_MOST];
    int column_count[TABLES];
    char long_text[LONG_BYTES + 1];
} store;

/* What is left of the input. Behind its end there are zeros. */
struct rest {
    const uint8_t *at, *end;
};

static uint8_t take(struct rest *rest) {
    return rest->at < rest->end ? *rest->at++ : 0;
}

static void run(const char *text) {
    if (sqlite3_exec(store.database, text, NULL, NULL, NULL) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", text, sqlite3_errmsg(store.database));
        abort();
    }
}

/* The table's columns, and the statement that writes a row. */
static void table_prepare(size_t i) {
    char text[2048];
    sqlite3_stmt *info;
    snprintf(text, sizeof text, "PRAGMA table_info(%s)", written[i].name);
    expect(sqlite3_prepare_v2(store.database, text, -1, &info, NULL) == SQLITE_OK);
    size_t used = (size_t)snprintf(text, sizeof text, "INSERT OR IGNORE INTO %s VALUES (", written[i].name);
    while (sqlite3_step(info) == SQLITE_ROW) {
        struct column *column = &store.columns[i][store.column_count[i]];
        snprintf(column->name, sizeof column->name, "%s", (const char *)sqlite3_column_text(info, 1));
        column->is_number = strcmp((const char *)sqlite3_column_text(info, 2), "INTEGER") == 0;
        used += (size_t)snprintf(text + used, sizeof text - used, "%s", store.column_count[i]++ == 0 ? "?" : ", ?");
        expect(store.column_count[i] < COLUMNS_MOST);
    }
    sqlite3_finalize(info);
    snprintf(text + used, sizeof text - used, ")");
    expect(store.column_count[i] > 0);
    expect(sqlite3_prepare_v2(store.database, text, -1, &store.insert[i], NULL) == SQLITE_OK);
}

/* The tables take anything from now on. The service's connections see that their text has changed. */
static void store_prepare(void) {
    char path[PATH_MAX];
    answering_path("store.db", path);
    expect(sqlite3_open(path, &store.database) == SQLITE_OK);
    sqlite3_busy_timeout(store.database, 10000);
    run("PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA writable_schema=ON");
    run("UPDATE sqlite_schema SET sql=replace(sql, ' NOT NULL', '') WHERE type='table' AND name NOT LIKE 'searches%'");
    run("PRAGMA writable_schema=RESET; CREATE TABLE touched (a); DROP TABLE touched");
    for (size_t i = 0; i < TABLES; i++) {
        table_prepare(i);
    }
    for (size_t i = 0; i < LONG_BYTES; i++) {
        store.long_text[i] = "[{\"a\":1}] <=+-@\xc3\xa1"[i % 18];
    }
}

static void usual_bind(sqlite3_stmt *insert, int place, const struct table *table, const struct column *column,
                       int row) {
    const char *value = "x";
    char text[512];
    if (column->is_number) {
        bool is_key = strstr(column->name, "seq") != NULL || strcmp(column->name, "item") == 0 ||
                      strcmp(column->name, "place") == 0 || strcmp(column->name, "number") == 0;
        sqlite3_bind_int64(insert, place, is_key ? row : strstr(column->name, "_ms") != NULL ? 1700000000000 : 0);
        return;
    }
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        value = strcmp(usual[i].name, column->name) == 0 ? usual[i].value : value;
    }
    if (table->id != NULL && strcmp(column->name, "id") == 0) {
        value = table->id;
    }
    snprintf(text, sizeof text, value, row);
    sqlite3_bind_text(insert, place, text, -1, SQLITE_TRANSIENT);
}

static void value_bind(sqlite3_stmt *insert, int place, const struct table *table, const struct column *column, int row,
                       struct rest *rest) {
    uint8_t kind = take(rest), count;
    const char *left;
    switch (kind % 8) {
    case 1:
        sqlite3_bind_null(insert, place);
        break;
    case 2:
        sqlite3_bind_int64(insert, place, (int8_t)take(rest));
        break;
    case 3:
        sqlite3_bind_int64(insert, place, kind & 8 ? INT64_MIN : kind & 16 ? INT64_MAX : (int64_t)take(rest) << 40);
        break;
    case 4:
    case 5:
        count = take(rest);
        left = (const char *)rest->at;
        count = (uint8_t)(rest->end - rest->at < count ? rest->end - rest->at : count);
        rest->at += count;
        if (kind % 8 == 4) {
            sqlite3_bind_text(insert, place, left, count, SQLITE_TRANSIENT);
        } else {
            sqlite3_bind_blob(insert, place, left, count, SQLITE_TRANSIENT);
        }
        break;
    case 6:
        sqlite3_bind_text(insert, place, store.long_text, LONG_BYTES - take(rest), SQLITE_STATIC);
        break;
    case 7:
        sqlite3_bind_double(insert, place, kind & 8 ? 1e308 : -0.5);
        break;
    default:
        usual_bind(insert, place, table, column, row);
    }
}

static void rows_write(struct rest *rest) {
    char text[128];
    run("BEGIN IMMEDIATE");
    for (size_t i = 0; i < TABLES; i++) {
        snprintf(text, sizeof text, "DELETE FROM %s", written[i].name);
        run(text);
    }
    run("DELETE FROM searches; DELETE FROM sqlite_sequence");
    for (int row = 1; row <= ROWS; row++) {
        for (size_t i = 0; i < TABLES; i++) {
            for (int j = 0; j < store.column_count[i]; j++) {
                value_bind(store.insert[i], j + 1, &written[i], &store.columns[i][j], row, rest);
            }
            int code = sqlite3_step(store.insert[i]) & 0xff;
            /* A key that is NULL or no number is refused even so. */
            expect(code == SQLITE_DONE || code == SQLITE_MISMATCH || code == SQLITE_CONSTRAINT ||
                   code == SQLITE_FULL); /* the last row has the greatest number */
            sqlite3_reset(store.insert[i]);
            if (sqlite3_get_autocommit(store.database)) { /* which ended the transaction */
                run("BEGIN IMMEDIATE");
            }
        }
    }
    run("COMMIT");
}

/* ---- what is done with them ---- */

static void lists_take(struct store *served, struct arena *arena) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct webhook *webhooks;
    struct delivery *deliveries, due;
    struct event *events;
    static const char busy[DELIVERIES_AT_ONCE][ID_BYTES];
    size_t count;
    int64_t next_ms;
    bool found;
    (void)store_webhooks(served, 10, arena, &webhooks, &count, &error);
    (void)store_deliveries(served, "whk_1", 10, arena, &deliveries, &count, &error);
    if (store_delivery_due(served, busy, arena, &due, &found, &next_ms, &error) == LINCE_OK && found) {
        due.state = DELIVERY_WAITING;
        due.last_error = "";
        (void)store_delivery_done(served, &due, &error);
    }
    (void)store_events(served, 0, 10, arena, &events, &count, &error);
}

static void job_do(struct store *served, struct arena *arena) {
    struct lince_error error = LINCE_ERROR_INIT;
    const struct field_row field = {.name = "monto", .value = "12.30", .detail = "{}"};
    const struct job_result result = {
        .status = DOCUMENT_DONE, .page = "{}", .text = "x", .fields = &field, .field_count = 1};
    struct job job;
    bool found = false;
    if (store_job_take(served, arena, &job, &found, &error) == LINCE_OK && found) {
        (void)store_job_end(served, &job, &result, &error);
    }
}

static void changes_do(struct store *served, uint8_t choice, struct arena *arena) {
    struct lince_error error = LINCE_ERROR_INIT;
    const struct correction corrections[] = {{.field = "monto", .new_value = "13.00"}, {.field = "referencia"}};
    const struct change change = {-1, "key_1", "why", corrections, 2, choice % 2 == 0};
    const struct reread reread = {.actor = "key_1", .why = "why", .discards = choice % 2 == 0};
    const struct verdict verdict = {"doc_2", "key_1", "why", choice % 2 == 0};
    const struct retention retention = {.documents_before_ms = 1600000000000, .images_before_ms = 1800000000000};
    int64_t count;
    (void)store_correct(served, "doc_1", &change, &error);
    (void)store_duplicate_judge(served, "doc_1", &verdict, &error);
    (void)store_reread(served, "doc_1", &reread, &error);
    job_do(served, arena);
    (void)store_move(served, "doc_1", choice % 2 == 0 ? "bat_2" : NULL, &error);
    (void)store_batch_hold(served, "bat_1", &error);
    (void)store_release(served, "bat_1", &count, &error);
    (void)store_retain(served, &retention, &count, &error);
    (void)store_batch_end(served, "bat_1", BATCH_CANCELLED, &error);
    (void)store_document_delete(served, "doc_1", -1, &error);
    (void)store_batch_delete(served, "bat_1", &error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct service *service;
    char request[256];
    const char *body;
    size_t body_bytes;
    if (size == 0) {
        return 0;
    }
    if (service == NULL) {
        service = answering_start(tables);
        store_prepare();
    }
    struct rest rest = {data + 1, data + size};
    struct arena arena;
    rows_write(&rest);
    const char *path = asked[data[0] % ASKED];
    int bytes =
        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", path);
    unsigned status = answering_ask(request, (size_t)bytes, &body, &body_bytes);
    expect(status >= 200 && status < 600);
    if (body[0] == '{') {
        json_t *json = json_loadb(body, body_bytes, 0, NULL);
        expect(json != NULL);
        json_decref(json);
    }
    uint64_t before_bytes = service->process.current_bytes - service->kept.current_bytes;
    arena_init(&arena, &service->process, 4096);
    lists_take(service->store, &arena);
    changes_do(service->store, data[0], &arena);
    arena_clear(&arena);
    expect(service->process.current_bytes - service->kept.current_bytes <= before_bytes);
    return 0;
}
