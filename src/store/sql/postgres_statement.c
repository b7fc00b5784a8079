/*
 * postgres_statement.c - statements of PostgreSQL: the text in its dialect, values as they are sent, and rows as they
 * come, all at once or one by one.
 */
#include "store/sql/postgres_statement.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "store/sql/postgres_link.h"

enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, OID_FLOAT8 = 701 };

/* A statement: its text in PostgreSQL's dialect, its values as they are sent, its answer. */
struct answer_rows {
    char *text;
    char name[24];
    bool streams, is_sent, has_ended;
    uint64_t generation;
    size_t count;
    Oid types[SQL_VALUES];
    const char *values[SQL_VALUES];
    int lengths[SQL_VALUES], formats[SQL_VALUES];
    char numbers[SQL_VALUES][32];
    char *cleaned[SQL_VALUES]; /* owned: texts that were no UTF-8 */
    PGresult *result;          /* owned */
    int row;
    void *blob; /* owned by libpq */
};

static struct answer_rows *rows_of(const struct sql_statement *statement) {
    return statement->handle;
}

/* `?` and `?N` become `$N`, except in quoted texts. */
static char *text_translate(const char *text) {
    char *translated = malloc(3 * strlen(text) + 1), *end = translated;
    int count = 0;
    bool is_quoted = false;
    for (; translated != NULL && *text != '\0'; text++) {
        is_quoted ^= *text == '\'';
        if (*text != '?' || is_quoted) {
            *end++ = *text;
        } else if (text[1] >= '0' && text[1] <= '9') {
            *end++ = '$';
        } else {
            end += sprintf(end, "$%d", ++count);
        }
    }
    if (translated != NULL) {
        *end = '\0';
    }
    return translated;
}

bool postgres_prepare(struct sql *sql, struct sql_statement *statement, bool streams) {
    struct answer_rows *rows = calloc(1, sizeof *rows);
    char *text = text_translate(statement->text);
    if (rows == NULL || text == NULL) {
        free(rows);
        free(text);
        postgres_note(postgres_of(sql), "53200", "no memory for a statement");
        return false;
    }
    rows->text = text;
    rows->streams = streams;
    if (!streams) {
        snprintf(rows->name, sizeof rows->name, "s%td", statement - sql->statements);
    }
    statement->handle = rows;
    return true;
}

/* PostgreSQL takes UTF-8 alone: any other byte becomes U+FFFD, which is how it would be shown. */
static char *text_clean(const char *text) {
    char *cleaned = malloc(3 * strlen(text) + 1), *end = cleaned;
    while (cleaned != NULL && *text != '\0') {
        int32_t character;
        size_t bytes = utf8_next(text, UTF8_TO_THE_END, &character);
        if (character < 0) {
            memcpy(end, "\xef\xbf\xbd", 3);
            end += 3;
        } else {
            memcpy(end, text, bytes);
            end += bytes;
        }
        text += bytes;
    }
    if (cleaned != NULL) {
        *end = '\0';
    }
    return cleaned;
}

static void value_bind(struct answer_rows *rows, size_t place, const struct sql_value *value) {
    free(rows->cleaned[place]);
    rows->cleaned[place] = NULL;
    rows->values[place] = value->bytes;
    rows->formats[place] = 0;
    switch (value->type) {
    case 't':
        rows->types[place] = OID_TEXT;
        if (value->bytes != NULL && !utf8_is_valid(value->bytes)) {
            rows->values[place] = rows->cleaned[place] = text_clean(value->bytes);
        }
        break;
    case 'b':
        rows->types[place] = OID_BYTEA;
        rows->formats[place] = 1;
        rows->lengths[place] = (int)value->bytes_count;
        break;
    case 'r':
        rows->types[place] = OID_FLOAT8;
        snprintf(rows->numbers[place], sizeof rows->numbers[place], "%.17g", value->real);
        rows->values[place] = rows->numbers[place];
        break;
    default:
        rows->types[place] = OID_INT8;
        snprintf(rows->numbers[place], sizeof rows->numbers[place], "%" PRId64, value->number);
        rows->values[place] = value->type == 'n' && value->number < 0 ? NULL : rows->numbers[place];
    }
}

void postgres_reset(struct sql_statement *statement) {
    struct answer_rows *rows = rows_of(statement);
    struct postgres *postgres = postgres_of(statement->sql);
    if (rows->streams && rows->is_sent && !rows->has_ended && postgres->link != NULL) {
        (void)postgres_results(postgres, ANSWER_MS, NULL); /* unread results must be taken before the next statement */
    }
    libpq.PQclear(rows->result);
    libpq.PQfreemem(rows->blob);
    rows->result = NULL;
    rows->blob = NULL;
    rows->is_sent = rows->has_ended = false;
    rows->row = -1;
}

void postgres_bind(struct sql_statement *statement, const struct sql_value *values, size_t count) {
    struct answer_rows *rows = rows_of(statement);
    postgres_reset(statement);
    rows->count = count;
    for (size_t i = 0; i < count; i++) {
        value_bind(rows, i, &values[i]);
    }
}

