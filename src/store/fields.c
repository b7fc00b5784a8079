/* fields.c - the fields of a document, and what people corrected in them. */
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/known/party_learn.h"
#include "store/store_internal.h"

enum { FIELDS_LIMIT = 128, CORRECTIONS_LIMIT = 1000 };

static bool field_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct field_row *field = filled;
    field->name = sql_needed_text(row, 0, arena);
    field->value = sql_needed_text(row, 1, arena);
    field->detail = sql_needed_text(row, 2, arena);
    field->is_corrected = sql_integer(row, 3) != 0;
    field->read_value = sql_text(row, 4, arena);
    field->party = sql_text(row, 5, arena);
    return field->name != NULL && field->value != NULL && field->detail != NULL &&
           (field->read_value != NULL || sql_is_null(row, 4)) && (field->party != NULL || sql_is_null(row, 5));
}

enum lince_status store_fields(struct store *store, int64_t document_seq, struct arena *arena,
                               struct field_row **fields, size_t *count, struct lince_error *error) {
    static const struct sql_list list = {.item_bytes = sizeof **fields, .most = FIELDS_LIMIT, .fill = field_fill};
    enum lince_status status;
    *fields =
        sql_rows(&store->reader, &list, arena, count, &status, error,
                 "SELECT name, value, detail, corrected, read_value, (SELECT p.id FROM party_uses u JOIN parties p ON"
                 " p.seq=u.party_seq WHERE u.document_seq=f.document_seq AND u.field=f.name AND u.how='repaired')"
                 " FROM fields f WHERE document_seq=? ORDER BY name LIMIT ?",
                 "ii", document_seq, (int64_t)FIELDS_LIMIT);
    return status;
}

static bool name_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    const char **name = filled;
    *name = sql_needed_text(row, 0, arena);
    return *name != NULL;
}

enum lince_status store_field_names(struct store *store, const char *batch_id, struct arena *arena, const char ***names,
                                    size_t *count, struct lince_error *error) {
    static const struct sql_list list = {.item_bytes = sizeof **names, .most = FIELDS_LIMIT, .fill = name_fill};
    enum lince_status status;
    *names = sql_rows(&store->reader, &list, arena, count, &status, error,
                      "SELECT DISTINCT f.name FROM documents d JOIN fields f ON f.document_seq=d.seq"
                      " WHERE (?1 IS NULL OR d.batch_id=?1) ORDER BY 1 LIMIT ?2",
                      "ti", batch_id, (int64_t)FIELDS_LIMIT);
    return status;
}

enum lince_status store_corrections(struct store *store, int64_t document_seq, struct arena *arena,
                                    struct correction **corrections, size_t *count, struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status;
    sql_lock(sql);
    int64_t rows = sql_number(sql, 0, "SELECT count(*) FROM corrections WHERE document_seq=?", "i", document_seq);
    rows = rows < CORRECTIONS_LIMIT ? rows : CORRECTIONS_LIMIT;
    *count = 0;
    *corrections = arena_allocate_zero(arena, (size_t)rows + 1, sizeof **corrections);
    struct sql_statement *statement =
        sql_bind(sql,
                 "SELECT at_ms, actor, field, old_value, new_value, action, why FROM corrections WHERE "
                 "document_seq=? ORDER BY seq DESC LIMIT ?",
                 "ii", document_seq, rows);
    status = *corrections == NULL ? sql_no_memory(error) : LINCE_OK;
    while (*corrections != NULL && sql_row(sql, statement, &status, error)) {
        struct correction *correction = &(*corrections)[(*count)++];
        correction->at_ms = sql_integer(statement, 0);
        correction->actor = sql_needed_text(statement, 1, arena);
        correction->field = sql_needed_text(statement, 2, arena);
        correction->old_value = sql_text(statement, 3, arena);
        correction->new_value = sql_text(statement, 4, arena);
        correction->action = correction_action_of(sql_needed(statement, 5));
        correction->why = sql_needed_text(statement, 6, arena);
    }
    sql_unlock(sql);
    return status;
}

