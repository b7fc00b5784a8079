/*
 * sql_postgres.c - PostgreSQL for the store, by libpq without blocking: our own clock limits every wait, and a
 * connection that does not answer in time is dropped.
 *
 * A transaction is done only if COMMIT came back in time, as COMMIT, and without a warning. A cancelled wait for a
 * standby comes back as success with a warning, and what it wrote may be lost with the primary.
 */
#include "store/sql/sql_postgres.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/utf8.h"
#include "store/sql/libpq.h"
#include "store/sql/sql_driver.h"

enum {
    ANSWER_MS = 35000,
    LISTENER_MS = 2000,
    STEP_MS = 250,
    COMMIT_MS = 10000,
    COMMIT_AGAIN_MS = 2000, /* after an unanswered COMMIT: the wait for the next, and the pause before it */
    CONNECT_PAUSE_MS = 1000,
    REASON_BYTES = 200,
    STATE_BYTES = 6
};
enum { OID_BYTEA = 17, OID_INT8 = 20, OID_TEXT = 25, OID_FLOAT8 = 701 };

/* The settings of each new link to the server. */
static const char session[] = "SET search_path TO " POSTGRES_SCHEMA "; SET statement_timeout TO '30s';"
                              "SET lock_timeout TO '10s'; SET idle_in_transaction_session_timeout TO '60s';"
                              "SET bytea_output TO 'hex'; SET client_min_messages TO warning;";

struct postgres {
    PGconn *link; /* NULL: none */
    char *url;
    enum sql_use use;
    const struct sql *sql;  /* borrowed: whose connection this is */
    uint64_t generation;    /* of the link: statements are prepared again on each */
    bool is_in_transaction; /* as the store sees it: a link lost within one is not opened again before its end */
    bool has_warned;        /* the server has sent a warning since this was last reset */
    int64_t changes;
    int64_t next_try_ms;    /* no connection is tried before this time */
    bool has_hung;          /* the last COMMIT was not answered in time: there may be no standby */
    int64_t next_commit_ms; /* after that, no transaction that writes begins before this time */
    char state[STATE_BYTES], reason[REASON_BYTES + 56]; /* of the last failure: SQLSTATE, message */
};

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

static struct postgres *postgres_of(const struct sql *sql) {
    return sql->connection;
}

static struct answer_rows *rows_of(const struct sql_statement *statement) {
    return statement->handle;
}

/* ---- failures ---- */

static void failure_note(struct postgres *postgres, const char *state, const char *reason) {
    snprintf(postgres->state, sizeof postgres->state, "%s", state);
    snprintf(postgres->reason, sizeof postgres->reason, "%.*s", (int)strcspn(reason, "\n"), reason);
}

static void link_drop(struct postgres *postgres) {
    libpq.PQfinish(postgres->link);
    postgres->link = NULL;
}

/* Notes why the link failed, and drops it. */
static void link_lost(struct postgres *postgres, const char *reason) {
    failure_note(postgres, "08006", reason);
    link_drop(postgres);
}

static void result_failed(struct postgres *postgres, const PGresult *result) {
    const char *state = libpq.PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *reason = libpq.PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    failure_note(postgres, state == NULL ? "08006" : state, reason == NULL ? "no message" : reason);
}

static bool state_begins(const struct postgres *postgres, const char *start) {
    return strncmp(postgres->state, start, strlen(start)) == 0;
}

/* The server cannot be reached for now; the work may be tried again. */
static bool is_passing(const struct postgres *postgres) {
    static const char *const starts[] = {"08", "57", "25006", "40", "53300", "55P03", "25P03"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (state_begins(postgres, starts[i])) {
            return true;
        }
    }
    return false;
}

static enum lince_status failure_tell(const struct postgres *postgres, struct lince_error *error) {
    if (is_passing(postgres)) {
        return error_set(error, LINCE_ERROR_UNREADABLE, "the database does not answer (%s); try again when it does",
                         "la base de datos no responde (%s); inténtelo cuando responda", postgres->reason);
    }
    if (state_begins(postgres, "53100")) {
        return error_set(error, LINCE_ERROR_WRITE, "the database cannot be written (%s); make room on its disk",
                         "no se puede escribir la base de datos (%s); haga sitio en su disco", postgres->reason);
    }
    return error_set(error, LINCE_ERROR_RUNTIME, "the store failed (%s, code %s)", "falló el almacén (%s, código %s)",
                     postgres->reason, postgres->state);
}

