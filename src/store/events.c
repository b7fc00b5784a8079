/*
 * events.c - what happened, in order. Each event is written with its deliveries in the transaction of the change
 * itself.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/store_internal.h"

/* So many events are kept for clients that connect again; older ones are removed. */
enum { EVENTS_KEPT = 10000 };

#define DELIVERIES_OF_EVENTS(random)                                                                                   \
    "INSERT INTO deliveries (id, webhook_id, event_seq, body, state, next_ms)"                                         \
    " SELECT 'msg_' || " random ", w.id, e.seq,"                                                                       \
    " '{\"type\":\"' || e.type || '\",\"timestamp\":\"' || ?1 || '\",\"data\":' || e.data || '}', 'waiting', ?2"       \
    " FROM events e JOIN webhooks w ON (w.types='' AND e.type<>'document.page') OR instr(',' || w.types || ',', ',' "  \
    "|| e.type || ',') > 0"                                                                                            \
    " WHERE e.seq > ?3 ORDER BY e.seq"

/*
 * Writes the deliveries of the events after `after_seq`, and removes the oldest events. Events of single pages go only
 * to receivers that name them.
 */
static enum lince_status deliveries_write(struct sql *sql, int64_t after_seq, int64_t last_seq, int64_t now_ms,
                                          struct lince_error *error) {
    char at[TIME_TEXT_BYTES];
    store_time_text(now_ms, at);
    enum lince_status status =
        sql_run(sql, error,
                sql_either(sql, DELIVERIES_OF_EVENTS("lower(hex(randomblob(12)))"),
                           DELIVERIES_OF_EVENTS("substr(replace(gen_random_uuid()::text, '-', ''), 1, 24)")),
                "tii", at, now_ms, after_seq);
    if (status == LINCE_OK && after_seq / 256 != last_seq / 256) {
        status = sql_run(sql, error, "DELETE FROM events WHERE seq <= ?", "i", last_seq - EVENTS_KEPT);
    }
    return status;
}

enum lince_status event_write(struct store *store, const char *type, const char *data, struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t now_ms = store_now_ms();
    int64_t seq;
    enum lince_status status =
        sql_add(sql, &seq, error, "INSERT INTO events (at_ms, type, data) VALUES (?, ?, ?) RETURNING seq", "itt",
                now_ms, type, data);
    if (status != LINCE_OK) {
        return status;
    }
    return deliveries_write(sql, seq - 1, seq, now_ms, error);
}

#define EVENTS_OF_DOCUMENTS                                                                                            \
    "INSERT INTO events (at_ms, type, data) SELECT ?1, 'document.' || ?2,"                                             \
    " '{\"id\":\"' || id || '\",\"status\":\"' || ?2 || '\",\"batch\":'"                                               \
    " || coalesce('\"' || batch_id || '\"', 'null') || '}' FROM documents WHERE "

enum lince_status event_document(struct store *store, const char *id, const char *what, struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t now_ms = store_now_ms();
    int64_t seq;
    enum lince_status status =
        sql_add(sql, &seq, error, EVENTS_OF_DOCUMENTS "id=?3 RETURNING seq", "itt", now_ms, what, id);
    if (status != LINCE_OK) {
        return status;
    }
    return deliveries_write(sql, seq - 1, seq, now_ms, error);
}

enum lince_status events_of_waiting(struct store *store, const char *batch_id, bool with_queued,
                                    enum document_status next, struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t now_ms = store_now_ms();
    int64_t before = sql_number(sql, 0, "SELECT max(seq) FROM events", "");
    enum lince_status status = sql_run(sql, error,
                                       EVENTS_OF_DOCUMENTS "batch_id IS NOT DISTINCT FROM ?3 AND (status='held' OR"
                                                           " (?4=1 AND status='queued')) ORDER BY seq",
                                       "itti", now_ms, document_status_name(next), batch_id, (int64_t)with_queued);
    if (status != LINCE_OK || sql_changes(sql) == 0) {
        return status;
    }
    int64_t last = sql_number(sql, before, "SELECT max(seq) FROM events", "");
    return deliveries_write(sql, before, last, now_ms, error);
}

enum lince_status events_of_queued(struct store *store, const char *batch_id, enum document_status next,
                                   struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t now_ms = store_now_ms();
    int64_t before = sql_number(sql, 0, "SELECT max(seq) FROM events", "");
    enum lince_status status = sql_run(sql, error, EVENTS_OF_DOCUMENTS "batch_id=?3 AND status='queued' ORDER BY seq",
                                       "itt", now_ms, document_status_name(next), batch_id);
    if (status != LINCE_OK || sql_changes(sql) == 0) {
        return status;
    }
    int64_t last = sql_number(sql, before, "SELECT max(seq) FROM events", "");
    return deliveries_write(sql, before, last, now_ms, error);
}

enum lince_status event_batch(struct store *store, const char *id, const char *what, struct lince_error *error) {
    char type[48], data[128];
    snprintf(type, sizeof type, "batch.%s", what);
    snprintf(data, sizeof data, "{\"id\":\"%s\",\"status\":\"%s\"}", id, what);
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
    return event_batch(store, batch_id, "finished", error);
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

static bool event_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct event *event = filled;
    *event = (struct event){.seq = sql_integer(row, 0),
                            .at_ms = sql_integer(row, 1),
                            .type = sql_needed_text(row, 2, arena),
                            .data = sql_needed_text(row, 3, arena)};
    return event->type != NULL && event->data != NULL;
}

enum lince_status store_events(struct store *store, int64_t after_seq, size_t limit, struct arena *arena,
                               struct event **events, size_t *count, struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status;
    *count = 0;
    *events = arena_allocate_zero(arena, limit, sizeof **events);
    if (*events == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for %zu events", "no hay memoria para %zu eventos",
                         limit);
    }
    sql_lock(sql);
    struct sql_statement *statement =
        sql_bind(sql, "SELECT seq, at_ms, type, data FROM events WHERE seq > ? ORDER BY seq LIMIT ?", "ii", after_seq,
                 (int64_t)limit);
    while (sql_row(sql, statement, &status, error)) {
        if (!event_fill(statement, arena, &(*events)[*count])) {
            sql_done(statement); /* gives what fits; the next call gives the rest */
            break;
        }
        ++*count;
    }
    status = sql_check(sql, status, error);
    sql_unlock(sql);
    return status;
}

int64_t store_event_last(struct store *store) {
    sql_lock(&store->reader);
    int64_t last = sql_number(&store->reader, 0, "SELECT max(seq) FROM events", "");
    sql_unlock(&store->reader);
    return last;
}

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the events", "no hay memoria para los eventos");
}

enum lince_status store_memory_events(struct store *store, size_t limit, struct arena *arena, struct event **events,
                                      size_t *count, struct lince_error *error) {
    const struct sql_list list = {sizeof **events, limit, event_fill, no_memory};
    enum lince_status status;
    *events = sql_rows(&store->reader, &list, arena, count, &status, error,
                       "SELECT seq, at_ms, type, data FROM events WHERE type LIKE 'memory.%' OR type LIKE"
                       " 'worker.memory.%' ORDER BY seq DESC LIMIT ?",
                       "i", (int64_t)limit);
    return status;
}
