/* party_learn.c - facts of parties from the documents that people confirmed. */
#include "store/known/party_learn.h"

#include <string.h>

#include "store/known/party_sight.h"
#include "store/sql/sql.h"

enum { ID_ROOM = 64 };

enum lince_status party_fact_add(struct sql *sql, const struct party_fact_new *added, struct lince_error *error) {
    return sql_run(sql, error,
                   "INSERT INTO party_facts (party_seq, kind, value, source, sought, actor, at_ms) VALUES"
                   " (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                   "ittttti", added->party_seq, party_fact_name(added->fact), added->value, added->source,
                   added->sought, added->actor, added->now_ms);
}

/* ---- what a person confirmed ---- */

/* When the document was approved last, as a row of its history; -1: never. */
static int64_t approval_of(struct sql *sql, int64_t document_seq) {
    return sql_number(sql, -1,
                      "SELECT coalesce(max(seq), -1) FROM corrections WHERE document_seq=? AND action='review'", "i",
                      document_seq);
}

/* Whether a later reading changed the field after the approval. */
static bool is_changed(struct sql *sql, int64_t document_seq, const char *field, int64_t approval) {
    return sql_number(sql, 0,
                      "SELECT count(*) FROM corrections WHERE document_seq=? AND field=? AND action='read' AND seq>?",
                      "iti", document_seq, field, approval) > 0;
}

/* Keeps of a sight only what teaches; false if it teaches nothing. */
static bool sight_teaches(struct sql *sql, const struct party_lesson *lesson, int64_t approval,
                          struct party_sight *sight) {
    const struct party_role_field *fields = sight->role->fields;
    bool is_touched = approval >= 0, has_mark = false;
    for (size_t i = 0; i < PARTY_ROLE_FIELDS && fields[i].name != NULL; i++) {
        is_touched = is_touched || sight->is_decided[i];
        bool is_doubted = party_field_is_doubted(lesson->review, fields[i].name) ||
                          (approval >= 0 && is_changed(sql, lesson->document_seq, fields[i].name, approval));
        if (is_doubted && !sight->is_decided[i]) {
            sight->values[i][0] = '\0';
        }
        bool is_mark = fields[i].fact >= PARTY_ID && fields[i].fact <= PARTY_PHONE;
        has_mark = has_mark || (is_mark && sight->values[i][0] != '\0');
    }
    return is_touched && has_mark && sight->values[0][0] != '\0';
}

/* ---- whose it is ---- */

static bool has_id(struct sql *sql, int64_t party_seq) {
    return sql_number(sql, 0, "SELECT count(*) FROM party_facts WHERE party_seq=? AND kind='id'", "i", party_seq) > 0;
}

/* Whether a party with that account, key or phone is the one of the sight: it has the same name, and no other id. */
static enum lince_status party_fits(struct sql *sql, int64_t party_seq, const struct party_sight *sight, bool sees_id,
                                    bool *fits, struct lince_error *error) {
    enum party_likeness likeness;
    char known[PARTY_VALUE_BYTES];
    bool is_torn;
    enum lince_status status = party_name_nearest(sql, party_seq, sight->values[0], &likeness, known, &is_torn, error);
    *fits = likeness >= PARTY_SPELLED && !(sees_id && has_id(sql, party_seq));
    return status;
}

/* The party of a sight; -1: a new one. */
static enum lince_status party_find(struct sql *sql, const struct party_sight *sight, int64_t *party_seq,
                                    struct lince_error *error) {
    const struct party_role_field *fields = sight->role->fields;
    enum lince_status status = LINCE_OK;
    bool sees_id = false;
    *party_seq = -1;
    for (enum party_fact fact = PARTY_ID; fact <= PARTY_PHONE; fact++) {
        for (size_t i = 1; i < PARTY_ROLE_FIELDS && fields[i].name != NULL && status == LINCE_OK; i++) {
            struct party_list list;
            if (fields[i].fact != fact || sight->values[i][0] == '\0') {
                continue;
            }
            sees_id = sees_id || fact == PARTY_ID;
            status = party_list_by_mark(sql, fact, sight->values[i], sight->sought[i], &list, error);
            for (size_t j = 0; j < list.count && status == LINCE_OK; j++) {
                bool fits = fact == PARTY_ID;
                status = fits ? LINCE_OK : party_fits(sql, list.seqs[j], sight, sees_id, &fits, error);
                if (fits) {
                    *party_seq = list.seqs[j];
                    return status;
                }
            }
        }
    }
    return status;
}

