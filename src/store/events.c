/* events.c - what happened, in order: written in the transaction that made it happen, with its deliveries. */
#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/store_internal.h"

/* Events that are kept for clients that come back; older ones go. */
enum { EVENTS_KEPT = 10000 };

enum lince_status event_write(struct store *store, const char *type, const char *data, struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t now = store_now_ms();
    enum lince_status status =
        sql_run(sql, error, "INSERT INTO events (at_ms, type, data) VALUES (?, ?, ?)", "itt", now, type, data);
    if (status != LINCE_OK) {
        return status;
    }
    int64_t seq = sqlite3_last_insert_rowid(sql->database);
    char at[TIME_TEXT_BYTES];
    store_time_text(now, at);
    status =
        sql_run(sql, error,
                "INSERT INTO deliveries (id, webhook_id, event_seq, body, state, next_ms)"
                " SELECT 'msg_' || lower(hex(randomblob(12))), id, ?1,"
                " '{\"type\":\"' || ?2 || '\",\"timestamp\":\"' || ?3 || '\",\"data\":' || ?4 || '}', 'waiting', ?5"
                " FROM webhooks WHERE types='' OR instr(',' || types || ',', ',' || ?2 || ',') > 0",
                "ittti", seq, type, at, data, now);
    if (status == LINCE_OK && seq % 256 == 0) {
        status = sql_run(sql, error, "DELETE FROM events WHERE seq <= ?", "i", seq - EVENTS_KEPT);
    }
    return status;
}

enum lince_status event_document(struct store *store, const char *id, const char *document_status, const char *batch_id,
                                 struct lince_error *error) {
    char type[48], data[256];
    snprintf(type, sizeof type, "document.%s", document_status);
    if (batch_id == NULL) {
        snprintf(data, sizeof data, "{\"id\":\"%s\",\"status\":\"%s\",\"batch\":null}", id, document_status);
    } else {
        snprintf(data, sizeof data, "{\"id\":\"%s\",\"status\":\"%s\",\"batch\":\"%s\"}", id, document_status,
                 batch_id);
    }
    return event_write(store, type, data, error);
}

enum lince_status event_batch_if_finished(struct store *store, const char *batch_id, struct lince_error *error) {
    struct sql *sql = &store->writer;
    if (batch_id == NULL ||
        sql_number(sql, 1, "SELECT count(*) FROM documents WHERE batch_id=? AND status IN ('held','queued','reading')",
                   "t", batch_id) != 0 ||
        sql_number(sql, 0, "SELECT count(*) FROM batches WHERE id=? AND state='closed'", "t", batch_id) != 1) {
        return LINCE_OK;
    }
    char data[128];
    snprintf(data, sizeof data, "{\"id\":\"%s\",\"status\":\"finished\"}", batch_id);
    return event_write(store, "batch.finished", data, error);
}

enum lince_status store_event_add(struct store *store, const char *type, const char *data, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, false, error);
    if (status == LINCE_OK) {
        status = sql_commit(sql, event_write(store, type, data, error), error);
    }
    sql_unlock(sql);
    store_changed(store);
    return status;
}

enum lince_status store_events(struct store *store, int64_t after_seq, size_t limit, struct arena *arena,
                               struct event **events, size_t *count, struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status;
    *count = 0;
    *events = arena_allocate_zero(arena, limit, sizeof **events);
    if (*events == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for %zu events", "no hay memoria para %zu sucesos",
                         limit);
    }
    sql_lock(sql);
    sqlite3_stmt *statement =
        sql_bind(sql, "SELECT seq, at_ms, type, data FROM events WHERE seq > ? ORDER BY seq LIMIT ?", "ii", after_seq,
                 (int64_t)limit);
    while (sql_row(sql, statement, &status, error)) {
        struct event *event = &(*events)[(*count)++];
        event->seq = sqlite3_column_int64(statement, 0);
        event->at_ms = sqlite3_column_int64(statement, 1);
        event->type = sql_text(statement, 2, arena);
        event->data = sql_text(statement, 3, arena);
        if (event->type == NULL || event->data == NULL) {
            --*count; /* what fits is given; the rest comes with the next call */
            sql_done(statement);
            break;
        }
    }
    sql_unlock(sql);
    return status;
}

int64_t store_event_last(struct store *store) {
    sql_lock(&store->reader);
    int64_t last = sql_number(&store->reader, 0, "SELECT max(seq) FROM events", "");
    sql_unlock(&store->reader);
    return last;
}
