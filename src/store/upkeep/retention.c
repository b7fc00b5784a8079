/* retention.c - removes the oldest documents and images first, a few at a time, so that no upload waits long. */
#include "store/upkeep/retention.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/store_internal.h"

enum { AT_ONCE = 100 };

#define FINAL "status IN ('done','failed','poisoned','cancelled')"

/* Finds the next document to be removed with its record; false if there is none. */
static bool next_document(struct store *store, const struct retention *retention, char id[ID_BYTES],
                          enum lince_status *status, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    struct sql_statement *row = sql_bind(
        sql,
        "SELECT id FROM documents WHERE " FINAL " AND (received_ms < ?1 OR (?2 > 0 AND seq <="
        " (SELECT seq FROM documents WHERE " FINAL " ORDER BY seq DESC LIMIT 1 OFFSET ?2))) ORDER BY seq LIMIT 1",
        "ii", retention->documents_before_ms, retention->keep_count);
    bool found = sql_row(sql, row, status, error);
    if (found) {
        snprintf(id, ID_BYTES, "%s", sql_needed(row, 0));
        sql_done(row);
    }
    *status = sql_check(sql, *status, error);
    sql_unlock(sql);
    return found && *status == LINCE_OK;
}

/*
 * Removes the oldest image of the finished documents, but keeps the record. Only documents received before a time, or
 * (-1) any. Under the exclusive lock of the images.
 */
static bool image_take(struct store *store, int64_t before_ms, enum lince_status *status, struct lince_error *error) {
    struct sql *sql = &store->writer;
    char sha256[SHA256_TEXT_BYTES] = "";
    sql_lock(sql);
    *status = sql_write(sql, true, error);
    if (*status != LINCE_OK) {
        sql_unlock(sql);
        return false;
    }
    struct sql_statement *row =
        sql_bind(sql,
                 "SELECT sha256 FROM documents d WHERE image_gone=0 AND (?1 IS NULL OR received_ms < ?1)"
                 " AND " FINAL " AND NOT EXISTS (SELECT 1 FROM documents o WHERE o.sha256=d.sha256 AND"
                 " (o.received_ms >= ?1 OR o.status IN ('held','queued','reading')))"
                 " ORDER BY seq LIMIT 1",
                 "n", before_ms);
    bool found = sql_row(sql, row, status, error);
    if (found) {
        snprintf(sha256, sizeof sha256, "%s", sql_needed(row, 0));
        sql_done(row);
        *status =
            sql_run(sql, error, "UPDATE documents SET image_gone=1, version=version+1 WHERE sha256=?", "t", sha256);
    }
    *status = sql_commit(sql, *status, error);
    sql_unlock(sql);
    if (found && *status == LINCE_OK) {
        image_remove(store, sha256);
    }
    return found && *status == LINCE_OK;
}

/*
 * Only one node at a time removes images beyond a size, and it counts them first. Otherwise each node would remove as
 * much again.
 */
static bool size_turn_take(struct store *store) {
    struct sql *sql = &store->writer;
    if (!store->is_shared) {
        return true;
    }
    sql_lock(sql);
    enum lince_status status = sql_run(sql, NULL,
                                       "INSERT INTO meta (name, value) VALUES ('retained_ms', database_ms()::text) ON"
                                       " CONFLICT (name) DO UPDATE SET value=excluded.value WHERE"
                                       " meta.value::int8<database_ms()-3000",
                                       "");
    bool is_taken = status == LINCE_OK && sql_changes(sql) == 1;
    if (is_taken) {
        store->image_bytes = cluster_images_sum(sql, store->image_bytes);
    }
    sql_unlock(sql);
    return is_taken;
}

static bool is_beyond(const struct store *store, const struct retention *retention) {
    return retention->keep_image_bytes != 0 && store->image_bytes > retention->keep_image_bytes;
}

enum lince_status store_retain(struct store *store, const struct retention *retention, int64_t *count,
                               struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    char id[ID_BYTES];
    *count = 0;
    while (*count < AT_ONCE && next_document(store, retention, id, &status, error)) {
        status = store_document_delete(store, id, -1, error);
        if (status != LINCE_OK && status != LINCE_ERROR_NOT_FOUND) { /* another node may have removed it */
            return status;
        }
        ++*count;
    }
    pthread_rwlock_wrlock(&store->images);
    while (retention->images_before_ms >= 0 && status == LINCE_OK && *count < AT_ONCE &&
           image_take(store, retention->images_before_ms, &status, error)) {
        ++*count;
    }
    bool may_take = status == LINCE_OK && is_beyond(store, retention) && size_turn_take(store);
    while (may_take && is_beyond(store, retention) && status == LINCE_OK && *count < AT_ONCE &&
           image_take(store, -1, &status, error)) {
        ++*count;
    }
    pthread_rwlock_unlock(&store->images);
    return status;
}

enum lince_status store_setting_read(struct store *store, const char *name, char *text, size_t room,
                                     struct lince_error *error) {
    struct sql *sql = &store->reader;
    sql_lock(sql);
    enum lince_status status = store_meta_read(sql, name, text, room, error);
    sql_unlock(sql);
    return status;
}

enum lince_status store_setting_write(struct store *store, const char *name, const char *text,
                                      struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(sql, store_meta_write(sql, name, text, error), error);
    }
    sql_unlock(sql);
    return status;
}

enum lince_status store_keeping_read(struct store *store, const char *name, int64_t *value, struct lince_error *error) {
    char text[32] = "";
    enum lince_status status = store_setting_read(store, name, text, sizeof text, error);
    *value = text[0] == '\0' ? -1 : strtoll(text, NULL, 10);
    return status;
}

enum lince_status store_keeping_write(struct store *store, const char *name, int64_t value, struct lince_error *error) {
    char text[32];
    snprintf(text, sizeof text, "%" PRId64, value);
    return store_setting_write(store, name, text, error);
}
