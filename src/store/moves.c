/* moves.c - moves documents from one batch to another. */
#include <stdio.h>

#include "base/error.h"
#include "store/store_internal.h"

/* Adds to `held` how many documents wait no longer, because the new batch is paused. */
static enum lince_status move(struct store *store, const char *id, const char *batch_id, int64_t *held,
                              struct lince_error *error) {
    struct sql *sql = &store->writer;
    char former[ID_BYTES] = "";
    int64_t seq = sql_number(sql, -1, "SELECT seq FROM documents WHERE id=?", "t", id);
    if (seq < 0) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no document %s", "no existe el documento %s", id);
    }
    enum lince_status status = batch_check_open(sql, batch_id, error);
    if (status != LINCE_OK) {
        return status;
    }
    struct sql_statement *row =
        sql_bind(sql, "SELECT batch_id FROM documents WHERE seq=? AND batch_id IS NOT NULL", "i", seq);
    if (sql_row(sql, row, &status, error)) {
        snprintf(former, sizeof former, "%s", sql_needed(row, 0));
        sql_done(row);
    }
    if (status == LINCE_OK) {
        status =
            sql_run(sql, error, "UPDATE documents SET batch_id=?, version=version+1 WHERE seq=?", "ti", batch_id, seq);
    }
    if (status == LINCE_OK) {
        status = event_document(store, id, "moved", error);
    }
    if (status == LINCE_OK && batch_is_paused(sql, batch_id)) {
        status = batch_documents_hold(store, batch_id, held, error);
    }
    return status == LINCE_OK ? event_batch_if_finished(store, former[0] == '\0' ? NULL : former, error) : status;
}

enum lince_status store_move(struct store *store, const char *id, const char *batch_id, struct lince_error *error) {
    int64_t held = 0;
    sql_lock(&store->writer);
    enum lince_status status = sql_write(&store->writer, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(&store->writer, move(store, id, batch_id, &held, error), error);
    }
    sql_unlock(&store->writer);
    store_waiting_change(store, -(int64_t)(status == LINCE_OK ? held : 0));
    store_changed(store);
    return status;
}