static enum lince_status correct_one(struct store *store, int64_t seq, const struct change *change,
                                     const struct correction *correction, int64_t now, struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status =
        sql_run(sql, error,
                "INSERT INTO corrections (document_seq, at_ms, actor, field, old_value, new_value, action, why)"
                " VALUES (?1, ?2, ?3, ?4, (SELECT value FROM fields WHERE document_seq=?1 AND name=?4), ?5, 'correct',"
                " ?6)",
                "iitttt", seq, now, change->actor, correction->field, correction->new_value,
                change->why == NULL ? "" : change->why);
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "INSERT INTO decisions (document_seq, name, value) VALUES (?, ?, ?)"
                         " ON CONFLICT (document_seq, name) DO UPDATE SET value=excluded.value",
                         "itt", seq, correction->field, correction->new_value);
    }
    if (status != LINCE_OK) {
        return status;
    }
    status =
        sql_run(sql, error, "DELETE FROM party_uses WHERE document_seq=? AND field=?", "it", seq, correction->field);
    if (status != LINCE_OK) {
        return status;
    }
    if (correction->new_value == NULL) {
        return sql_run(sql, error, "DELETE FROM fields WHERE document_seq=? AND name=?", "it", seq, correction->field);
    }
    return sql_run(sql, error,
                   "INSERT INTO fields (document_seq, name, value, detail, corrected) VALUES (?, ?, ?, '{}', 1)"
                   " ON CONFLICT (document_seq, name) DO UPDATE SET"
                   " read_value=CASE WHEN fields.corrected=0 THEN coalesce(fields.read_value, fields.value) ELSE"
                   " fields.read_value END, "
                   "value=excluded.value, corrected=1",
                   "itt", seq, correction->field, correction->new_value);
}

static enum lince_status review_take(struct sql *sql, int64_t seq, char review[REVIEW_BYTES],
                                     struct lince_error *error) {
    enum lince_status status;
    struct sql_statement *row = sql_bind(sql, "SELECT review FROM documents WHERE seq=?", "i", seq);
    review[0] = '\0';
    if (sql_row(sql, row, &status, error)) {
        strncpy(review, sql_needed(row, 0), REVIEW_BYTES - 1);
        review[REVIEW_BYTES - 1] = '\0';
        sql_done(row);
    }
    return status;
}

/* A person has reviewed the document, so no reason for a review remains. */
static enum lince_status review_end(struct store *store, int64_t seq, const struct change *change, const char *review,
                                    int64_t now, struct lince_error *error) {
    const struct correction looked = {.at_ms = now,
                                      .actor = change->actor,
                                      .field = "",
                                      .old_value = review,
                                      .action = ACTION_REVIEW,
                                      .why = change->why};
    enum lince_status status = reading_history_write(store, seq, &looked, error);
    return status == LINCE_OK
               ? sql_run(&store->writer, error, "UPDATE documents SET review='', needs_review=0 WHERE seq=?", "i", seq)
               : status;
}

/* Learns from the document about its parties, as the person left it. */
static enum lince_status parties_learn(struct store *store, const char *id, int64_t seq, const struct change *change,
                                       const char *review, int64_t now, struct lince_error *error) {
    const struct party_lesson lesson = {.document_seq = seq,
                                        .now_ms = now,
                                        .document_id = id,
                                        .actor = change->actor,
                                        .review = review,
                                        .make_id = store_id};
    return store->uses_parties ? party_document_learn(&store->writer, &lesson, error) : LINCE_OK;
}

/* Writes the reasons for a review again, after the person's decisions. */
static enum lince_status review_again(struct store *store, const char *id, int64_t seq, const struct change *change,
                                      int64_t now, struct lince_error *error) {
    char review[REVIEW_BYTES];
    enum lince_status status = review_take(&store->writer, seq, review, error);
    if (status == LINCE_OK && change->is_reviewed) {
        status = review_end(store, seq, change, review, now, error);
        review[0] = '\0';
    }
    if (status == LINCE_OK) {
        status = parties_learn(store, id, seq, change, review, now, error);
    }
    if (status == LINCE_OK && !change->is_reviewed) {
        status = reading_parties_check(store, seq, false, review, error);
        status = status == LINCE_OK ? reading_review_write(store, seq, review, error) : status;
    }
    return status;
}

