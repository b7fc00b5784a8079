/* jobs.c - the queue: takes jobs, ends them, and gives them back. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/known/party_learn.h"
#include "store/parts/document_parts.h"
#include "store/store_internal.h"

#define JOB_COLUMNS                                                                                                    \
    "seq, id, sha256, name, layouts, attempts, kills, lease, page_count, (SELECT count(*) FROM job_pages p WHERE "     \
    "p.document_seq=seq), codes, split_on, separator, first_page, part_of IS NOT NULL, letters"

static bool job_fill(const struct sql_statement *row, struct arena *arena, struct job *job) {
    job->document_seq = sql_integer(row, 0);
    job->id = sql_needed_text(row, 1, arena);
    job->sha256 = sql_needed_text(row, 2, arena);
    job->name = sql_needed_text(row, 3, arena);
    job->layouts = sql_needed_text(row, 4, arena);
    job->attempts = sql_integer(row, 5);
    job->kills = sql_integer(row, 6);
    job->lease = sql_needed_text(row, 7, arena);
    job->page_count = sql_integer(row, 8);
    job->pages_read = sql_integer(row, 9);
    job->codes = sql_integer(row, 10) != 0;
    job->split_on = sql_needed_text(row, 11, arena);
    job->separator = separator_use_of(sql_needed(row, 12));
    job->first_page = sql_integer(row, 13);
    job->is_part = sql_integer(row, 14) != 0;
    job->letters = sql_integer(row, 15) != 0;
    return job->id != NULL && job->sha256 != NULL && job->name != NULL && job->layouts != NULL && job->lease != NULL &&
           job->split_on != NULL;
}

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to take a job",
                     "no hay memoria para tomar un trabajo");
}

static enum lince_status take(struct store *store, struct arena *arena, struct job *job, bool *found,
                              struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t seq =
        sql_number(sql, -1, "SELECT document_seq FROM jobs WHERE lease IS NULL ORDER BY document_seq LIMIT 1", "");
    if (seq < 0) {
        return LINCE_OK;
    }
    enum lince_status status =
        sql_run(sql, error, "UPDATE jobs SET attempts=attempts+1, lease=? || ':' || ? WHERE document_seq=?", "tii",
                store->run, ++store->lease_count, seq);
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "UPDATE documents SET status='reading', started_ms=? WHERE seq=?", "ii",
                         store_now_ms(), seq);
    }
    if (status != LINCE_OK) {
        return status;
    }
    struct sql_statement *row = sql_bind(
        sql, "SELECT " JOB_COLUMNS " FROM jobs JOIN documents ON seq=document_seq WHERE document_seq=?", "i", seq);
    if (sql_row(sql, row, &status, error)) {
        *found = job_fill(row, arena, job);
        status = *found ? LINCE_OK : no_memory(error);
        sql_done(row);
    }
    return status;
}

/*
 * Takes a job where several nodes do. It needs no lock of all nodes, because it gives out no number. It skips rows that
 * another transaction has locked.
 */
static enum lince_status take_leased(struct store *store, struct arena *arena, struct job *job, bool *found,
                                     struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status;
    struct sql_statement *row = sql_bind(
        sql,
        "WITH free AS (SELECT j.document_seq FROM jobs j JOIN documents d ON d.seq=j.document_seq WHERE j.lease IS NULL"
        " ORDER BY j.document_seq LIMIT 1 FOR UPDATE SKIP LOCKED),"
        " leased AS (UPDATE jobs SET attempts=attempts+1, lease=?1 || ':' || ?4, node=?1,"
        " until_ms=database_ms()+?2 WHERE document_seq=(SELECT document_seq FROM free)"
        " RETURNING document_seq, attempts, kills, lease)"
        " UPDATE documents SET status='reading', started_ms=?3 FROM leased WHERE seq=leased.document_seq"
        " RETURNING " JOB_COLUMNS,
        "tiii", store->run, (int64_t)LEASE_MS, store_now_ms(), ++store->lease_count);
    if (sql_row(sql, row, &status, error)) {
        *found = job_fill(row, arena, job);
        status = *found ? LINCE_OK : no_memory(error);
        sql_done(row);
    }
    return status;
}