static bool statement_send(struct postgres *postgres, struct answer_rows *rows) {
    int count = (int)rows->count;
    if (rows->streams) {
        return postgres_sent(postgres, libpq.PQsendQueryParams(postgres->link, rows->text, count, rows->types,
                                                               rows->values, rows->lengths, rows->formats, 0)) &&
               postgres_sent(postgres, libpq.PQsetSingleRowMode(postgres->link));
    }
    if (rows->generation != postgres->generation) {
        if (!postgres_sent(postgres, libpq.PQsendPrepare(postgres->link, rows->name, rows->text, count, rows->types)) ||
            !postgres_results(postgres, ANSWER_MS, NULL)) {
            return false;
        }
        rows->generation = postgres->generation;
    }
    return postgres_sent(postgres, libpq.PQsendQueryPrepared(postgres->link, rows->name, count, rows->values,
                                                             rows->lengths, rows->formats, 0));
}

/* How many rows the command changed; a SELECT changes none. */
static void changes_note(struct postgres *postgres, PGresult *result) {
    const char *tag = libpq.PQcmdStatus(result);
    if (strncmp(tag, "INSERT", 6) == 0 || strncmp(tag, "UPDATE", 6) == 0 || strncmp(tag, "DELETE", 6) == 0) {
        postgres->changes = strtoll(libpq.PQcmdTuples(result), NULL, 10);
    }
}

/* Sends it and reads all of its rows, or the first one if they come one by one. */
static bool execute_once(struct postgres *postgres, struct answer_rows *rows) {
    if (!postgres_link_have(postgres) || !statement_send(postgres, rows)) {
        return false;
    }
    rows->is_sent = true;
    if (rows->streams) {
        return true;
    }
    if (!postgres_results(postgres, ANSWER_MS, &rows->result) || rows->result == NULL) {
        return false;
    }
    changes_note(postgres, rows->result);
    return true;
}

/* A link may have been lost while it was idle: a statement that only reads is sent again over a new one. */
static bool execute(struct postgres *postgres, struct answer_rows *rows) {
    bool may_repeat = !postgres->is_in_transaction && strncmp(rows->text, "SELECT", 6) == 0 && postgres->link != NULL;
    bool is_done = execute_once(postgres, rows);
    if (!is_done && may_repeat && postgres->link == NULL) {
        libpq.PQclear(rows->result);
        rows->result = NULL;
        is_done = execute_once(postgres, rows);
    }
    return is_done;
}

static enum sql_step step_stream(struct postgres *postgres, struct answer_rows *rows) {
    libpq.PQclear(rows->result);
    rows->row = 0;
    rows->result = postgres_result(postgres, clock_now_ms() + ANSWER_MS);
    if (rows->result == NULL) {
        rows->has_ended = true;
        return STEP_FAILED;
    }
    if (libpq.PQresultStatus(rows->result) == PGRES_SINGLE_TUPLE) {
        return STEP_ROW;
    }
    bool is_good = postgres_is_good(rows->result);
    if (!is_good) {
        postgres_note_result(postgres, rows->result);
    }
    rows->has_ended = true;
    return postgres_results(postgres, ANSWER_MS, NULL) && is_good ? STEP_END : STEP_FAILED;
}

/* As in execute, a link that was lost while it was idle does not fail the first row. */
static enum sql_step step_first(struct postgres *postgres, struct answer_rows *rows) {
    bool may_repeat = !postgres->is_in_transaction && postgres->link != NULL;
    enum sql_step first = execute(postgres, rows) ? step_stream(postgres, rows) : STEP_FAILED;
    if (first == STEP_FAILED && may_repeat && postgres->link == NULL) {
        rows->has_ended = false;
        first = execute(postgres, rows) ? step_stream(postgres, rows) : STEP_FAILED;
    }
    return first;
}

void postgres_stream(struct sql_statement *statement) {
    rows_of(statement)->streams = true;
}

enum sql_step postgres_step(struct sql_statement *statement) {
    struct postgres *postgres = postgres_of(statement->sql);
    struct answer_rows *rows = rows_of(statement);
    if (rows->streams) {
        return rows->is_sent ? step_stream(postgres, rows) : step_first(postgres, rows);
    }
    if (!rows->is_sent && !execute(postgres, rows)) {
        return STEP_FAILED;
    }
    return ++rows->row < libpq.PQntuples(rows->result) ? STEP_ROW : STEP_END;
}

void postgres_finish(struct sql_statement *statement) {
    struct answer_rows *rows = rows_of(statement);
    postgres_reset(statement);
    for (size_t i = 0; i < SQL_VALUES; i++) {
        free(rows->cleaned[i]);
    }
    free(rows->text);
    free(rows);
}

bool postgres_is_null(const struct sql_statement *statement, int column) {
    const struct answer_rows *rows = rows_of(statement);
    return libpq.PQgetisnull(rows->result, rows->row, column) != 0;
}

const char *postgres_string(const struct sql_statement *statement, int column) {
    const struct answer_rows *rows = rows_of(statement);
    return postgres_is_null(statement, column) ? NULL : libpq.PQgetvalue(rows->result, rows->row, column);
}

int64_t postgres_integer(const struct sql_statement *statement, int column) {
    const char *text = postgres_string(statement, column);
    return text == NULL ? 0 : *text == 't' ? 1 : *text == 'f' ? 0 : strtoll(text, NULL, 10);
}

const void *postgres_bytes(const struct sql_statement *statement, int column, size_t *count) {
    struct answer_rows *rows = rows_of(statement);
    const char *text = postgres_string(statement, column);
    libpq.PQfreemem(rows->blob);
    rows->blob = NULL;
    *count = 0;
    if (text != NULL) {
        rows->blob = libpq.PQunescapeBytea((const unsigned char *)text, count);
    }
    return rows->blob;
}

int64_t postgres_changes(const struct sql *sql) {
    return postgres_of(sql)->changes;
}
