/*
 * duplicates.c - finds the same payment sent twice: the same bytes; the same reference, bank and amount; or an image
 * that looks alike and does not disagree in what was read.
 *
 * Receipts of one bank look alike, so likeness alone proves nothing. No value of the two records may differ, and the
 * numbers in the texts must agree, or the words if there are no numbers. What a person said about two documents is
 * final.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

#include "store/store_internal.h"

/* LIKENESS_BITS of the 256 bits may differ between copies of one image that a messenger has compressed or resized. */
enum { LIKENESS_BITS = 40, LIKENESS_CANDIDATES = 2000, PARTNERS_LIMIT = 64 };

/* Makes both documents name each other. A document that already names another one keeps it. */
static enum lince_status name_each_other(struct sql *sql, const char *id, int64_t other_seq,
                                         enum duplicate_kind found_by, struct lince_error *error) {
    const char *kind = duplicate_kind_name(found_by);
    enum lince_status status = sql_run(sql, error,
                                       "UPDATE documents SET duplicate_of=(SELECT id FROM documents WHERE seq=?),"
                                       " duplicate_kind=? WHERE id=? AND duplicate_of IS NULL",
                                       "itt", other_seq, kind, id);
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "UPDATE documents SET duplicate_of=?, duplicate_kind=?, version=version+1 WHERE seq=? AND"
                         " duplicate_of IS NULL",
                         "tti", id, kind, other_seq);
    }
    return status;
}

enum lince_status duplicates_of_content(struct store *store, const char *id, const char *sha256,
                                        struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t other = sql_number(sql, -1, "SELECT min(seq) FROM documents WHERE sha256=? AND id<>? AND part_of IS NULL",
                               "tt", sha256, id);
    return other < 0 ? LINCE_OK : name_each_other(sql, id, other, DUPLICATE_BY_CONTENT, error);
}

enum lince_status duplicates_of_part(struct store *store, const char *id, struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t other = sql_number(sql, -1,
                               "SELECT min(o.seq) FROM documents d JOIN documents o ON o.sha256=d.sha256 AND"
                               " o.part_of<>d.part_of AND o.first_page=d.first_page AND o.page_count=d.page_count"
                               " WHERE d.id=?",
                               "t", id);
    return other < 0 ? LINCE_OK : name_each_other(sql, id, other, DUPLICATE_BY_CONTENT, error);
}

static int bits_apart(const unsigned char *a, const unsigned char *b) {
    int count = 0;
    for (int i = 0; i < LIKENESS_BYTES; i++) {
        count += __builtin_popcount((unsigned)(a[i] ^ b[i]));
    }
    return count;
}

/* A token of a text: letters, or digits with the signs among them; `bytes` is 0 at the end. */
struct token {
    const char *text;
    size_t bytes, digits;
};

static struct token token_next(const char *text) {
    struct token token = {0};
    while (*text != '\0' && !isalnum((unsigned char)*text) && (unsigned char)*text < 0x80) {
        text++;
    }
    token.text = text;
    for (; isalnum((unsigned char)text[token.bytes]) || (unsigned char)text[token.bytes] >= 0x80 ||
           ((text[token.bytes] == '.' || text[token.bytes] == ',') && isdigit((unsigned char)text[token.bytes + 1]));
         token.bytes++) {
        token.digits += isdigit((unsigned char)text[token.bytes]) != 0;
    }
    return token;
}

enum kind_of_token { LONG_NUMBER, NUMBER, WORD, KINDS_OF_TOKEN };

/* How many tokens of each kind a text has, and how many of these are in the other text too. */
struct agreement {
    size_t found[KINDS_OF_TOKEN], shared[KINDS_OF_TOKEN];
};

static struct agreement agreement_of(const char *text, const char *other) {
    enum { LONG_DIGITS = 6, WORD_BYTES = 4, TOKEN_BYTES = 64 };
    struct agreement agreement = {0};
    char copy[TOKEN_BYTES];
    for (struct token token = token_next(text); token.bytes > 0; token = token_next(token.text + token.bytes)) {
        enum kind_of_token kind = token.digits >= LONG_DIGITS ? LONG_NUMBER : token.digits >= 2 ? NUMBER : WORD;
        if (token.bytes >= TOKEN_BYTES || (kind == WORD && token.bytes < WORD_BYTES)) {
            continue;
        }
        memcpy(copy, token.text, token.bytes);
        copy[token.bytes] = '\0';
        agreement.found[kind]++;
        agreement.shared[kind] += strstr(other, copy) != NULL;
    }
    return agreement;
}

