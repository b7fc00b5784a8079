/* batches.c - documents that belong together: made, counted, paused, started, closed, cancelled, removed. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/store_internal.h"

/* The counts are in the order of enum document_status. */
#define BATCH_COLUMNS                                                                                                  \
    "b.seq, b.id, b.name, b.state, b.origin, b.created_ms, coalesce(b.closed_ms, -1), count(d.seq),"                   \
    " count(*) FILTER (WHERE d.status='held'), count(*) FILTER (WHERE d.status='queued'),"                             \
    " count(*) FILTER (WHERE d.status='reading'), count(*) FILTER (WHERE d.status='done'),"                            \
    " count(*) FILTER (WHERE d.status='failed'), count(*) FILTER (WHERE d.status='poisoned'),"                         \
    " count(*) FILTER (WHERE d.status='cancelled'), coalesce(sum(d.needs_review), 0), "                                \
    " coalesce(min(d.started_ms), -1), coalesce(max(d.finished_ms), -1), b.is_paused FROM batches b"                   \
    " LEFT JOIN documents d ON d.batch_id=b.id"

static bool batch_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct batch *batch = filled;
    batch->seq = sql_integer(row, 0);
    batch->id = sql_needed_text(row, 1, arena);
    batch->name = sql_needed_text(row, 2, arena);
    batch->state = batch_state_of(sql_needed(row, 3));
    batch->origin = document_origin_of(sql_needed(row, 4));
    int column = 5;
    batch->created_ms = sql_integer(row, column++);
    batch->closed_ms = sql_integer(row, column++);
    batch->total = sql_integer(row, column++);
    for (int status = 0; status < DOCUMENT_STATUSES; status++) {
        batch->by_status[status] = sql_integer(row, column++);
    }
    batch->needs_review = sql_integer(row, column++);
    batch->first_started_ms = sql_integer(row, column++);
    batch->last_finished_ms = sql_integer(row, column++);
    batch->is_paused = sql_integer(row, column) != 0;
    return batch->id != NULL && batch->name != NULL;
}

int64_t batch_final_count(const struct batch *batch) {
    int64_t count = 0;
    for (int status = 0; status < DOCUMENT_STATUSES; status++) {
        count += document_status_is_final(status) ? batch->by_status[status] : 0;
    }
    return count;
}

static enum lince_status not_found(struct lince_error *error, const char *id) {
    return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no batch %s", "no existe el lote %s", id);
}

enum lince_status batch_check_open(struct sql *sql, const char *id, struct lince_error *error) {
    int64_t is_open = id == NULL ? 1 : sql_number(sql, -1, "SELECT state='open' FROM batches WHERE id=?", "t", id);
    if (is_open == 1) {
        return LINCE_OK;
    }
    return is_open < 0 ? not_found(error, id)
                       : error_set(error, LINCE_ERROR_ARGUMENT, "the batch %s is closed and takes no more documents",
                                   "el lote %s está cerrado y no admite más documentos", id);
}

bool batch_is_paused(struct sql *sql, const char *id) {
    return id != NULL && sql_number(sql, 0, "SELECT is_paused FROM batches WHERE id=?", "t", id) != 0;
}

bool store_batch_is_paused(struct store *store, const char *id) {
    sql_lock(&store->reader);
    bool is_paused = batch_is_paused(&store->reader, id);
    sql_unlock(&store->reader);
    return is_paused;
}

enum lince_status batch_set_paused(struct store *store, const char *id, bool is_paused, struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status = sql_run(sql, error, "UPDATE batches SET is_paused=?1 WHERE id=?2 AND is_paused<>?1",
                                       "it", (int64_t)is_paused, id);
    bool is_new = status == LINCE_OK && sql_changes(sql) == 1;
    return is_new ? event_batch(store, id, is_paused ? "paused" : "started", error) : status;
}

enum lince_status batch_insert(struct store *store, const char *id, const char *name, enum document_origin origin,
                               struct lince_error *error) {
    enum lince_status status = sql_run(
        &store->writer, error, "INSERT INTO batches (id, name, state, origin, created_ms) VALUES (?, ?, 'open', ?, ?)",
        "ttti", id, name, document_origin_name(origin), store_now_ms());
    return status == LINCE_OK ? event_batch(store, id, "created", error) : status;
}

enum lince_status store_batch_add(struct store *store, const char *id, const char *name, enum document_origin origin,
                                  struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(sql, batch_insert(store, id, name, origin, error), error);
    }
    sql_unlock(sql);
    store_changed(store);
    return status;
}

