/*
 * search.c - the text by which a document is found: file name, client's data, text and fields, in lower case and
 * without accents. Amounts and dates are in it in every way that people write them.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/error.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "store/store_internal.h"

enum { BODY_BYTES = 24 << 10, BODY_MOST_BYTES = 4 << 20, CHUNK = 200, TRIGRAM_BYTES = 10 };

/* A text that grows up to `room` bytes; the rest is dropped. */
struct body {
    char *bytes;
    size_t used, room;
};

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory left to index a document",
                     "no queda memoria para indexar un documento");
}

static bool fold_one(struct body *body, int32_t code_point) {
    int32_t parts[FOLD_PARTS_MOST];
    utf8proc_uint8_t bytes[4];
    size_t count = fold_parts(code_point, parts);
    for (size_t i = 0; i < count; i++) {
        size_t length = (size_t)utf8proc_encode_char(parts[i], bytes);
        if (body->used + length + 1 >= body->room) {
            return false;
        }
        memcpy(body->bytes + body->used, bytes, length);
        body->used += length;
    }
    return true;
}

/* Appends a folded text, with a space for each control character; bytes that are not UTF-8 are skipped. */
static void fold_append(struct body *body, const char *text) {
    bool goes_on = true;
    while (text != NULL && *text != '\0' && goes_on) {
        int32_t code_point;
        text += utf8_next(text, UTF8_TO_THE_END, &code_point);
        goes_on = fold_one(body, code_point >= 0 && code_point < ' ' ? ' ' : code_point);
    }
    if (body->used + 2 < body->room) {
        body->bytes[body->used++] = '\n';
    }
    body->bytes[body->used] = '\0';
}

size_t search_fold(const char *text, char *folded, size_t room) {
    struct body body = {folded, 0, room};
    fold_append(&body, text);
    body.used -= body.used > 0 && folded[body.used - 1] == '\n';
    folded[body.used] = '\0';
    return body.used;
}

/* "1234.50" as "1234,50", "1.234,50" and "1,234.50". */
static void amount_append(struct body *body, const char *value) {
    size_t whole = strspn(value, "0123456789");
    char spelled[64];
    if (whole == 0 || whole > 12 || value[whole] != '.' || strspn(value + whole + 1, "0123456789") != 2 ||
        value[whole + 3] != '\0') {
        return;
    }
    snprintf(spelled, sizeof spelled, "%.*s,%s", (int)whole, value, value + whole + 1);
    fold_append(body, spelled);
    for (int i = 0; i < 2 && whole > 3; i++) {
        size_t used = 0;
        for (size_t j = 0; j < whole; j++) {
            if (j > 0 && (whole - j) % 3 == 0) {
                spelled[used++] = ".,"[i];
            }
            spelled[used++] = value[j];
        }
        snprintf(spelled + used, sizeof spelled - used, "%c%s", ",."[i], value + whole + 1);
        fold_append(body, spelled);
    }
}

/* "2025-01-31" as "31/01/2025" and "31-01-2025". */
static void date_append(struct body *body, const char *value) {
    char spelled[16];
    if (strlen(value) != 10 || value[4] != '-' || value[7] != '-' || !isdigit((unsigned char)value[0])) {
        return;
    }
    for (int i = 0; i < 2; i++) {
        snprintf(spelled, sizeof spelled, "%.2s%c%.2s%c%.4s", value + 8, "/-"[i], value + 5, "/-"[i], value);
        fold_append(body, spelled);
    }
}

static enum lince_status rows_append(struct sql *sql, int64_t seq, struct body *body, struct lince_error *error) {
    enum lince_status status;
    struct sql_statement *row = sql_bind(
        sql,
        sql_either(sql, "SELECT value, coalesce(json_extract(detail, '$.text'), '') FROM fields WHERE document_seq=?",
                   "SELECT value, coalesce(detail::json->>'text', '') FROM fields WHERE document_seq=?"),
        "i", seq);
    while (sql_row(sql, row, &status, error)) {
        const char *value = sql_needed(row, 0);
        fold_append(body, value);
        amount_append(body, value);
        date_append(body, value);
        fold_append(body, sql_needed(row, 1));
    }
    if (status != LINCE_OK) {
        return status;
    }
    row = sql_bind(sql,
                   sql_either(sql,
                              "SELECT name, (SELECT group_concat(value, ' ') FROM json_each(metadata)), text FROM"
                              " documents WHERE seq=?",
                              "SELECT name, (SELECT string_agg(value, ' ') FROM json_each_text(metadata::json)), text"
                              " FROM documents WHERE seq=?"),
                   "i", seq);
    if (sql_row(sql, row, &status, error)) {
        for (int i = 0; i < 3; i++) {
            fold_append(body, sql_string(row, i));
        }
        sql_done(row);
    }
    return status;
}

/*
 * The columns by which lists are sorted, from the fields of payments and shop receipts. `part` cuts a value to the
 * length that an index takes, `number` finds the amount, `told` finds a member of the client's data. clang-format would
 * break such a text inside words, so it is off here.
 */
#define FIELD(expression, names, order)                                                                                \
    "(SELECT " expression " FROM fields f WHERE f.document_seq=?1 AND f.name IN (" names ") ORDER BY f.name " order    \
    " LIMIT 1)"