static enum lince_status fail(struct sql *sql, int *code, bool *is_final, struct lince_error *error) {
    *code = 1;
    *is_final = true; /* PostgreSQL takes no further statement of a transaction in which one failed */
    return failure_tell(postgres_of(sql), error);
}

static enum lince_status fail_again(const struct sql *sql, struct lince_error *error) {
    return failure_tell(postgres_of(sql), error);
}

/* ---- answers ---- */

static bool is_cut_off(const struct postgres *postgres) {
    const _Atomic int64_t *answered_ms = postgres->sql->answered_ms;
    return answered_ms != NULL && clock_now_ms() - *answered_ms > SQL_CUT_OFF_MS;
}

static void notice_take(void *context, const PGresult *result) {
    struct postgres *postgres = context;
    const char *severity = libpq.PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    postgres->has_warned |= severity != NULL && strcmp(severity, "WARNING") == 0;
}

/* The next result; NULL at the end. NULL with the link dropped if none came in time. */
static PGresult *result_wait(struct postgres *postgres, int64_t until_ms) {
    for (;;) {
        int more = libpq.PQflush(postgres->link);
        if (more < 0) {
            link_lost(postgres, libpq.PQerrorMessage(postgres->link));
            return NULL;
        }
        if (more == 0 && libpq.PQisBusy(postgres->link) == 0) {
            return libpq.PQgetResult(postgres->link);
        }
        int64_t left_ms = is_cut_off(postgres) ? 0 : until_ms - clock_now_ms();
        int wait_ms = left_ms < STEP_MS ? (int)left_ms : STEP_MS;
        struct pollfd wait = {.fd = libpq.PQsocket(postgres->link), .events = (short)(POLLIN | (more ? POLLOUT : 0))};
        int ready = wait_ms > 0 ? poll(&wait, 1, wait_ms) : 0;
        if (ready == 0 && wait_ms > 0) {
            continue;
        }
        if (ready == 0) {
            link_lost(postgres, "no answer in time");
            return NULL;
        }
        if (ready > 0 && (wait.revents & ~POLLOUT) != 0 && libpq.PQconsumeInput(postgres->link) == 0) {
            link_lost(postgres, libpq.PQerrorMessage(postgres->link));
            return NULL;
        }
    }
}

static bool result_is_good(const PGresult *result) {
    ExecStatusType status = libpq.PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE;
}

/* Reads all results; gives the last one in `*last` if that is wanted. */
static bool results_take(struct postgres *postgres, int64_t wait_ms, PGresult **last) {
    int64_t until_ms = clock_now_ms() + (postgres->use == SQL_LISTENS ? LISTENER_MS : wait_ms);
    bool is_good = true;
    PGresult *result, *kept = NULL;
    while ((result = result_wait(postgres, until_ms)) != NULL) {
        if (!result_is_good(result)) {
            if (is_good) {
                result_failed(postgres, result);
            }
            is_good = false;
        }
        libpq.PQclear(kept);
        kept = result;
    }
    if (last != NULL) {
        *last = kept;
    } else {
        libpq.PQclear(kept);
    }
    if (!is_good && state_begins(postgres, "25006") && postgres->link != NULL) {
        link_drop(postgres); /* the server is no longer the primary, so another one must be found */
    }
    return is_good && postgres->link != NULL;
}

static bool sent(struct postgres *postgres, int is_sent) {
    if (is_sent == 0) {
        link_lost(postgres, libpq.PQerrorMessage(postgres->link));
    }
    return is_sent != 0;
}

static bool simple_run(struct postgres *postgres, const char *text, int64_t wait_ms) {
    return sent(postgres, libpq.PQsendQuery(postgres->link, text)) && results_take(postgres, wait_ms, NULL);
}

/* ---- links ---- */