static enum lince_status correct_all(struct store *store, const char *id, const struct change *change,
                                     struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t seq = sql_number(sql, -1, "SELECT seq FROM documents WHERE id=?", "t", id);
    if (seq < 0) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no document %s", "no existe el documento %s", id);
    }
    int64_t now = store_now_ms(), has = sql_number(sql, -1, "SELECT version FROM documents WHERE seq=?", "i", seq);
    if (change->version >= 0 && change->version != has) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "%s is at version %lld, not %lld: somebody changed it meanwhile",
                         "%s está en la versión %lld, no la %lld: alguien lo cambió entretanto", id, (long long)has,
                         (long long)change->version);
    }
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < change->count && status == LINCE_OK; i++) {
        status = correct_one(store, seq, change, &change->corrections[i], now, error);
    }
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "UPDATE documents SET version=version+1 WHERE seq=?", "i", seq);
    }
    if (status == LINCE_OK) {
        status = review_again(store, id, seq, change, now, error);
    }
    if (status == LINCE_OK && change->count > 0) {
        status = search_write(store, seq, error);
    }
    if (status == LINCE_OK && change->count > 0) {
        status = duplicates_judge_again(store, seq, id, error);
    }
    return status == LINCE_OK ? event_document(store, id, "corrected", error) : status;
}

enum lince_status store_correct(struct store *store, const char *id, const struct change *change,
                                struct lince_error *error) {
    sql_lock(&store->writer);
    enum lince_status status = sql_write(&store->writer, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(&store->writer, correct_all(store, id, change, error), error);
    }
    sql_unlock(&store->writer);
    store_changed(store);
    return status;
}

/* ---- what was taught ---- */

#define IS_KNOWN                                                                                                       \
    "(EXISTS (SELECT 1 FROM decisions x WHERE x.document_seq=d.seq) OR EXISTS (SELECT 1 FROM corrections c WHERE "     \
    "c.document_seq=d.seq AND c.action='review'))"

/* Adds the documents that a query gives: seq, id, page. */
static enum lince_status documents_add(struct store *store, bool is_known, size_t most, struct arena *arena,
                                       int64_t *seqs, struct taught_document *documents, size_t *count,
                                       struct lince_error *error) {
    struct sql *sql = &store->reader;
    enum lince_status status;
    sql_lock(sql);
    struct sql_statement *row = sql_bind(
        sql,
        is_known ? "SELECT d.seq, d.id, p.page FROM documents d JOIN pages p ON p.document_seq=d.seq AND p.number=1"
                   " WHERE d.status='done' AND " IS_KNOWN " AND NOT EXISTS (SELECT 1 FROM pages q WHERE"
                   " q.document_seq=d.seq AND q.number>1) ORDER BY d.seq DESC LIMIT ?"
                 : "SELECT d.seq, d.id, p.page FROM documents d JOIN pages p ON p.document_seq=d.seq AND p.number=1"
                   " WHERE d.status='done' AND NOT " IS_KNOWN " AND NOT EXISTS (SELECT 1 FROM pages q WHERE"
                   " q.document_seq=d.seq AND q.number>1) ORDER BY d.seq DESC LIMIT ?",
        "i", (int64_t)most);
    while (sql_row(sql, row, &status, error)) {
        seqs[*count] = sql_integer(row, 0);
        struct taught_document *document = &documents[*count];
        document->id = sql_needed_text(row, 1, arena);
        document->page = store_page_without_letters(row, 2, arena);
        document->is_known = is_known;
        if (document->id == NULL || document->page == NULL) {
            status = sql_no_memory(error);
            sql_done(row);
            break;
        }
        ++*count;
    }
    sql_unlock(sql);
    return status;
}

enum lince_status store_taught(struct store *store, size_t known_most, size_t other_most, struct arena *arena,
                               struct taught_document **documents, size_t *count, struct lince_error *error) {
    int64_t *seqs = arena_allocate(arena, (known_most + other_most + 1) * sizeof *seqs);
    *count = 0;
    *documents = arena_allocate_zero(arena, known_most + other_most + 1, sizeof **documents);
    if (seqs == NULL || *documents == NULL) {
        return sql_no_memory(error);
    }
    enum lince_status status = documents_add(store, true, known_most, arena, seqs, *documents, count, error);
    for (size_t i = 0; i < *count && status == LINCE_OK; i++) {
        status = store_fields(store, seqs[i], arena, &(*documents)[i].right, &(*documents)[i].right_count, error);
    }
    return status == LINCE_OK ? documents_add(store, false, other_most, arena, seqs, *documents, count, error) : status;
}