enum lince_status store_batch_join(struct store *store, char id[ID_BYTES], const char *name,
                                   enum document_origin origin, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        struct sql_statement *row =
            sql_bind(sql, "SELECT id FROM batches WHERE name=? AND origin=? AND state='open' ORDER BY seq DESC LIMIT 1",
                     "tt", name, document_origin_name(origin));
        if (sql_row(sql, row, &status, error)) {
            snprintf(id, ID_BYTES, "%s", sql_needed(row, 0));
            sql_done(row);
        } else if (status == LINCE_OK) {
            status = batch_insert(store, id, name, origin, error);
        }
        status = sql_commit(sql, status, error);
    }
    sql_unlock(sql);
    store_changed(store);
    return status;
}

enum lince_status store_batch(struct store *store, const char *id, struct arena *arena, struct batch *batch,
                              struct lince_error *error) {
    static const struct sql_list one = {.fill = batch_fill};
    enum lince_status status;
    bool found = sql_one(&store->reader, &one, batch, arena, &status, error,
                         "SELECT " BATCH_COLUMNS " WHERE b.id=? GROUP BY b.seq", "t", id);
    return found || status != LINCE_OK ? status : not_found(error, id);
}

enum lince_status store_batches(struct store *store, int origin, int64_t before_seq, size_t limit, struct arena *arena,
                                struct batch **batches, size_t *count, struct lince_error *error) {
    const struct sql_list list = {.item_bytes = sizeof **batches, .most = limit, .fill = batch_fill};
    enum lince_status status;
    *batches = sql_rows(&store->reader, &list, arena, count, &status, error,
                        "SELECT " BATCH_COLUMNS " WHERE (?1 IS NULL OR b.origin=?1) AND (?2 IS NULL OR b.seq<?2)"
                        " GROUP BY b.seq ORDER BY b.seq DESC LIMIT ?3",
                        "tni", origin < 0 ? NULL : document_origin_name(origin), before_seq, (int64_t)limit);
    return status;
}

/* Takes the waiting documents of a batch out of the queue. */
static enum lince_status documents_cancel(struct store *store, const char *id, int64_t *cancelled,
                                          struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status = leases_keep_jobs_free(store, id, error);
    if (status == LINCE_OK) {
        status = events_of_waiting(store, id, true, DOCUMENT_CANCELLED, error);
    }
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "DELETE FROM jobs WHERE document_seq IN (SELECT seq FROM documents WHERE batch_id=? AND"
                         " status='queued')",
                         "t", id);
        *cancelled = sql_changes(sql);
    }
    return status != LINCE_OK
               ? status
               : sql_run(
                     sql, error,
                     "UPDATE documents SET status='cancelled', finished_ms=?, version=version+1 WHERE batch_id=? AND"
                     " status IN ('held','queued')",
                     "it", store_now_ms(), id);
}

/* A cancelled batch stays cancelled; documents that were queued in it since are cancelled too. */
static enum lince_status end(struct store *store, const char *id, enum batch_state state, int64_t *cancelled,
                             struct lince_error *error) {
    struct sql *sql = &store->writer;
    if (sql_number(sql, -1, "SELECT seq FROM batches WHERE id=?", "t", id) < 0) {
        return not_found(error, id);
    }
    enum lince_status status = sql_run(sql, error,
                                       "UPDATE batches SET state=?1, closed_ms=coalesce(closed_ms, ?2), is_paused="
                                       "CASE ?1 WHEN 'cancelled' THEN 0 ELSE is_paused END WHERE id=?3 AND"
                                       " state NOT IN ('cancelled', ?1)",
                                       "tit", batch_state_name(state), store_now_ms(), id);
    bool is_new = sql_changes(sql) == 1;
    if (status == LINCE_OK && is_new) {
        status = event_batch(store, id, batch_state_name(state), error);
    }
    if (status == LINCE_OK && state == BATCH_CANCELLED) {
        status = documents_cancel(store, id, cancelled, error);
    }
    return status == LINCE_OK && is_new ? event_batch_if_finished(store, id, error) : status;
}

enum lince_status store_batch_end(struct store *store, const char *id, enum batch_state state,
                                  struct lince_error *error) {
    int64_t cancelled = 0;
    sql_lock(&store->writer);
    enum lince_status status = sql_write(&store->writer, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(&store->writer, end(store, id, state, &cancelled, error), error);
    }
    sql_unlock(&store->writer);
    store_waiting_change(store, -(int64_t)(status == LINCE_OK ? cancelled : 0));
    store_changed(store);
    return status;
}

/* Documents that are held already stay held, without an event. */
enum lince_status batch_documents_hold(struct store *store, const char *id, int64_t *held, struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status = leases_keep_jobs_free(store, id, error);
    if (status == LINCE_OK) {
        status = events_of_queued(store, id, DOCUMENT_HELD, error);
    }
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "DELETE FROM jobs WHERE document_seq IN (SELECT seq FROM documents WHERE batch_id=? AND"
                         " status='queued')",
                         "t", id);
        *held += sql_changes(sql);
    }
    return status != LINCE_OK ? status
                              : sql_run(sql, error,
                                        "UPDATE documents SET status='held', version=version+1 WHERE batch_id=? AND"
                                        " status='queued'",
                                        "t", id);
}