/* Options in the address override those before it. */
static PGconn *connect_now(const char *url) {
    static const char *const names[] = {"application_name",
                                        "connect_timeout",
                                        "client_encoding",
                                        "target_session_attrs",
                                        "tcp_user_timeout",
                                        "keepalives_idle",
                                        "keepalives_interval",
                                        "keepalives_count",
                                        "dbname",
                                        NULL};
    const char *const values[] = {"lince", "5", "UTF8", "read-write", "10000", "5", "2", "3", url, NULL};
    return libpq.PQconnectdbParams(names, values, 1);
}

/*
 * Opens a link unless there is one. For a second after a failure callers are refused at once, so that nobody waits
 * long.
 */
static bool link_have(struct postgres *postgres) {
    int64_t now_ms = clock_now_ms();
    if (postgres->link != NULL) {
        return true;
    }
    if (postgres->is_in_transaction) { /* its earlier writes are lost, and the rest must not be written without them */
        return false;
    }
    if (now_ms < postgres->next_try_ms || is_cut_off(postgres)) {
        return false;
    }
    postgres->link = connect_now(postgres->url);
    postgres->generation++;
    if (libpq.PQstatus(postgres->link) != CONNECTION_OK) {
        link_lost(postgres, libpq.PQerrorMessage(postgres->link));
        postgres->next_try_ms = clock_now_ms() + CONNECT_PAUSE_MS;
        return false;
    }
    libpq.PQsetNoticeReceiver(postgres->link, notice_take, postgres);
    libpq.PQsetnonblocking(postgres->link, 1);
    if (!simple_run(postgres, session, ANSWER_MS) ||
        (postgres->use == SQL_LISTENS && !simple_run(postgres, "LISTEN " POSTGRES_SCHEMA, ANSWER_MS))) {
        link_drop(postgres);
        return false;
    }
    return true;
}

static enum lince_status url_check(const char *url, struct lince_error *error) {
    char *reason = NULL;
    PQconninfoOption *options = libpq.PQconninfoParse(url, &reason);
    bool is_good = options != NULL;
    enum lince_status status =
        is_good ? LINCE_OK
                : error_set(error, LINCE_ERROR_ARGUMENT,
                            "the address of the store is not one of PostgreSQL (%.*s); write postgres://host/database",
                            "la dirección del almacén no es de PostgreSQL (%.*s); escriba postgres://servidor/base",
                            reason == NULL ? 0 : (int)strcspn(reason, "\n"), reason == NULL ? "" : reason);
    libpq.PQconninfoFree(options);
    libpq.PQfreemem(reason);
    return status;
}

