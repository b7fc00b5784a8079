/* answers.c - keeps answers for a day under an idempotency key, so that a request that is sent twice is done once. */
#include "base/arena.h"
#include "base/error.h"
#include "store/store_internal.h"

static const int64_t KEPT_MS = INT64_C(24) * 3600 * 1000;

enum lince_status store_answer(struct store *store, const char *name, struct arena *arena, struct answer *answer,
                               bool *found, struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status;
    *found = false;
    sql_lock(sql);
    struct sql_statement *row =
        sql_bind(sql, "SELECT request, status, location, body FROM idempotency WHERE name=? AND at_ms>?", "ti", name,
                 store_now_ms() - KEPT_MS);
    if (sql_row(sql, row, &status, error)) {
        answer->request = sql_needed_text(row, 0, arena);
        answer->status = sql_integer(row, 1);
        answer->location = sql_needed_text(row, 2, arena);
        answer->body = sql_needed_text(row, 3, arena);
        *found = answer->request != NULL && answer->location != NULL && answer->body != NULL;
        sql_done(row);
        status = *found ? LINCE_OK : sql_no_memory(error);
    }
    status = sql_check(sql, status, error);
    sql_unlock(sql);
    return status;
}

enum lince_status answer_write(struct store *store, const struct answer *answer, struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t now = store_now_ms();
    enum lince_status status = sql_run(sql, error, "DELETE FROM idempotency WHERE at_ms<?", "i", now - KEPT_MS);
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "INSERT INTO idempotency (name, request, status, location, body, at_ms)"
                         " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                         "ttitti", answer->name, answer->request, answer->status, answer->location, answer->body, now);
    }
    if (status == LINCE_OK && sql_changes(sql) == 0) {
        return error_set(error, LINCE_ERROR_CANCELLED, "this idempotency key has its answer already",
                         "esta clave de idempotencia ya tiene su respuesta");
    }
    return status;
}