static enum lince_status hold(struct store *store, const char *id, int64_t *held, struct lince_error *error) {
    int64_t is_cancelled = sql_number(&store->writer, -1, "SELECT state='cancelled' FROM batches WHERE id=?", "t", id);
    if (is_cancelled < 0) {
        return not_found(error, id);
    }
    if (is_cancelled != 0) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "the batch %s is cancelled and cannot be paused",
                         "el lote %s está cancelado y no se puede pausar", id);
    }
    enum lince_status status = batch_set_paused(store, id, true, error);
    return status == LINCE_OK ? batch_documents_hold(store, id, held, error) : status;
}

enum lince_status store_batch_hold(struct store *store, const char *id, struct lince_error *error) {
    int64_t held = 0;
    sql_lock(&store->writer);
    enum lince_status status = sql_write(&store->writer, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(&store->writer, hold(store, id, &held, error), error);
    }
    sql_unlock(&store->writer);
    store_waiting_change(store, -(int64_t)(status == LINCE_OK ? held : 0));
    store_changed(store);
    return status;
}

static enum lince_status delete_row(struct store *store, const char *id, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = event_batch(store, id, "deleted", error);
        status = status == LINCE_OK ? sql_run(sql, error, "DELETE FROM batches WHERE id=?", "t", id) : status;
        status = sql_commit(sql, status, error);
    }
    sql_unlock(sql);
    return status;
}

/* Deletes documents one at a time, so that no upload waits long for the lock. */
enum lince_status store_batch_delete(struct store *store, const char *id, struct lince_error *error) {
    enum lince_status status = store_batch_end(store, id, BATCH_CANCELLED, error);
    while (status == LINCE_OK) {
        char document[ID_BYTES] = "";
        sql_lock(&store->writer);
        struct sql_statement *row =
            sql_bind(&store->writer, "SELECT id FROM documents WHERE batch_id=? LIMIT 1", "t", id);
        if (sql_row(&store->writer, row, &status, error)) {
            strncpy(document, sql_needed(row, 0), sizeof document - 1);
            sql_done(row);
        }
        status = sql_check(&store->writer, status, error);
        sql_unlock(&store->writer);
        if (status != LINCE_OK || document[0] == '\0') {
            break;
        }
        status = store_document_delete(store, document, -1, error);
    }
    if (status == LINCE_OK) {
        status = delete_row(store, id, error);
        store_changed(store);
    }
    return status;
}

enum lince_status batch_release(struct store *store, const char *batch_id, int64_t *count, struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status = batch_id == NULL ? LINCE_OK : batch_set_paused(store, batch_id, false, error);
    if (status == LINCE_OK) {
        status = events_of_waiting(store, batch_id, false, DOCUMENT_QUEUED, error);
    }
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "INSERT INTO jobs (document_seq, queued_ms) SELECT seq, database_ms() FROM documents WHERE "
                         "status='held' AND"
                         " batch_id IS NOT DISTINCT FROM ?",
                         "t", batch_id);
        *count = sql_changes(sql);
    }
    return status != LINCE_OK
               ? status
               : sql_run(sql, error,
                         "UPDATE documents SET status='queued' WHERE status='held' AND batch_id IS NOT DISTINCT FROM ?",
                         "t", batch_id);
}

enum lince_status store_release(struct store *store, const char *batch_id, int64_t *count, struct lince_error *error) {
    sql_lock(&store->writer);
    enum lince_status status = sql_write(&store->writer, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(&store->writer, batch_release(store, batch_id, count, error), error);
    }
    sql_unlock(&store->writer);
    store_waiting_change(store, status == LINCE_OK ? *count : 0);
    store_changed(store);
    return status;
}

static enum lince_status gather(struct store *store, const char *batch_id, enum document_origin origin, size_t limit,
                                int64_t *count, int64_t *queued, struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status = sql_run(sql, error,
                                       "UPDATE documents SET batch_id=?1 WHERE seq IN (SELECT seq FROM documents WHERE"
                                       " origin=?2 AND batch_id IS NULL AND archived_ms IS NULL ORDER BY seq LIMIT ?3)",
                                       "tti", batch_id, document_origin_name(origin), (int64_t)limit);
    *count = sql_changes(sql);
    return status == LINCE_OK ? batch_release(store, batch_id, queued, error) : status;
}

enum lince_status store_batch_gather(struct store *store, const char *batch_id, enum document_origin origin,
                                     size_t limit, int64_t *count, struct lince_error *error) {
    int64_t queued = 0;
    *count = 0;
    sql_lock(&store->writer);
    enum lince_status status = sql_write(&store->writer, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(&store->writer, gather(store, batch_id, origin, limit, count, &queued, error), error);
    }
    sql_unlock(&store->writer);
    store_waiting_change(store, status == LINCE_OK ? queued : 0);
    store_changed(store);
    return status;
}
