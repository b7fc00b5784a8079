/*
 * search.c - what is searched of a document: file name, client's data, text and fields, as people would type them: in
 * lower case, without accents, amounts and dates in each of the ways in which they are written.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/error.h"
#include "store/store_internal.h"

enum { BODY_BYTES = 24 << 10, BODY_MOST_BYTES = 4 << 20, CHUNK = 200 };

/* The longest that fits of a text that grows. */
struct body {
    char *bytes;
    size_t used, room;
};

static bool fold_one(struct body *body, utf8proc_int32_t code) {
    utf8proc_int32_t parts[32];
    utf8proc_uint8_t bytes[4];
    int boundary = 0;
    const utf8proc_option_t how =
        (utf8proc_option_t)(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
    utf8proc_ssize_t count = utf8proc_decompose_char(code, parts, 32, how, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < 32; i++) {
        utf8proc_ssize_t length = utf8proc_encode_char(parts[i], bytes);
        if (body->used + (size_t)length + 1 >= body->room) {
            return false;
        }
        memcpy(body->bytes + body->used, bytes, (size_t)length);
        body->used += (size_t)length;
    }
    return true;
}

/* Appends a text folded, with one space for any blank; bytes that are no text are passed over. */
static void fold_append(struct body *body, const char *text) {
    size_t count = text == NULL ? 0 : strlen(text);
    bool goes_on = true;
    for (size_t i = 0; i < count && goes_on;) {
        utf8proc_int32_t code;
        utf8proc_ssize_t length =
            utf8proc_iterate((const utf8proc_uint8_t *)text + i, (utf8proc_ssize_t)(count - i), &code);
        i += length < 1 ? 1 : (size_t)length;
        if (length >= 1) {
            goes_on = fold_one(body, code < 0x20 ? ' ' : code);
        }
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
        sql, "SELECT value, coalesce(json_extract(detail, '$.text'), '') FROM fields WHERE document_seq=?", "i", seq);
    while (sql_row(sql, row, &status, error)) {
        const char *value = sql_string(row, 0);
        fold_append(body, value);
        if (value != NULL) {
            amount_append(body, value);
            date_append(body, value);
        }
        fold_append(body, sql_string(row, 1));
    }
    if (status != LINCE_OK) {
        return status;
    }
    row = sql_bind(sql,
                   "SELECT name, (SELECT group_concat(value, ' ') FROM json_each(metadata)), text FROM documents"
                   " WHERE seq=?",
                   "i", seq);
    if (sql_row(sql, row, &status, error)) {
        for (int i = 0; i < 3; i++) {
            fold_append(body, sql_string(row, i));
        }
        sql_done(row);
    }
    return status;
}

/* The figures of a list, from the fields of either kind of document. */
static enum lince_status figures_write(struct sql *sql, int64_t seq, struct lince_error *error) {
#define FIRST_OF(names)                                                                                                \
    "coalesce((SELECT f.value FROM fields f WHERE f.document_seq=?1 AND f.name IN (" names                             \
    ") ORDER BY f.name DESC LIMIT 1), '')"
    return sql_run(
        sql, error,
        "UPDATE documents SET paid_date=" FIRST_OF("'fecha','date'") ", currency=" FIRST_OF(
            "'moneda','currency'") ", reference=" FIRST_OF("'referencia','receipt_number'") ", who=" FIRST_OF("'company"
                                                                                                              "','"
                                                                                                              "benefici"
                                                                                                              "ario'") ", bank=coalesce((SELECT f.value FROM fields f WHERE f.document_seq=?1 AND f.name IN ('banco_destino',"
                                                                                                                       "'banco_origen') ORDER BY f.name LIMIT 1), ''),"
                                                                                                                       " amount=coalesce((SELECT CAST(replace(f.value, '.', '') AS INTEGER) FROM fields f WHERE f.document_seq=?1 AND"
                                                                                                                       " f.name IN ('monto','total') AND f.value GLOB '*[0-9].[0-9][0-9]' ORDER BY f.name LIMIT 1),"
                                                                                                                       " -4611686018427387904),"
                                                                                                                       " sender=coalesce(json_extract(metadata, '$.sender_name'), json_extract(metadata, '$.nombre'),"
                                                                                                                       " json_extract(metadata, '$.sender'), json_extract(metadata, '$.sender_id'),"
                                                                                                                       " json_extract(metadata, '$.idWhatsapp'), '') WHERE seq=?1",
        "i", seq);
#undef FIRST_OF
}

enum lince_status search_write(struct store *store, int64_t seq, struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t text_bytes =
        sql_number(sql, 0, "SELECT coalesce(length(CAST(text AS BLOB)), 0) FROM documents WHERE seq=?", "i", seq);
    size_t room = BODY_BYTES + 2 * (size_t)text_bytes;
    room = room < BODY_MOST_BYTES ? room : BODY_MOST_BYTES;
    struct body body = {.bytes = malloc(room), .room = room};
    if (body.bytes == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory left to index a document",
                         "no queda memoria para indexar un documento");
    }
    body.bytes[0] = '\0';
    enum lince_status status = figures_write(sql, seq, error);
    if (status == LINCE_OK) {
        status = rows_append(sql, seq, &body, error);
    }
    if (status == LINCE_OK) {
        status =
            sql_run(sql, error, "INSERT OR REPLACE INTO searches (rowid, body) VALUES (?, ?)", "it", seq, body.bytes);
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
