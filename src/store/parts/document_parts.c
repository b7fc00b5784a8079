/* document_parts.c - copies the row of the document that came, and the pages of each part, numbered from 1 on. */
#include "store/parts/document_parts.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"

enum { PARTS_LISTED = 10000 };

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the parts of a document; raise the limit",
                     "no hay memoria para las partes de un documento; suba el límite");
}

/* ---- what came out ------------------------------------------------------------------------------------- */

/* The row: the file and the client's data are those of the document that came; "stack.pdf#3-5" says which pages. */
static enum lince_status row_write(struct sql *sql, const struct job *job, const struct document_part *part,
                                   const char *id, int64_t *seq, struct lince_error *error) {
    int64_t last_page = part->first_page + part->page_count - 1;
    return sql_add(
        sql, seq, error,
        "INSERT INTO documents (id, batch_id, origin, status, name, stored_name, sha256, image_bytes,"
        " media_type, metadata, layouts, received_ms, codes, letters, part_of, first_page, page_count, part_code)"
        " SELECT ?, batch_id, origin, 'queued', name || '#' || ? || CASE WHEN ?=1 THEN '' ELSE '-' || ? END,"
        " stored_name, sha256, image_bytes, media_type, metadata, layouts, ?, codes, letters, id, ?, ?, ?"
        " FROM documents WHERE seq=? RETURNING seq",
        "tiiiiiiti", id, part->first_page, part->page_count, last_page, store_now_ms(), part->first_page,
        part->page_count, part->code, job->document_seq);
}

/* A page begins with its number and how many there are, as the worker wrote it. */
#define BEGINNING(number, count) "'{\"page\":' || (" number ") || ',\"pages\":' || (" count ") || ','"
#define PAGES_COPY                                                                                                     \
    "INSERT INTO job_pages (document_seq, number, page) SELECT ?1, number-?2+1, " BEGINNING(                           \
        "number-?2+1", "?3") " || substr(page, length(" BEGINNING("number", "?4") ")+1) FROM job_pages"                \
                                                                                  " WHERE document_seq=?5 AND number"  \
                                                                                  " BETWEEN ?2 AND ?2+?3-1"

static enum lince_status part_write(struct store *store, const struct job *job, const struct job_result *result,
                                    const struct document_part *part, struct lince_error *error) {
    struct sql *sql = &store->writer;
    char id[ID_BYTES];
    int64_t seq = 0;
    store_id(id, "doc");
    enum lince_status status = row_write(sql, job, part, id, &seq, error);
    if (status == LINCE_OK) {
        status = search_write(store, seq, error);
    }
    if (status == LINCE_OK) {
        status = job_add(store, seq, error);
    }
    if (status == LINCE_OK) {
        status = sql_run(sql, error, PAGES_COPY, "iiiii", seq, part->first_page, part->page_count, result->page_count,
                         job->document_seq);
    }
    if (status == LINCE_OK) {
        status = duplicates_of_part(store, id, error);
    }
    return status == LINCE_OK ? event_document(store, id, document_status_name(DOCUMENT_QUEUED), error) : status;
}

/* A paused batch holds what comes out of its documents too. */
static enum lince_status parts_hold_if_paused(struct store *store, const struct job *job, int64_t *added,
                                              struct lince_error *error) {
    struct sql *sql = &store->writer;
    char batch_id[ID_BYTES] = "";
    int64_t held = 0;
    enum lince_status status;
    struct sql_statement *row = sql_bind(sql,
                                         "SELECT b.id FROM documents d JOIN batches b ON b.id=d.batch_id WHERE d.seq=?"
                                         " AND b.is_paused<>0",
                                         "i", job->document_seq);
    if (sql_row(sql, row, &status, error)) {
        snprintf(batch_id, sizeof batch_id, "%s", sql_needed(row, 0));
        sql_done(row);
    }
    if (status == LINCE_OK && batch_id[0] != '\0') {
        status = batch_documents_hold(store, batch_id, &held, error);
    }
    *added -= held;
    return status;
}

enum lince_status document_parts_write(struct store *store, const struct job *job, const struct job_result *result,
                                       int64_t *added, struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status = LINCE_OK;
    if (sql_number(sql, 1, "SELECT count(*) FROM documents WHERE part_of=?", "t", job->id) > 0) {
        return LINCE_OK;
    }
    for (size_t i = 0; i < result->part_count && status == LINCE_OK; i++) {
        status = part_write(store, job, result, &result->parts[i], error);
        *added += status == LINCE_OK;
    }
    return status == LINCE_OK ? parts_hold_if_paused(store, job, added, error) : status;
}

/* ---- what is known of them ----------------------------------------------------------------------------- */

static bool part_fill(struct sql_statement *row, struct arena *arena, void *item) {
    struct part_row *part = item;
    part->id = sql_needed_text(row, 0, arena);
    part->code = sql_needed_text(row, 1, arena);
    part->first_page = sql_integer(row, 2);
    part->page_count = sql_integer(row, 3);
    part->status = document_status_of(sql_needed(row, 4));
    return part->id != NULL && part->code != NULL;
}

enum lince_status store_parts(struct store *store, const char *id, struct arena *arena, struct part_row **parts,
                              size_t *count, struct lince_error *error) {
    static const struct sql_list list = {sizeof **parts, PARTS_LISTED, part_fill, no_memory};
    enum lince_status status = LINCE_OK;
    *parts = sql_rows(&store->reader, &list, arena, count, &status, error,
                      "SELECT id, part_code, first_page, page_count, status FROM documents WHERE part_of=? ORDER BY"
                      " first_page, seq",
                      "t", id);
    return status;
}

/* ---- the codes by which it is split -------------------------------------------------------------------- */

static bool codes_fill(struct sql_statement *row, struct arena *arena, void *item) {
    struct page_codes *page = item;
    page->number = sql_integer(row, 0);
    page->codes = sql_needed_text(row, 1, arena);
    return page->codes != NULL;
}

#define CODES_OF(codes, has_codes)                                                                                     \
    "SELECT number, " codes " FROM job_pages WHERE document_seq=? AND " has_codes " ORDER BY number"

enum lince_status store_job_codes(struct store *store, const struct job *job, struct arena *arena,
                                  struct page_codes **pages, size_t *count, struct lince_error *error) {
    const struct sql_list list = {sizeof **pages, (size_t)job->page_count, codes_fill, no_memory};
    enum lince_status status = LINCE_OK;
    *pages = sql_rows(&store->reader, &list, arena, count, &status, error,
                      sql_either(&store->reader,
                                 CODES_OF("json_extract(page, '$.codes')", "json_array_length(page, '$.codes')>0"),
                                 CODES_OF("page::json->>'codes'", "json_array_length(page::json->'codes')>0")),
                      "i", job->document_seq);
    return status;
}