enum lince_status store_job_take(struct store *store, struct arena *arena, struct job *job, bool *found,
                                 struct lince_error *error) {
    *found = false;
    sql_lock(&store->writer);
    enum lince_status status =
        store->is_shared ? take_leased(store, arena, job, found, error) : sql_write(&store->writer, false, error);
    if (status == LINCE_OK && !store->is_shared) {
        status = sql_commit(&store->writer, take(store, arena, job, found, error), error);
    }
    sql_unlock(&store->writer);
    *found = *found && status == LINCE_OK;
    if (*found) {
        lease_hold(store, job->lease);
    }
    return status;
}

/* A failed reading keeps the results of an earlier one and a person's corrections. */
static enum lince_status result_write(struct store *store, const struct job *job, const struct job_result *result,
                                      struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status =
        sql_run(sql, error,
                "UPDATE documents SET status=?, finished_ms=?, error_code=?, error_message=?, version=version+1 WHERE"
                " seq=?",
                "titti", document_status_name(result->status), store_now_ms(), result->error_code,
                result->error_message, job->document_seq);
    if (status == LINCE_OK && result->page_count > 0) {
        status = sql_run(sql, error, "UPDATE documents SET page_count=? WHERE seq=?", "ii", result->page_count,
                         job->document_seq);
    }
    bool is_read = result->page != NULL || result->has_pages;
    if (status == LINCE_OK && is_read) {
        status = sql_run(sql, error,
                         "UPDATE documents SET layout=?, text=?, kind=?, direction=?, country=?, fields_pages=?,"
                         " fields_last_pages=? WHERE seq=?",
                         "tttttiii", result->layout, result->text, result->kind, result->direction, result->country,
                         result->fields_pages, result->fields_last_pages, job->document_seq);
    }
    /*
     * Of several pages, the first one's likeness is stored already. That of a file that is split goes: its first page
     * is also that of a part, which would be taken for a duplicate of the whole.
     */
    if (status == LINCE_OK && (result->page != NULL || result->likeness != NULL || result->part_count > 0)) {
        status = sql_run(sql, error, "UPDATE documents SET likeness=? WHERE seq=?", "bi", result->likeness,
                         (size_t)(result->likeness == NULL ? 0 : LIKENESS_BYTES), job->document_seq);
    }
    if (status == LINCE_OK && is_read) {
        status = reading_write(store, job->document_seq, result, error);
    }
    return status == LINCE_OK && is_read ? duplicates_judge_again(store, job->document_seq, job->id, error) : status;
}

enum lince_status job_end(struct store *store, const struct job *job, const struct job_result *result,
                          int64_t *waiting_change, struct lince_error *error) {
    struct sql *sql = &store->writer;
    if (sql_number(sql, 0, "SELECT count(*) FROM jobs WHERE document_seq=? AND lease=?", "it", job->document_seq,
                   job->lease) == 0) {
        return LINCE_OK; /* deleted or cancelled meanwhile, or the lease was lost */
    }
    int64_t added = 0;
    enum lince_status status = result_write(store, job, result, error);
    if (status == LINCE_OK && result->part_count > 0) {
        status = document_parts_write(store, job, result, &added, error);
    }
    *waiting_change = added - 1;
    if (status == LINCE_OK) { /* and with the job the pages that were stored while it was read */
        status = sql_run(sql, error, "DELETE FROM jobs WHERE document_seq=?", "i", job->document_seq);
    }
    char batch_id[ID_BYTES] = "";
    struct sql_statement *row =
        sql_bind(sql, "SELECT batch_id FROM documents WHERE seq=? AND batch_id IS NOT NULL", "i", job->document_seq);
    enum lince_status found;
    if (sql_row(sql, row, &found, NULL)) {
        snprintf(batch_id, sizeof batch_id, "%s", sql_needed(row, 0));
        sql_done(row);
    }
    const char *batch = batch_id[0] == '\0' ? NULL : batch_id;
    if (status == LINCE_OK) {
        status = event_document(store, job->id, document_status_name(result->status), error);
    }
    return status == LINCE_OK ? event_batch_if_finished(store, batch, error) : status;
}

