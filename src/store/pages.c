/* pages.c - pages of documents, and those of a reading in progress. */
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/json_text.h"
#include "store/store_internal.h"

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory left for the pages of a document; raise the limit",
                     "no queda memoria para las páginas de un documento; suba el límite");
}

enum lince_status store_page(struct store *store, int64_t document_seq, int64_t number, struct arena *arena,
                             const char **page, struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status;
    *page = NULL;
    sql_lock(sql);
    struct sql_statement *statement =
        sql_bind(sql,
                 "SELECT page FROM pages WHERE document_seq=?1 AND number=?2 UNION ALL SELECT page FROM job_pages WHERE"
                 " document_seq=?1 AND number=?2 AND NOT EXISTS (SELECT 1 FROM pages WHERE document_seq=?1)",
                 "ii", document_seq, number);
    if (sql_row(sql, statement, &status, error)) {
        *page = sql_needed_text(statement, 0, arena);
        status = *page == NULL ? no_memory(error) : LINCE_OK;
        sql_done(statement);
    }
    status = sql_check(sql, status, error);
    sql_unlock(sql);
    return status;
}

/* False when the arena refuses memory. */
static bool row_fill(struct sql_statement *statement, struct arena *arena, struct page_row *row) {
    *row = (struct page_row){sql_integer(statement, 0), sql_integer(statement, 1), sql_integer(statement, 2),
                             sql_text(statement, 3, arena), sql_text(statement, 4, arena)};
    return (row->error_code != NULL || sql_is_null(statement, 3)) &&
           (row->error_message != NULL || sql_is_null(statement, 4));
}

#define PAGE_ROW_SQLITE                                                                                                \
    "number, coalesce(json_extract(page, '$.width'), 0), coalesce(json_extract(page, '$.height'), 0), "                \
    "json_extract(page, '$.error.code'), json_extract(page, '$.error.message')"
#define PAGE_ROW_POSTGRES                                                                                              \
    "number, coalesce(page::json->>'width', '0'), coalesce(page::json->>'height', '0'), "                              \
    "page::json#>>'{error,code}', page::json#>>'{error,message}'"
#define PAGE_ROWS(row)                                                                                                 \
    "SELECT " row " FROM pages WHERE document_seq=?1 UNION ALL SELECT " row                                            \
    " FROM job_pages WHERE document_seq=?1 AND NOT EXISTS (SELECT 1 FROM pages WHERE document_seq=?1)"                 \
    " ORDER BY 1 LIMIT ?2"

enum lince_status store_pages(struct store *store, int64_t document_seq, struct arena *arena, struct page_row **pages,
                              size_t *count, struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status = LINCE_OK;
    *count = 0;
    sql_lock(sql);
    int64_t most = sql_number(sql, 0, "SELECT count(*) FROM pages WHERE document_seq=?", "i", document_seq) +
                   sql_number(sql, 0, "SELECT count(*) FROM job_pages WHERE document_seq=?", "i", document_seq);
    *pages = arena_allocate_zero(arena, (size_t)most + 1, sizeof **pages);
    if (*pages == NULL) {
        sql_unlock(sql);
        return no_memory(error);
    }
    struct sql_statement *statement = sql_bind_many(
        sql, sql_either(sql, PAGE_ROWS(PAGE_ROW_SQLITE), PAGE_ROWS(PAGE_ROW_POSTGRES)), "ii", document_seq, most);
    while (sql_row(sql, statement, &status, error)) {
        if (!row_fill(statement, arena, &(*pages)[*count])) {
            status = no_memory(error);
            sql_done(statement);
            break;
        }
        ++*count;
    }
    sql_unlock(sql);
    return status;
}

/* ---- a reading in progress ----------------------------------------------------------------------------- */

static enum lince_status event_page(struct store *store, const struct job *job, const struct job_page *page,
                                    struct lince_error *error) {
    char data[256], batch[ID_BYTES + 8] = "null";
    enum lince_status status;
    struct sql_statement *row = sql_bind(
        &store->writer, "SELECT batch_id FROM documents WHERE seq=? AND batch_id IS NOT NULL", "i", job->document_seq);
    if (sql_row(&store->writer, row, &status, error)) {
        snprintf(batch, sizeof batch, "\"%s\"", sql_needed(row, 0));
        sql_done(row);
    }
    snprintf(data, sizeof data,
             "{\"id\":\"%s\",\"page\":%" PRId64 ",\"page_count\":%" PRId64 ",\"status\":\"%s\",\"batch\":%s}", job->id,
             page->number, page->page_count, document_status_name(page->is_read ? DOCUMENT_DONE : DOCUMENT_FAILED),
             batch);
    return status == LINCE_OK ? event_write(store, "document.page", data, error) : status;
}

