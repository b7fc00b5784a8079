/* readings.c - writes a reading into the fields: people's decisions override it, and its changes are noted. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "fields/result/review_reason.h"
#include "fields/values/value.h"
#include "store/known/party_apply.h"
#include "store/store_internal.h"

enum lince_status reading_history_write(struct store *store, int64_t seq, const struct correction *row,
                                        struct lince_error *error) {
    return sql_run(&store->writer, error,
                   "INSERT INTO corrections (document_seq, at_ms, actor, field, old_value, new_value, action, why)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                   "iitttttt", seq, row->at_ms, row->actor, row->field, row->old_value, row->new_value,
                   correction_action_name(row->action), row->why == NULL ? "" : row->why);
}

/* Notes the values of the previous reading, so that changes can be recorded after the new one. */
static enum lince_status former_note(struct sql *sql, int64_t seq, struct lince_error *error) {
    return sql_run(sql, error,
                   "INSERT INTO corrections (document_seq, at_ms, actor, field, old_value, action)"
                   " SELECT document_seq, ?2, 'lince', name, coalesce(read_value, value), 'reading' FROM fields"
                   " WHERE document_seq=?1 AND (corrected=0 OR read_value IS NOT NULL)",
                   "ii", seq, store_now_ms());
}

/* Writes a row of the history if the noted value has changed or is gone. */
static enum lince_status changes_note(struct sql *sql, int64_t seq, struct lince_error *error) {
    enum lince_status status =
        sql_run(sql, error,
                "UPDATE corrections SET action='read', new_value=(SELECT f.value FROM fields f WHERE"
                " f.document_seq=?1 AND f.name=field) WHERE document_seq=?1 AND action='reading'",
                "i", seq);
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "INSERT INTO corrections (document_seq, at_ms, actor, field, new_value, action)"
                         " SELECT ?1, ?2, 'lince', f.name, f.value, 'read' FROM fields f WHERE f.document_seq=?1 AND"
                         " NOT EXISTS (SELECT 1 FROM corrections c WHERE c.document_seq=?1 AND c.field=f.name AND"
                         " c.action='read')",
                         "ii", seq, store_now_ms());
    }
    return status != LINCE_OK
               ? status
               : sql_run(
                     sql, error,
                     "DELETE FROM corrections WHERE document_seq=? AND action='read' AND old_value IS NOT DISTINCT FROM"
                     " new_value",
                     "i", seq);
}

static enum lince_status fields_write(struct sql *sql, int64_t seq, const struct job_result *result,
                                      struct lince_error *error) {
    enum lince_status status = sql_run(sql, error, "DELETE FROM fields WHERE document_seq=?", "i", seq);
    for (size_t i = 0; i < result->field_count && status == LINCE_OK; i++) {
        status = sql_run(sql, error,
                         "INSERT INTO fields (document_seq, name, value, detail) VALUES (?, ?, ?, ?) ON CONFLICT "
                         "(document_seq, name) DO UPDATE SET value=excluded.value, detail=excluded.detail",
                         "ittt", seq, result->fields[i].name, result->fields[i].value, result->fields[i].detail);
    }
    return status;
}

static enum lince_status decisions_apply(struct sql *sql, int64_t seq, struct lince_error *error) {
    enum lince_status status = sql_run(
        sql, error,
        "UPDATE fields SET read_value=value, corrected=1, value=(SELECT d.value FROM decisions d WHERE"
        " d.document_seq=?1 AND d.name=fields.name) WHERE document_seq=?1 AND EXISTS (SELECT 1 FROM decisions d WHERE"
        " d.document_seq=?1 AND d.name=fields.name AND d.value IS NOT NULL)",
        "i", seq);
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "INSERT INTO fields (document_seq, name, value, detail, corrected)"
                         " SELECT document_seq, name, value, '{}', 1 FROM decisions WHERE document_seq=? AND value IS"
                         " NOT NULL ON CONFLICT DO NOTHING",
                         "i", seq);
    }
    return status != LINCE_OK ? status
                              : sql_run(sql, error,
                                        "DELETE FROM fields WHERE document_seq=?1 AND name IN (SELECT name FROM"
                                        " decisions WHERE document_seq=?1 AND value IS NULL)",
                                        "i", seq);
}

/* ---- reasons for a review ---- */

static long long hundredths(struct sql *sql, int64_t seq, const char *name) {
    long long amount = -1;
    enum lince_status status;
    struct sql_statement *row =
        sql_bind(sql, "SELECT value FROM fields WHERE document_seq=? AND name=?", "it", seq, name);
    if (sql_row(sql, row, &status, NULL)) {
        amount = money_hundredths(sql_needed(row, 0));
        sql_done(row);
    }
    return amount;
}

/* Whether the reason "code:field" is about a field that a person decided on. */
static bool is_settled(struct sql *sql, int64_t seq, const char *field) {
    return sql_number(sql, 0, "SELECT count(*) FROM decisions WHERE document_seq=? AND name=?", "it", seq, field) > 0;
}

static bool has_amounts_decided(struct sql *sql, int64_t seq) {
    return sql_number(
               sql, 0,
               "SELECT count(*) FROM decisions WHERE document_seq=? AND name IN ('monto','comision','total','tax')",
               "i", seq) > 0;
}

static void reason_append(char *kept, const char *reason, size_t bytes) {
    size_t used = strlen(kept);
    if (used + bytes + 2 < REVIEW_BYTES) {
        kept[used] = ' ';
        memcpy(kept + used + (used > 0), reason, bytes);
        kept[used + (used > 0) + bytes] = '\0';
    }
}

