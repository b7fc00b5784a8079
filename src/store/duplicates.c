/*
 * duplicates.c - the same payment sent twice: by the same bytes, by the same reference, bank and amount, or by an image
 * that looks alike and carries the same long numbers.
 *
 * Receipts of one bank look alike by themselves, so that likeness alone proves nothing: the numbers must agree too.
 */
#include <string.h>

#include "store/store_internal.h"

/* Of 256 bits, those that may differ between copies of one image after a messenger has compressed or resized it. */
enum { LIKENESS_BITS = 40, LIKENESS_CANDIDATES = 2000 };

/* Both name each other; a document that names another already keeps that one. */
static enum lince_status name_each_other(struct sql *sql, const char *id, int64_t other_seq, const char *kind,
                                         struct lince_error *error) {
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
    int64_t other = sql_number(sql, -1, "SELECT min(seq) FROM documents WHERE sha256=? AND id<>?", "tt", sha256, id);
    return other < 0 ? LINCE_OK : name_each_other(sql, id, other, "content", error);
}

static int bits_apart(const unsigned char *a, const unsigned char *b) {
    int count = 0;
    for (int i = 0; i < LIKENESS_BYTES; i++) {
        count += __builtin_popcount((unsigned)(a[i] ^ b[i]));
    }
    return count;
}

/* Text without a run of at least six digits that both have says nothing: such pictures are judged by likeness alone. */
static bool numbers_agree(const char *a, const char *b) {
    enum { LONG_DIGITS = 6 };
    size_t found = 0, shared = 0;
    for (const char *at = a; at != NULL && *at != '\0';) {
        size_t length = strspn(at, "0123456789");
        if (length >= LONG_DIGITS && length < 40) {
            char number[40];
            memcpy(number, at, length);
            number[length] = '\0';
            found++;
            shared += b != NULL && strstr(b, number) != NULL;
        }
        at += length == 0 ? 1 : length;
    }
    return 2 * shared >= found;
}

/* Whether the numbers in the texts of two documents agree, looked at from both. */
static bool texts_agree(struct sql *sql, int64_t seq, int64_t other_seq, struct lince_error *error,
                        enum lince_status *status) {
    bool agree = false;
    sqlite3_stmt *row = sql_bind(sql, "SELECT d.text, o.text FROM documents d, documents o WHERE d.seq=? AND o.seq=?",
                                 "ii", seq, other_seq);
    if (sql_row(sql, row, status, error)) {
        const char *text = (const char *)sqlite3_column_text(row, 0);
        const char *other = (const char *)sqlite3_column_text(row, 1);
        agree = numbers_agree(text, other) && numbers_agree(other, text);
        sql_done(row);
    }
    return agree;
}

/* The newest document before that one that looks like it and says the same; its index alone is walked for looks. */
static int64_t alike(struct sql *sql, int64_t seq, const unsigned char *likeness, struct lince_error *error,
                     enum lince_status *status) {
    int64_t found = -1;
    sqlite3_stmt *row = sql_bind(
        sql,
        "SELECT seq, likeness FROM documents INDEXED BY documents_by_likeness WHERE seq<?1 AND likeness IS NOT NULL"
        " ORDER BY seq DESC LIMIT ?2",
        "ii", seq, (int64_t)LIKENESS_CANDIDATES);
    while (found < 0 && sql_row(sql, row, status, error)) {
        if (sqlite3_column_bytes(row, 1) == LIKENESS_BYTES &&
            bits_apart(likeness, sqlite3_column_blob(row, 1)) <= LIKENESS_BITS &&
            texts_agree(sql, seq, sqlite3_column_int64(row, 0), error, status)) {
            found = sqlite3_column_int64(row, 0);
            sql_done(row);
        }
    }
    return found;
}

enum lince_status duplicates_of_record(struct store *store, int64_t seq, const char *id, const unsigned char *likeness,
                                       struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t other = sql_number(
        sql, -1,
        "SELECT min(o.document_seq) FROM fields r JOIN fields o ON o.name='referencia' AND o.value=r.value AND"
        " o.document_seq<>r.document_seq WHERE r.document_seq=?1 AND r.name='referencia'"
        " AND EXISTS (SELECT 1 FROM fields a JOIN fields b ON b.name='monto' AND b.value=a.value AND"
        " b.document_seq=o.document_seq WHERE a.document_seq=?1 AND a.name='monto')"
        " AND (SELECT value FROM fields WHERE document_seq=?1 AND name='banco_destino') IS"
        " (SELECT value FROM fields WHERE document_seq=o.document_seq AND name='banco_destino')",
        "i", seq);
    if (other >= 0) {
        return name_each_other(sql, id, other, "record", error);
    }
    enum lince_status status = LINCE_OK;
    other = likeness == NULL ? -1 : alike(sql, seq, likeness, error, &status);
    return other < 0 || status != LINCE_OK ? status : name_each_other(sql, id, other, "image", error);
}