static enum lince_status page_keep(struct store *store, const struct job *job, const struct job_page *page,
                                   bool *goes_on, struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status =
        sql_run(sql, error,
                sql_either(sql, "UPDATE jobs SET kills=0, attempts=1 WHERE document_seq=? AND lease=?",
                           "UPDATE jobs SET kills=0, attempts=1, lapses=0 WHERE document_seq=? AND lease=?"),
                "it", job->document_seq, job->lease);
    *goes_on = status == LINCE_OK && sql_changes(sql) == 1;
    if (!*goes_on) {
        return status;
    }
    status = sql_run(sql, error,
                     "INSERT INTO job_pages (document_seq, number, page) VALUES (?, ?, ?) ON CONFLICT (document_seq, "
                     "number) DO UPDATE SET page=excluded.page",
                     "iit", job->document_seq, page->number, page->page);
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "UPDATE documents SET page_count=? WHERE seq=?", "ii", page->page_count,
                         job->document_seq);
    }
    if (status == LINCE_OK && page->likeness != NULL) { /* of a file with parts, the first page is that of a part */
        status = sql_run(sql, error,
                         "UPDATE documents SET likeness=? WHERE seq=? AND NOT EXISTS (SELECT 1 FROM documents p WHERE"
                         " p.part_of=documents.id)",
                         "bi", page->likeness, (size_t)LIKENESS_BYTES, job->document_seq);
    }
    return status == LINCE_OK ? event_page(store, job, page, error) : status;
}

enum lince_status store_job_page(struct store *store, const struct job *job, const struct job_page *page, bool *goes_on,
                                 struct lince_error *error) {
    *goes_on = false;
    sql_lock(&store->writer);
    enum lince_status status = sql_write(&store->writer, false, error);
    if (status == LINCE_OK) {
        status = sql_commit(&store->writer, page_keep(store, job, page, goes_on, error), error);
    }
    if (status == LINCE_OK && !*goes_on) {
        lease_let_go(store, job->lease);
    }
    sql_unlock(&store->writer);
    store_changed(store);
    return status;
}

const char *store_page_without_letters(const struct sql_statement *row, int column, struct arena *arena) {
    const char *page = sql_needed(row, column);
    char *kept = arena_allocate(arena, json_text_without(page, "letters", NULL) + 1);
    if (kept != NULL) {
        (void)json_text_without(page, "letters", kept);
    }
    return kept;
}

/*
 * Adds the pages that the statement gives behind the first ones, as many as fit in `limit_bytes`, but at least one.
 */
static enum lince_status pages_take(struct sql *sql, struct sql_statement *statement, size_t limit_bytes,
                                    struct arena *arena, struct job_pages *pages, size_t *taken,
                                    struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    const char **texts = pages->texts + pages->first_count;
    *taken = 0;
    while (sql_row(sql, statement, &status, error)) {
        size_t bytes = json_text_without(sql_needed(statement, 0), "letters", NULL) + 1;
        bool fits = *taken == 0 || pages->bytes + bytes <= limit_bytes;
        const char *page = fits ? store_page_without_letters(statement, 0, arena) : NULL;
        status = fits && page == NULL ? no_memory(error) : LINCE_OK;
        if (page == NULL) {
            sql_done(statement);
            break;
        }
        texts[(*taken)++] = page;
        pages->bytes += bytes;
    }
    return status;
}

#define PAGES_FROM(side) "SELECT page FROM job_pages WHERE document_seq=? AND number>? ORDER BY number " side " LIMIT ?"

enum lince_status store_job_pages(struct store *store, const struct job *job, const struct job_pages_limits *limits,
                                  struct arena *arena, struct job_pages *pages, struct lince_error *error) {
    struct sql *sql = &store->reader;
    *pages = (struct job_pages){
        .texts = arena_allocate_zero(arena, limits->first_count + limits->last_count + 1, sizeof *pages->texts)};
    if (pages->texts == NULL) {
        return no_memory(error);
    }
    sql_lock(sql);
    enum lince_status status = pages_take(
        sql, sql_bind_many(sql, PAGES_FROM("ASC"), "iii", job->document_seq, (int64_t)0, (int64_t)limits->first_count),
        limits->bytes / 2, arena, pages, &pages->first_count, error);
    if (status == LINCE_OK && limits->last_count > 0) {
        status = pages_take(sql,
                            sql_bind_many(sql, PAGES_FROM("DESC"), "iii", job->document_seq,
                                          (int64_t)pages->first_count, (int64_t)limits->last_count),
                            limits->bytes, arena, pages, &pages->last_count, error);
    }
    sql_unlock(sql);
    const char **last = pages->texts + pages->first_count;
    for (size_t i = 0; i < pages->last_count / 2; i++) { /* they came from the end on */
        const char *page = last[i];
        last[i] = last[pages->last_count - 1 - i];
        last[pages->last_count - 1 - i] = page;
    }
    return status;
}

#define PAGES_WITH(condition)                                                                                          \
    "SELECT number FROM job_pages WHERE document_seq=? AND " condition " ORDER BY number LIMIT ?"

enum lince_status store_job_pages_failed(struct store *store, const struct job *job, struct arena *arena,
                                         int64_t **numbers, size_t *count, struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status = LINCE_OK;
    *count = 0;
    *numbers = arena_allocate_zero(arena, (size_t)job->page_count + 1, sizeof **numbers);
    if (*numbers == NULL) {
        return no_memory(error);
    }
    sql_lock(sql);
    struct sql_statement *statement =
        sql_bind_many(sql,
                      sql_either(sql, PAGES_WITH("json_type(page, '$.error') IS NOT NULL"),
                                 PAGES_WITH("page::json->'error' IS NOT NULL")),
                      "ii", job->document_seq, job->page_count);
    while (sql_row(sql, statement, &status, error)) {
        (*numbers)[(*count)++] = sql_integer(statement, 0);
    }
    sql_unlock(sql);
    return status;
}