/* Whether enough tokens of `text` are in `other`. */
static bool text_agrees(const char *text, const char *other) {
    struct agreement agreement = agreement_of(text, other);
    const size_t *found = agreement.found, *shared = agreement.shared;
    if (found[LONG_NUMBER] > 0) { /* half is enough, since each copy is read with mistakes of its own */
        return 2 * shared[LONG_NUMBER] >= found[LONG_NUMBER];
    }
    size_t kind = found[NUMBER] > 0 ? NUMBER : WORD;
    return 3 * shared[kind] >= 2 * found[kind];
}

/* Whether the texts of two documents agree in both directions. */
static bool texts_agree(struct sql *sql, int64_t seq, int64_t other_seq, struct lince_error *error,
                        enum lince_status *status) {
    bool agree = false;
    struct sql_statement *row = sql_bind(sql,
                                         "SELECT coalesce(d.text,''), coalesce(o.text,'') FROM documents d, documents o"
                                         " WHERE d.seq=? AND o.seq=?",
                                         "ii", seq, other_seq);
    if (sql_row(sql, row, status, error)) {
        const char *one = sql_needed(row, 0), *second = sql_needed(row, 1);
        agree = text_agrees(one, second) && text_agrees(second, one);
        sql_done(row);
    }
    return agree;
}

/* Whether the two differ in a field that identifies a payment. */
static bool fields_contradict(struct sql *sql, int64_t seq, int64_t other_seq) {
    return sql_number(sql, 0,
                      "SELECT count(*) FROM fields a JOIN fields b ON b.document_seq=?2 AND b.name=a.name AND"
                      " b.value<>a.value WHERE a.document_seq=?1 AND a.name IN ('referencia','monto','fecha','hora',"
                      "'cedula','telefono','beneficiario','autorizacion','total','date','receipt_number')",
                      "ii", seq, other_seq) > 0;
}

/* The lower number comes first in a verdict. */
static int64_t lower_of(int64_t one, int64_t two) {
    return one < two ? one : two;
}

static int64_t higher_of(int64_t one, int64_t two) {
    return one < two ? two : one;
}

/* Whether a person said that these two are different payments. */
static bool is_dismissed(struct sql *sql, int64_t seq, int64_t other_seq) {
    return sql_number(sql, 0, "SELECT count(*) FROM verdicts WHERE first_seq=? AND second_seq=? AND is_same=0", "ii",
                      lower_of(seq, other_seq), higher_of(seq, other_seq)) > 0;
}

#define ALIKE_FROM(documents)                                                                                          \
    "SELECT seq, likeness FROM " documents " WHERE seq<>?1 AND likeness IS NOT NULL ORDER BY seq DESC LIMIT ?2"

/*
 * The newest document that looks like this one and does not contradict it. The search reads the index of likenesses
 * only.
 */
static int64_t alike(struct sql *sql, int64_t seq, const unsigned char *likeness, struct lince_error *error,
                     enum lince_status *status) {
    int64_t found = -1;
    struct sql_statement *row = sql_bind(
        sql, sql_either(sql, ALIKE_FROM("documents INDEXED BY documents_by_likeness"), ALIKE_FROM("documents")), "ii",
        seq, (int64_t)LIKENESS_CANDIDATES);
    while (found < 0 && sql_row(sql, row, status, error)) {
        int64_t other = sql_integer(row, 0);
        size_t bytes = 0;
        const unsigned char *other_likeness = sql_bytes(row, 1, &bytes);
        if (bytes == LIKENESS_BYTES && bits_apart(likeness, other_likeness) <= LIKENESS_BITS &&
            !is_dismissed(sql, seq, other) && !fields_contradict(sql, seq, other) &&
            texts_agree(sql, seq, other, error, status)) {
            found = other;
            sql_done(row);
        }
    }
    return found;
}

static bool likeness_of_document(struct sql *sql, int64_t seq, unsigned char likeness[LIKENESS_BYTES]) {
    enum lince_status status;
    struct sql_statement *row =
        sql_bind(sql, "SELECT likeness FROM documents WHERE seq=? AND likeness IS NOT NULL", "i", seq);
    bool found = sql_row(sql, row, &status, NULL);
    if (found) {
        size_t bytes = 0;
        const void *kept = sql_bytes(row, 0, &bytes);
        found = bytes == LIKENESS_BYTES;
        if (found) {
            memcpy(likeness, kept, LIKENESS_BYTES);
        }
        sql_done(row);
    }
    return found;
}