static enum lince_status open_url(struct sql *sql, const char *url, enum sql_use use, struct lince_error *error) {
    enum lince_status status = libpq_load(error);
    if (status == LINCE_OK) {
        status = url_check(url, error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    struct postgres *postgres = calloc(1, sizeof *postgres);
    char *copy = strdup(url);
    if (postgres == NULL || copy == NULL) {
        free(postgres);
        free(copy);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the store", "no hay memoria para el almacén");
    }
    postgres->url = copy;
    postgres->sql = sql;
    postgres->use = use;
    sql->connection = postgres;
    return link_have(postgres) ? LINCE_OK : sql_fail(sql, error);
}

static void close_link(struct sql *sql) {
    struct postgres *postgres = postgres_of(sql);
    if (postgres->link != NULL) {
        link_drop(postgres);
    }
    free(postgres->url);
    free(postgres);
}

int postgres_version(const struct sql *sql) {
    const struct postgres *postgres = postgres_of(sql);
    return postgres->link == NULL ? 0 : libpq.PQserverVersion(postgres->link);
}

static bool notices_take(struct postgres *postgres) {
    bool is_told = false;
    for (PGnotify *notify; (notify = libpq.PQnotifies(postgres->link)) != NULL; libpq.PQfreemem(notify)) {
        is_told = true;
    }
    return is_told;
}

bool postgres_wait(struct sql *sql, int wait_ms) {
    struct postgres *postgres = postgres_of(sql);
    if (!link_have(postgres)) {
        return false;
    }
    if (notices_take(postgres)) { /* a notice came with the answer to a statement */
        return true;
    }
    struct pollfd wait = {.fd = libpq.PQsocket(postgres->link), .events = POLLIN};
    if (poll(&wait, 1, wait_ms) > 0 && libpq.PQconsumeInput(postgres->link) == 0) {
        link_lost(postgres, libpq.PQerrorMessage(postgres->link));
        return false;
    }
    return notices_take(postgres);
}

/* ---- statements ---- */

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

static bool prepare(struct sql *sql, struct sql_statement *statement, bool streams) {
    struct answer_rows *rows = calloc(1, sizeof *rows);
    char *text = text_translate(statement->text);
    if (rows == NULL || text == NULL) {
        free(rows);
        free(text);
        failure_note(postgres_of(sql), "53200", "no memory for a statement");
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

static void reset(struct sql_statement *statement) {
    struct answer_rows *rows = rows_of(statement);
    struct postgres *postgres = postgres_of(statement->sql);
    if (rows->streams && rows->is_sent && !rows->has_ended && postgres->link != NULL) {
        (void)results_take(postgres, ANSWER_MS, NULL); /* unread results must be taken before the next statement */
    }
    libpq.PQclear(rows->result);
    libpq.PQfreemem(rows->blob);
    rows->result = NULL;
    rows->blob = NULL;
    rows->is_sent = rows->has_ended = false;
    rows->row = -1;
}

static void bind_values(struct sql_statement *statement, const struct sql_value *values, size_t count) {
    struct answer_rows *rows = rows_of(statement);
    reset(statement);
    rows->count = count;
    for (size_t i = 0; i < count; i++) {
        value_bind(rows, i, &values[i]);
    }
}

static bool statement_send(struct postgres *postgres, struct answer_rows *rows) {
    int count = (int)rows->count;
    if (rows->streams) {
        return sent(postgres, libpq.PQsendQueryParams(postgres->link, rows->text, count, rows->types, rows->values,
                                                      rows->lengths, rows->formats, 0)) &&
               sent(postgres, libpq.PQsetSingleRowMode(postgres->link));
    }
    if (rows->generation != postgres->generation) {
        if (!sent(postgres, libpq.PQsendPrepare(postgres->link, rows->name, rows->text, count, rows->types)) ||
            !results_take(postgres, ANSWER_MS, NULL)) {
            return false;
        }
        rows->generation = postgres->generation;
    }
    return sent(postgres, libpq.PQsendQueryPrepared(postgres->link, rows->name, count, rows->values, rows->lengths,
                                                    rows->formats, 0));
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
    if (!link_have(postgres) || !statement_send(postgres, rows)) {
        return false;
    }
    rows->is_sent = true;
    if (rows->streams) {
        return true;
    }
    if (!results_take(postgres, ANSWER_MS, &rows->result) || rows->result == NULL) {
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
    rows->result = result_wait(postgres, clock_now_ms() + ANSWER_MS);
    if (rows->result == NULL) {
        rows->has_ended = true;
        return STEP_FAILED;
    }
    if (libpq.PQresultStatus(rows->result) == PGRES_SINGLE_TUPLE) {
        return STEP_ROW;
    }
    bool is_good = result_is_good(rows->result);
    if (!is_good) {
        result_failed(postgres, rows->result);
    }
    rows->has_ended = true;
    return results_take(postgres, ANSWER_MS, NULL) && is_good ? STEP_END : STEP_FAILED;
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

static void stream(struct sql_statement *statement) {
    rows_of(statement)->streams = true;
}

static enum sql_step step(struct sql_statement *statement) {
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

static void finish(struct sql_statement *statement) {
    struct answer_rows *rows = rows_of(statement);
    reset(statement);
    for (size_t i = 0; i < SQL_VALUES; i++) {
        free(rows->cleaned[i]);
    }
    free(rows->text);
    free(rows);
}

static bool is_null(const struct sql_statement *statement, int column) {
    const struct answer_rows *rows = rows_of(statement);
    return libpq.PQgetisnull(rows->result, rows->row, column) != 0;
}

static const char *string(const struct sql_statement *statement, int column) {
    const struct answer_rows *rows = rows_of(statement);
    return is_null(statement, column) ? NULL : libpq.PQgetvalue(rows->result, rows->row, column);
}

static int64_t integer(const struct sql_statement *statement, int column) {
    const char *text = string(statement, column);
    return text == NULL ? 0 : *text == 't' ? 1 : *text == 'f' ? 0 : strtoll(text, NULL, 10);
}

static const void *bytes(const struct sql_statement *statement, int column, size_t *count) {
    struct answer_rows *rows = rows_of(statement);
    const char *text = string(statement, column);
    libpq.PQfreemem(rows->blob);
    rows->blob = NULL;
    *count = 0;
    if (text != NULL) {
        rows->blob = libpq.PQunescapeBytea((const unsigned char *)text, count);
    }
    return rows->blob;
}

static int64_t changes(const struct sql *sql) {
    return postgres_of(sql)->changes;
}

/* ---- transactions ---- */

static bool script(struct sql *sql, const char *text) {
    struct postgres *postgres = postgres_of(sql);
    return link_have(postgres) && simple_run(postgres, text, ANSWER_MS);
}

/*
 * Locks one row first, as all nodes do, so that numbers are committed in their order: whoever has seen a number has
 * seen all lower ones. A link may have been lost while it was idle, when nothing was written yet.
 */
static bool begin(struct sql *sql, bool durable, bool in_turn) {
    struct postgres *postgres = postgres_of(sql);
    char text[128];
    if (postgres->has_hung && clock_now_ms() < postgres->next_commit_ms) { /* refused at once */
        failure_note(postgres, "08006", "it did not confirm what was written a moment ago");
        return false;
    }
    snprintf(text, sizeof text, "BEGIN%s%s", durable ? "" : "; SET LOCAL synchronous_commit TO off",
             in_turn ? "; SELECT 1 FROM turns FOR UPDATE" : "");
    bool was_there = postgres->link != NULL;
    bool is_begun = script(sql, text) || (was_there && postgres->link == NULL && script(sql, text));
    if (!is_begun && postgres->link != NULL) {
        (void)simple_run(postgres, "ROLLBACK", ANSWER_MS);
    }
    postgres->is_in_transaction = is_begun;
    return is_begun;
}

static bool commit(struct sql *sql) {
    struct postgres *postgres = postgres_of(sql);
    PGresult *last = NULL;
    if (postgres->link == NULL) {
        return false;
    }
    int64_t began_ms = clock_now_ms(), wait_ms = postgres->has_hung ? COMMIT_AGAIN_MS : COMMIT_MS;
    postgres->has_warned = false;
    bool is_done = sent(postgres, libpq.PQsendQuery(postgres->link, "NOTIFY " POSTGRES_SCHEMA "; COMMIT")) &&
                   results_take(postgres, wait_ms, &last);
    postgres->has_hung = !is_done && clock_now_ms() - began_ms >= wait_ms;
    postgres->next_commit_ms = clock_now_ms() + COMMIT_AGAIN_MS;
    if (is_done && (last == NULL || postgres->has_warned || strcmp(libpq.PQcmdStatus(last), "COMMIT") != 0)) {
        link_lost(postgres, "it is not known whether the transaction lasts");
        is_done = false;
    }
    libpq.PQclear(last);
    postgres->is_in_transaction = !is_done;
    return is_done;
}

static void rollback(struct sql *sql) {
    struct postgres *postgres = postgres_of(sql);
    char state[STATE_BYTES], reason[sizeof postgres->reason];
    memcpy(state, postgres->state, sizeof state); /* kept, because the rollback overwrites it */
    memcpy(reason, postgres->reason, sizeof reason);
    if (postgres->link != NULL && !simple_run(postgres, "ROLLBACK", ANSWER_MS) && postgres->link != NULL) {
        link_drop(postgres);
    }
    memcpy(postgres->state, state, sizeof state);
    memcpy(postgres->reason, reason, sizeof reason);
    postgres->is_in_transaction = false;
}

const struct sql_driver sql_postgres = {
    .is_postgres = true,
    .open = open_url,
    .close = close_link,
    .prepare = prepare,
    .stream = stream,
    .bind = bind_values,
    .step = step,
    .reset = reset,
    .finish = finish,
    .integer = integer,
    .is_null = is_null,
    .string = string,
    .bytes = bytes,
    .changes = changes,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .script = script,
    .fail = fail,
    .fail_again = fail_again,
};