enum lince_status reading_review_write(struct store *store, int64_t seq, const char *review,
                                       struct lince_error *error) {
    struct sql *sql = &store->writer;
    char kept[REVIEW_BYTES] = "", field[64];
    bool amounts_decided = has_amounts_decided(sql, seq);
    while (*review != '\0') {
        size_t bytes = strcspn(review, " "), code = strcspn(review, ": ");
        size_t field_bytes = code < bytes ? bytes - code - 1 : 0;
        bool is_sum = review_reason_of(review, code) == REASON_SUM;
        if (field_bytes < sizeof field) {
            memcpy(field, review + bytes - field_bytes, field_bytes);
            field[field_bytes] = '\0';
            if (!(is_sum && amounts_decided) && !is_settled(sql, seq, field)) {
                reason_append(kept, review, bytes);
            }
        }
        review += bytes + strspn(review + bytes, " ");
    }
    const char *doubt = !amounts_decided
                            ? NULL
                            : amounts_contradict(hundredths(sql, seq, "monto"), hundredths(sql, seq, "comision"),
                                                 hundredths(sql, seq, "total"), hundredths(sql, seq, "tax"));
    if (doubt != NULL) {
        char reason[32];
        snprintf(reason, sizeof reason, "%s:%s", review_reason_name(REASON_SUM), doubt);
        reason_append(kept, reason, strlen(reason));
    }
    return sql_run(sql, error, "UPDATE documents SET review=?, needs_review=? WHERE seq=?", "tii", kept,
                   (int64_t)(kept[0] != '\0'), seq);
}

/* NOLINTNEXTLINE(readability-non-const-parameter): it is changed through the question */
enum lince_status reading_parties_check(struct store *store, int64_t seq, bool is_new, char review[REVIEW_BYTES],
                                        struct lince_error *error) {
    const struct party_question question = {.document_seq = seq,
                                            .now_ms = store_now_ms(),
                                            .repairs = is_new,
                                            .review = review,
                                            .review_room = REVIEW_BYTES};
    return store->uses_parties ? party_document_check(&store->writer, &question, error)
                               : party_document_clear(&store->writer, &question, error);
}

/* The reasons of a new reading, with those that known parties give. */
static enum lince_status review_write(struct store *store, int64_t seq, const struct job_result *result,
                                      struct lince_error *error) {
    char review[REVIEW_BYTES] = "";
    if (result->review != NULL) {
        strncpy(review, result->review, sizeof review - 1);
    }
    enum lince_status status = reading_parties_check(store, seq, true, review, error);
    return status == LINCE_OK ? reading_review_write(store, seq, review, error) : status;
}

enum lince_status reading_reviews_settle(struct store *store, struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status = LINCE_OK;
    for (int64_t seq = 0; status == LINCE_OK && seq >= 0;) {
        char review[REVIEW_BYTES] = "";
        struct sql_statement *row = sql_bind(sql,
                                             "SELECT seq, review FROM documents WHERE seq>? AND review<>'' AND EXISTS"
                                             " (SELECT 1 FROM decisions WHERE document_seq=seq) ORDER BY seq LIMIT 1",
                                             "i", seq);
        seq = -1;
        if (sql_row(sql, row, &status, error)) {
            seq = sql_integer(row, 0);
            strncpy(review, sql_needed(row, 1), sizeof review - 1);
            sql_done(row);
            status = reading_review_write(store, seq, review, error);
        }
    }
    return status;
}

/* Replaces the pages by the new page, or by all that were stored while they were read. */
static enum lince_status pages_write(struct sql *sql, int64_t seq, const struct job_result *result,
                                     struct lince_error *error) {
    enum lince_status status = sql_run(sql, error, "DELETE FROM pages WHERE document_seq=?", "i", seq);
    if (status != LINCE_OK || !result->has_pages) {
        return status != LINCE_OK
                   ? status
                   : sql_run(sql, error, "INSERT INTO pages (document_seq, number, page) VALUES (?, 1, ?)", "it", seq,
                             result->page);
    }
    status = sql_run(sql, error,
                     "INSERT INTO pages (document_seq, number, page) SELECT document_seq, number, page FROM job_pages"
                     " WHERE document_seq=?",
                     "i", seq);
    return status != LINCE_OK
               ? status
               : sql_run(sql, error,
                         sql_either(sql,
                                    "UPDATE documents SET text=(SELECT group_concat(t.text, char(12)) FROM (SELECT"
                                    " coalesce(json_extract(page, '$.text'), '') AS text FROM pages WHERE"
                                    " document_seq=?1 ORDER BY number) t) WHERE seq=?1",
                                    "UPDATE documents SET text=(SELECT string_agg(coalesce(page::json->>'text', ''),"
                                    " chr(12) ORDER BY number) FROM pages WHERE document_seq=?1) WHERE seq=?1"),
                         "i", seq);
}

enum lince_status reading_write(struct store *store, int64_t seq, const struct job_result *result,
                                struct lince_error *error) {
    struct sql *sql = &store->writer;
    bool is_again = sql_number(sql, 0, "SELECT count(*) FROM pages WHERE document_seq=?", "i", seq) > 0;
    enum lince_status status = is_again ? former_note(sql, seq, error) : LINCE_OK;
    if (status == LINCE_OK) {
        status = pages_write(sql, seq, result, error);
    }
    if (status == LINCE_OK) {
        status = fields_write(sql, seq, result, error);
    }
    if (status == LINCE_OK && is_again) {
        status = changes_note(sql, seq, error);
    }
    if (status == LINCE_OK) {
        status = decisions_apply(sql, seq, error);
    }
    if (status == LINCE_OK) {
        status = review_write(store, seq, result, error);
    }
    return status == LINCE_OK ? search_write(store, seq, error) : status;
}