enum lince_status duplicates_of_record(struct store *store, int64_t seq, const char *id, struct lince_error *error) {
    struct sql *sql = &store->writer;
    unsigned char likeness[LIKENESS_BYTES];
    int64_t other = sql_number(
        sql, -1,
        "SELECT min(o.document_seq) FROM fields r JOIN fields o ON o.name='referencia' AND o.value=r.value AND"
        " o.document_seq<>r.document_seq WHERE r.document_seq=?1 AND r.name='referencia'"
        " AND EXISTS (SELECT 1 FROM fields a JOIN fields b ON b.name='monto' AND b.value=a.value AND"
        " b.document_seq=o.document_seq WHERE a.document_seq=?1 AND a.name='monto')"
        " AND (SELECT value FROM fields WHERE document_seq=?1 AND name='banco_destino') IS NOT DISTINCT FROM"
        " (SELECT value FROM fields WHERE document_seq=o.document_seq AND name='banco_destino')"
        " AND NOT EXISTS (SELECT 1 FROM verdicts v WHERE v.is_same=0 AND ((v.first_seq=?1 AND"
        " v.second_seq=o.document_seq) OR (v.first_seq=o.document_seq AND v.second_seq=?1)))",
        "i", seq);
    if (other >= 0) {
        return name_each_other(sql, id, other, DUPLICATE_BY_RECORD, error);
    }
    enum lince_status status = LINCE_OK;
    other = likeness_of_document(sql, seq, likeness) ? alike(sql, seq, likeness, error, &status) : -1;
    return other < 0 || status != LINCE_OK ? status : name_each_other(sql, id, other, DUPLICATE_BY_IMAGE, error);
}

/* ---- anew ---- */

struct partner {
    int64_t seq;
    char id[ID_BYTES];
};

/* Documents that were called duplicates of this one because of what was read. */
static size_t partners_find(struct sql *sql, const char *id, struct partner partners[PARTNERS_LIMIT],
                            struct lince_error *error, enum lince_status *status) {
    size_t count = 0;
    struct sql_statement *row =
        sql_bind(sql,
                 "SELECT seq, id FROM documents WHERE duplicate_of=? AND duplicate_confirmed=0 AND"
                 " duplicate_kind IN ('record','image') ORDER BY seq DESC LIMIT ?",
                 "ti", id, (int64_t)PARTNERS_LIMIT);
    while (sql_row(sql, row, status, error)) {
        partners[count].seq = sql_integer(row, 0);
        snprintf(partners[count++].id, ID_BYTES, "%s", sql_needed(row, 1));
    }
    return count;
}

enum lince_status duplicates_judge_again(struct store *store, int64_t seq, const char *id, struct lince_error *error) {
    struct sql *sql = &store->writer;
    struct partner partners[PARTNERS_LIMIT];
    enum lince_status status = LINCE_OK;
    size_t count = partners_find(sql, id, partners, error, &status);
    for (size_t i = 0; i < count && status == LINCE_OK; i++) {
        status = sql_run(sql, error,
                         "UPDATE documents SET duplicate_of=NULL, duplicate_kind=NULL, version=version+1 WHERE seq=?",
                         "i", partners[i].seq);
    }
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "UPDATE documents SET duplicate_of=NULL, duplicate_kind=NULL WHERE seq=? AND"
                         " duplicate_confirmed=0 AND duplicate_kind IN ('record','image')",
                         "i", seq);
    }
    if (status == LINCE_OK) {
        status = duplicates_of_record(store, seq, id, error);
    }
    for (size_t i = 0; i < count && status == LINCE_OK; i++) {
        status = duplicates_of_record(store, partners[i].seq, partners[i].id, error);
    }
    return status;
}

/* ---- what people say ---- */

/* Removes the mark from one of the two, whatever its reason. */
static enum lince_status mark_lift(struct sql *sql, int64_t seq, int64_t other_seq, struct lince_error *error) {
    return sql_run(sql, error,
                   "UPDATE documents SET duplicate_of=NULL, duplicate_kind=NULL, duplicate_confirmed=0,"
                   " version=version+1 WHERE seq=? AND duplicate_of=(SELECT id FROM documents WHERE seq=?)",
                   "ii", seq, other_seq);
}