enum lince_status store_job_end(struct store *store, const struct job *job, const struct job_result *result,
                                struct lince_error *error) {
    int64_t waiting_change = 0;
    sql_lock(&store->writer);
    enum lince_status status = sql_write(&store->writer, false, error);
    if (status == LINCE_OK) {
        status = sql_commit(&store->writer, job_end(store, job, result, &waiting_change, error), error);
    }
    sql_unlock(&store->writer);
    store_waiting_change(store, status == LINCE_OK ? waiting_change : 0);
    if (status == LINCE_OK) {
        lease_let_go(store, job->lease);
    }
    store_changed(store);
    return status;
}

enum lince_status store_job_return(struct store *store, const struct job *job, bool is_kill,
                                   struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, false, error);
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "UPDATE jobs SET lease=NULL, kills=kills+? WHERE document_seq=? AND lease=?",
                         "iit", (int64_t)is_kill, job->document_seq, job->lease);
        if (status == LINCE_OK && sql_changes(sql) == 1) {
            status = sql_run(sql, error, "UPDATE documents SET status='queued' WHERE seq=?", "i", job->document_seq);
        }
        status = sql_commit(sql, status, error);
    }
    sql_unlock(sql);
    if (status == LINCE_OK) {
        lease_let_go(store, job->lease);
    }
    store_changed(store);
    return status;
}

/* Notes in the history what people had decided, and that it no longer holds. */
static enum lince_status decisions_discard(struct store *store, int64_t seq, const struct reread *reread,
                                           struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status =
        sql_run(sql, error,
                "INSERT INTO corrections (document_seq, at_ms, actor, field, old_value, action, why)"
                " SELECT document_seq, ?2, ?3, name, value, 'discard', ?4 FROM decisions WHERE document_seq=?1",
                "iitt", seq, store_now_ms(), reread->actor, reread->why == NULL ? "" : reread->why);
    return status == LINCE_OK ? sql_run(sql, error, "DELETE FROM decisions WHERE document_seq=?", "i", seq) : status;
}

static enum lince_status reread(struct store *store, const char *id, const struct reread *wanted,
                                struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t seq = sql_number(sql, -1, "SELECT seq FROM documents WHERE id=?", "t", id);
    if (seq < 0) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no document %s", "no existe el documento %s", id);
    }
    enum lince_status status = sql_run(
        sql, error,
        "UPDATE documents SET status='queued', version=version+1, layouts=coalesce(?, layouts), error_code=NULL,"
        " error_message=NULL WHERE id=? AND image_gone=0 AND status NOT IN ('queued','reading')",
        "tt", wanted->layouts, id);
    if (status == LINCE_OK && sql_changes(sql) == 0) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "%s waits to be read already, or its image is gone",
                         "%s ya espera lectura, o su imagen ya no está", id);
    }
    const struct correction row = {
        .at_ms = store_now_ms(), .actor = wanted->actor, .field = "", .action = ACTION_REREAD, .why = wanted->why};
    if (status == LINCE_OK) {
        status = reading_history_write(store, seq, &row, error);
    }
    if (status == LINCE_OK && wanted->discards) {
        status = decisions_discard(store, seq, wanted, error);
    }
    if (status == LINCE_OK && wanted->discards) { /* what it taught about its parties is forgotten too */
        status = party_document_forget(sql, id, error);
    }
    if (status == LINCE_OK) {
        status = job_add(store, seq, error);
    }
    return status == LINCE_OK ? event_document(store, id, document_status_name(DOCUMENT_QUEUED), error) : status;
}

enum lince_status store_reread(struct store *store, const char *id, const struct reread *wanted,
                               struct lince_error *error) {
    sql_lock(&store->writer);
    enum lince_status status = sql_write(&store->writer, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(&store->writer, reread(store, id, wanted, error), error);
    }
    sql_unlock(&store->writer);
    store_waiting_change(store, status == LINCE_OK);
    store_changed(store);
    return status;
}
