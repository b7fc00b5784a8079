/* documents.c - documents in the store: found, listed, removed. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/list.h"
#include "store/store_internal.h"

/* `text`: the text, or the part of it that a list shows. */
#define COLUMNS_WITH(text)                                                                                             \
    "seq, id, batch_id, origin, status, name, stored_name, sha256, media_type, metadata, layouts, image_bytes, "       \
    "version, "                                                                                                        \
    "received_ms, started_ms, finished_ms, archived_ms, layout, " text ", error_code, error_message, duplicate_of, "   \
    "kind, direction, country, review, paid_date, currency, reference, bank, who, sender, duplicate_kind, amount, "    \
    "needs_review, image_gone, separator, first_page, split_on, part_code, part_of, "                                  \
    "duplicate_confirmed, page_count, CASE WHEN status IN ('queued','reading') THEN (SELECT count(*) FROM job_pages "  \
    "p WHERE p.document_seq=seq) ELSE page_count END, "                                                                \
    "CASE WHEN split_on='' THEN 0 ELSE (SELECT count(*) FROM documents p WHERE p.part_of=documents.id) END, "          \
    "fields_pages, fields_last_pages"
#define TEXT_OF(characters) "substr(text, 1, " #characters ")"
#define LIST_TEXT(limit) TEXT_OF(limit)

static enum lince_status not_found(struct lince_error *error, const char *id) {
    return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no document %s", "no existe el documento %s", id);
}

static int64_t time_column(struct sql_statement *statement, int column) {
    return sql_is_null(statement, column) ? -1 : sql_integer(statement, column);
}

/* How its file is split, or what part of a file it is. */
static bool part_of_fill(struct sql_statement *row, struct arena *arena, struct document *document, int *column) {
    document->separator = separator_use_of(sql_needed(row, (*column)++));
    document->first_page = sql_integer(row, (*column)++);
    document->split_on = sql_needed_text(row, (*column)++, arena);
    document->part_code = sql_needed_text(row, (*column)++, arena);
    document->part_of = sql_text(row, (*column)++, arena);
    return document->split_on != NULL && document->part_code != NULL &&
           (document->part_of != NULL || sql_is_null(row, *column - 1));
}

/* False if the arena refused memory for a member that is never NULL. */
static bool document_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct document *document = filled;
    int column = 0;
    document->seq = sql_integer(row, column++);
    bool is_whole = (document->id = sql_needed_text(row, column++, arena)) != NULL;
    document->batch_id = sql_text(row, column++, arena);
    is_whole = is_whole && (document->batch_id != NULL || sql_is_null(row, column - 1));
    document->origin = document_origin_of(sql_needed(row, column++));
    document->status = document_status_of(sql_needed(row, column++));
    const char **texts[] = {&document->name,       &document->stored_name, &document->sha256,
                            &document->media_type, &document->metadata,    &document->layouts};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++, column++) {
        *texts[i] = sql_needed_text(row, column, arena);
        is_whole = is_whole && *texts[i] != NULL;
    }
    document->image_bytes = sql_integer(row, column++);
    document->version = sql_integer(row, column++);
    int64_t *times[] = {&document->received_ms, &document->started_ms, &document->finished_ms, &document->archived_ms};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        *times[i] = time_column(row, column++);
    }
    const char **results[] = {&document->layout,        &document->text,         &document->error_code,
                              &document->error_message, &document->duplicate_of, &document->kind,
                              &document->direction,     &document->country,      &document->review,
                              &document->paid_date,     &document->currency,     &document->reference,
                              &document->bank,          &document->who,          &document->sender};
    enum { RESULTS_OPTIONAL = 8 }; /* the first columns of `results` may be NULL */
    for (size_t i = 0; i < sizeof results / sizeof *results; i++, column++) {
        bool may_be_none = i < RESULTS_OPTIONAL;
        *results[i] = may_be_none ? sql_text(row, column, arena) : sql_needed_text(row, column, arena);
        is_whole = is_whole && (*results[i] != NULL || (may_be_none && sql_is_null(row, column)));
    }
    document->duplicate_kind = duplicate_kind_of(sql_string(row, column++));
    document->amount = sql_integer(row, column++);
    document->needs_review = sql_integer(row, column++) != 0;
    document->image_gone = sql_integer(row, column++) != 0;
    is_whole = part_of_fill(row, arena, document, &column) && is_whole;
    document->duplicate_confirmed = sql_integer(row, column++) != 0;
    document->page_count = sql_integer(row, column++);
    document->pages_read = sql_integer(row, column++);
    document->part_count = sql_integer(row, column++);
    document->fields_pages = sql_integer(row, column++);
    document->fields_last_pages = sql_integer(row, column++);
    return is_whole;
}