static enum lince_status mark_confirm(struct sql *sql, int64_t seq, int64_t other_seq, struct lince_error *error) {
    return sql_run(
        sql, error,
        "UPDATE documents SET duplicate_confirmed=1, version=version+1,"
        " duplicate_kind=CASE WHEN duplicate_of=(SELECT id FROM documents WHERE seq=?2) THEN"
        " duplicate_kind ELSE 'person' END, duplicate_of=(SELECT id FROM documents WHERE seq=?2) WHERE seq=?1",
        "ii", seq, other_seq);
}

static enum lince_status verdict_note(struct store *store, int64_t seq, const char *other,
                                      const struct verdict *verdict, struct lince_error *error) {
    const struct correction row = {.at_ms = store_now_ms(),
                                   .actor = verdict->actor,
                                   .field = "",
                                   .new_value = other,
                                   .action = verdict->is_same ? ACTION_DUPLICATE_CONFIRMED : ACTION_DUPLICATE_DISMISSED,
                                   .why = verdict->why};
    return reading_history_write(store, seq, &row, error);
}

static enum lince_status judge_pair(struct store *store, const struct partner *one, const struct partner *two,
                                    const struct verdict *verdict, struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status (*mark)(struct sql *, int64_t, int64_t, struct lince_error *) =
        verdict->is_same ? mark_confirm : mark_lift;
    enum lince_status status =
        sql_run(sql, error,
                "INSERT INTO verdicts (first_seq, second_seq, is_same)"
                " VALUES (?, ?, ?) ON CONFLICT (first_seq, second_seq) DO UPDATE SET"
                " is_same=excluded.is_same",
                "iii", lower_of(one->seq, two->seq), higher_of(one->seq, two->seq), (int64_t)verdict->is_same);
    const struct partner *const both[2] = {one, two};
    for (int i = 0; i < 2 && status == LINCE_OK; i++) {
        status = mark(sql, both[i]->seq, both[1 - i]->seq, error);
        if (status == LINCE_OK) {
            status = verdict_note(store, both[i]->seq, both[1 - i]->id, verdict, error);
        }
    }
    for (int i = 0; i < 2 && status == LINCE_OK && !verdict->is_same; i++) {
        status = duplicates_judge_again(store, both[i]->seq, both[i]->id, error); /* there may be another one */
    }
    return status == LINCE_OK ? event_document(store, one->id, "corrected", error) : status;
}

static enum lince_status judge(struct store *store, const char *id, const struct verdict *verdict,
                               struct lince_error *error) {
    struct sql *sql = &store->writer;
    struct partner one = {.seq = -1}, two = {.seq = -1};
    enum lince_status status;
    struct sql_statement *row = sql_bind(sql,
                                         "SELECT d.seq, o.seq, o.id FROM documents d LEFT JOIN documents o ON"
                                         " o.id=coalesce(?2, d.duplicate_of) AND o.seq<>d.seq WHERE d.id=?1",
                                         "tt", id, verdict->other);
    if (sql_row(sql, row, &status, error)) {
        one.seq = sql_integer(row, 0);
        snprintf(one.id, ID_BYTES, "%s", id);
        if (!sql_is_null(row, 1)) {
            two.seq = sql_integer(row, 1);
            snprintf(two.id, ID_BYTES, "%s", sql_needed(row, 2));
        }
        sql_done(row);
    }
    if (status != LINCE_OK) {
        return status;
    }
    if (one.seq < 0) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no document %s", "no existe el documento %s", id);
    }
    if (two.seq < 0) {
        return error_set(error, LINCE_ERROR_ARGUMENT,
                         "%s is not called a duplicate of another document; name the other in \"of\"",
                         "%s no figura como duplicado de otro documento; indique el otro en \"of\"", id);
    }
    return judge_pair(store, &one, &two, verdict, error);
}

enum lince_status store_duplicate_judge(struct store *store, const char *id, const struct verdict *verdict,
                                        struct lince_error *error) {
    sql_lock(&store->writer);
    enum lince_status status = sql_write(&store->writer, true, error);
    if (status == LINCE_OK) {
        status = sql_commit(&store->writer, judge(store, id, verdict, error), error);
    }
    sql_unlock(&store->writer);
    store_changed(store);
    return status;
}