#define FIGURE(column, part, names, order) " " column "=coalesce(" FIELD(part("f.value"), names, order) ", ''),"
/* clang-format off */
#define FIGURES(part, number, told)                                                                                    \
    "UPDATE documents SET"                                                                                             \
    FIGURE("paid_date", part, "'fecha','date'", "DESC")                                                                \
    FIGURE("currency", part, "'moneda','currency'", "DESC")                                                            \
    FIGURE("reference", part, "'referencia','receipt_number'", "DESC")                                                 \
    FIGURE("who", part, "'company','beneficiario'", "DESC")                                                            \
    FIGURE("bank", part, "'banco_destino','banco_origen'", "ASC")                                                      \
    " amount=coalesce(" number ", -4611686018427387904),"                                                              \
    " sender=coalesce(" told("sender_name") ", " told("nombre") ", " told("sender") ", " told("sender_id") ", "        \
    told("idWhatsapp") ", '') WHERE seq=?1"
/* clang-format on */
#define NUMBER(condition)                                                                                              \
    "(SELECT CAST(replace(f.value, '.', '') AS BIGINT) FROM fields f WHERE f.document_seq=?1 AND"                      \
    " f.name IN ('monto','total') AND f.value " condition " ORDER BY f.name LIMIT 1)"
#define WHOLE(value) value
#define TOLD_SQLITE(name) "json_extract(metadata, '$." name "')"
#define CUT(value) "left(" value ", 200)" /* PostgreSQL refuses longer keys in an index */
#define TOLD_POSTGRES(name) CUT("(metadata::json->>'" name "')")

static enum lince_status figures_write(struct sql *sql, int64_t seq, struct lince_error *error) {
    return sql_run(sql, error,
                   sql_either(sql, FIGURES(WHOLE, NUMBER("GLOB '*[0-9].[0-9][0-9]'"), TOLD_SQLITE),
                              FIGURES(CUT, NUMBER("~ '^-?[0-9]{1,15}[.][0-9][0-9]$'"), TOLD_POSTGRES)),
                   "i", seq);
}

/* A set of trigrams: one bit for each possible sequence of three bytes. */
enum { TRIGRAM_WORDS = (1 << 24) / 64 };

char *search_trigrams(const char *text) {
    const unsigned char *at = (const unsigned char *)text;
    size_t bytes = strlen(text), used = 1, count = 0;
    uint64_t *found = calloc(TRIGRAM_WORDS, sizeof *found);
    for (size_t i = 2; found != NULL && i < bytes; i++) {
        uint32_t number = (uint32_t)at[i - 2] << 16 | (uint32_t)at[i - 1] << 8 | at[i];
        count += (found[number / 64] >> number % 64 & 1) == 0;
        found[number / 64] |= UINT64_C(1) << number % 64;
    }
    char *list = found == NULL ? NULL : malloc(TRIGRAM_BYTES * count + 3);
    for (size_t i = 0; list != NULL && i < TRIGRAM_WORDS; i++) {
        for (uint64_t left = found[i]; left != 0; left &= left - 1) {
            used += (size_t)sprintf(list + used, "%s%zu", used > 1 ? "," : "", 64 * i + (size_t)__builtin_ctzll(left));
        }
    }
    if (list != NULL) {
        list[0] = '{';
        strcpy(list + used, "}");
    }
    free(found);
    return list;
}

/* Writes the index entry of the body. */
static enum lince_status body_write(struct sql *sql, int64_t seq, const char *body, struct lince_error *error) {
    if (sql_either(sql, NULL, "") == NULL) {
        return sql_run(sql, error, "INSERT OR REPLACE INTO searches (rowid, body) VALUES (?, ?)", "it", seq, body);
    }
    char *trigrams = search_trigrams(body);
    enum lince_status status =
        trigrams == NULL
            ? no_memory(error)
            : sql_run(sql, error,
                      "INSERT INTO searches (document_seq, body, trigrams) VALUES (?, ?, ?::int4[])"
                      " ON CONFLICT (document_seq) DO UPDATE SET body=excluded.body, trigrams=excluded.trigrams",
                      "itt", seq, body, trigrams);
    free(trigrams);
    return status;
}

enum lince_status search_write(struct store *store, int64_t seq, struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t text_bytes =
        sql_number(sql, 0,
                   sql_either(sql, "SELECT coalesce(length(CAST(text AS BLOB)), 0) FROM documents WHERE seq=?",
                              "SELECT coalesce(octet_length(text), 0) FROM documents WHERE seq=?"),
                   "i", seq);
    size_t room = BODY_BYTES + 2 * (size_t)text_bytes;
    room = room < BODY_MOST_BYTES ? room : BODY_MOST_BYTES;
    struct body body = {.bytes = calloc(1, room), .room = room};
    if (body.bytes == NULL) {
        return no_memory(error);
    }
    enum lince_status status = figures_write(sql, seq, error);
    if (status == LINCE_OK) {
        status = rows_append(sql, seq, &body, error);
    }
    if (status == LINCE_OK) {
        status = body_write(sql, seq, body.bytes, error);
    }
    free(body.bytes);
    return status;
}

enum lince_status searches_fill(struct store *store, struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status = LINCE_OK;
    int64_t seq = 0;
    while (status == LINCE_OK && seq >= 0) {
        seq = sql_number(sql, -1, "SELECT min(seq) FROM documents WHERE seq>?", "i", seq);
        seq = seq == 0 ? -1 : seq;
        status = seq > 0 ? search_write(store, seq, error) : LINCE_OK;
    }
    return status;
}