void document_image_remove(struct store *store, const char *sha256) {
    sql_lock(&store->writer);
    int64_t uses =
        sql_number(&store->writer, 1, "SELECT count(*) FROM documents WHERE sha256=? AND image_gone=0", "t", sha256);
    sql_unlock(&store->writer);
    if (uses == 0) {
        image_remove(store, sha256);
    }
}

enum lince_status store_document(struct store *store, const char *id, struct arena *arena, struct document *document,
                                 struct lince_error *error) {
    static const struct sql_list one = {.fill = document_fill};
    enum lince_status status;
    bool found = sql_one(&store->reader, &one, document, arena, &status, error,
                         "SELECT " COLUMNS_WITH("text") " FROM documents WHERE id=?", "t", id);
    return found || status != LINCE_OK ? status : not_found(error, id);
}

enum lince_status store_documents(struct store *store, const struct document_filter *filter, struct arena *arena,
                                  struct document **documents, size_t *count, struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status = LINCE_OK;
    struct list list;
    *count = 0;
    *documents = arena_allocate_zero(arena, filter->limit, sizeof **documents);
    if (*documents == NULL) {
        return sql_no_memory(error);
    }
    sql_lock(sql);
    list_begin(&list, sql, COLUMNS_WITH(LIST_TEXT(LIST_TEXT_LIMIT)), filter);
    while (sql_row(sql, &list.statement, &status, error)) {
        if (!document_fill(&list.statement, arena, &(*documents)[*count])) {
            status = sql_no_memory(error);
            break;
        }
        ++*count;
    }
    list_end(&list);
    sql_unlock(sql);
    return status;
}

static enum lince_status delete_rows(struct store *store, const char *id, char sha256[SHA256_TEXT_BYTES],
                                     struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status;
    char batch_id[ID_BYTES];
    struct sql_statement *statement =
        sql_bind(sql,
                 "SELECT sha256, coalesce(batch_id, ''), status IN ('queued','reading'), status='held' FROM documents"
                 " WHERE id=?",
                 "t", id);
    if (!sql_row(sql, statement, &status, error)) {
        return status == LINCE_OK ? not_found(error, id) : status;
    }
    snprintf(sha256, SHA256_TEXT_BYTES, "%s", sql_needed(statement, 0));
    snprintf(batch_id, sizeof batch_id, "%s", sql_needed(statement, 1));
    bool waits = sql_integer(statement, 2) != 0, is_held = sql_integer(statement, 3) != 0;
    sql_done(statement);
    status = event_document(store, id, "deleted", error);
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "DELETE FROM documents WHERE id=?", "t", id);
    }
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "UPDATE documents SET duplicate_of=NULL, duplicate_kind=NULL, duplicate_confirmed=0 WHERE"
                         " duplicate_of=?",
                         "t", id);
    }
    if (status == LINCE_OK && batch_id[0] != '\0' && (waits || is_held)) {
        status = event_batch_if_finished(store, batch_id, error);
    }
    store_waiting_change(store, -(int64_t)(status == LINCE_OK && waits));
    return status;
}

enum lince_status store_document_delete(struct store *store, const char *id, int64_t version,
                                        struct lince_error *error) {
    char sha256[SHA256_TEXT_BYTES];
    pthread_rwlock_wrlock(&store->images);
    sql_lock(&store->writer);
    enum lince_status status = sql_write(&store->writer, true, error);
    if (status == LINCE_OK) {
        int64_t has = version < 0
                          ? version
                          : sql_number(&store->writer, version, "SELECT version FROM documents WHERE id=?", "t", id);
        status = has == version ? delete_rows(store, id, sha256, error)
                                : error_set(error, LINCE_ERROR_ARGUMENT,
                                            "%s is at version %lld, not %lld: somebody changed it meanwhile",
                                            "%s está en la versión %lld, no la %lld: alguien lo cambió entretanto", id,
                                            (long long)has, (long long)version);
        status = sql_commit(&store->writer, status, error);
    }
    sql_unlock(&store->writer);
    if (status == LINCE_OK) {
        document_image_remove(store, sha256);
    }
    pthread_rwlock_unlock(&store->images);
    store_changed(store);
    return status;
}

enum lince_status store_archive(struct store *store, enum document_origin origin, int64_t *count,
                                struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status != LINCE_OK) {
        sql_unlock(sql);
        return status;
    }
    status = sql_run(
        sql, error,
        "UPDATE documents SET archived_ms=? WHERE origin=? AND archived_ms IS NULL AND batch_id IS NOT NULL AND "
        "status IN ('done','failed','poisoned')",
        "it", store_now_ms(), document_origin_name(origin));
    *count = sql_changes(sql);
    status = sql_commit(sql, status, error);
    sql_unlock(sql);
    return status;
}