static enum lince_status sight_keep(struct sql *sql, const struct party_lesson *lesson, const struct party_sight *sight,
                                    struct lince_error *error) {
    const struct party_role_field *fields = sight->role->fields;
    struct party_fact_new added = {.now_ms = lesson->now_ms, .source = lesson->document_id, .actor = lesson->actor};
    enum lince_status status = party_find(sql, sight, &added.party_seq, error);
    if (status == LINCE_OK && added.party_seq < 0) {
        char id[ID_ROOM];
        lesson->make_id(id, "par");
        status = sql_add(sql, &added.party_seq, error,
                         "INSERT INTO parties (id, created_ms, changed_ms) VALUES (?, ?, ?) RETURNING seq", "tii", id,
                         lesson->now_ms, lesson->now_ms);
    }
    for (size_t i = 0; i < PARTY_ROLE_FIELDS && fields[i].name != NULL && status == LINCE_OK; i++) {
        added.fact = fields[i].fact;
        added.value = sight->values[i];
        added.sought = sight->sought[i];
        status = added.value[0] == '\0' ? LINCE_OK : party_fact_add(sql, &added, error);
    }
    return status == LINCE_OK ? sql_run(sql, error, "UPDATE parties SET changed_ms=? WHERE seq=?", "ii", lesson->now_ms,
                                        added.party_seq)
                              : status;
}

/* ---- forgetting ---- */

static enum lince_status facts_take_back(struct sql *sql, const char *document_id, struct party_list *taught,
                                         struct lince_error *error) {
    enum lince_status status;
    taught->count = 0;
    struct sql_statement *row =
        sql_bind(sql, "SELECT DISTINCT party_seq FROM party_facts WHERE source=?", "t", document_id);
    while (sql_row(sql, row, &status, error)) {
        party_list_add(taught, sql_integer(row, 0));
    }
    return status == LINCE_OK ? sql_run(sql, error, "DELETE FROM party_facts WHERE source=?", "t", document_id)
                              : status;
}

static enum lince_status nameless_remove(struct sql *sql, const struct party_list *taught, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < taught->count && status == LINCE_OK; i++) {
        status = sql_run(sql, error,
                         "DELETE FROM parties WHERE seq=?1 AND NOT EXISTS (SELECT 1 FROM party_facts WHERE"
                         " party_seq=?1 AND kind='name')",
                         "i", taught->seqs[i]);
    }
    return status;
}

enum lince_status party_document_forget(struct sql *sql, const char *document_id, struct lince_error *error) {
    struct party_list taught;
    enum lince_status status = facts_take_back(sql, document_id, &taught, error);
    return status == LINCE_OK ? nameless_remove(sql, &taught, error) : status;
}

enum lince_status party_document_learn(struct sql *sql, const struct party_lesson *lesson, struct lince_error *error) {
    struct party_list taught;
    enum lince_status status = facts_take_back(sql, lesson->document_id, &taught, error);
    int64_t approval = approval_of(sql, lesson->document_seq);
    for (size_t i = 0; i < PARTY_ROLES && status == LINCE_OK; i++) {
        struct party_sight sight;
        status = party_sight_take(sql, lesson->document_seq, &party_roles[i], &sight, error);
        if (status == LINCE_OK && sight_teaches(sql, lesson, approval, &sight)) {
            status = sight_keep(sql, lesson, &sight, error);
        }
    }
    return status == LINCE_OK ? nameless_remove(sql, &taught, error) : status;
}
