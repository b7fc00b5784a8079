/*
 * sql_postgres.c - PostgreSQL for the store: connections and transactions.
 *
 * A transaction is done only if COMMIT came back in time, as COMMIT, and without a warning. A cancelled wait for a
 * standby comes back as success with a warning, and what it wrote may be lost with the primary.
 */
#include "store/sql/sql_postgres.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "store/sql/postgres_link.h"
#include "store/sql/postgres_statement.h"

enum { COMMIT_MS = 10000 };
enum { COMMIT_AGAIN_MS = 2000 }; /* after an unanswered COMMIT: the wait for the next one, and the pause before it */

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
    return postgres_link_have(postgres) ? LINCE_OK : sql_fail(sql, error);
}

static void close_link(struct sql *sql) {
    struct postgres *postgres = postgres_of(sql);
    if (postgres->link != NULL) {
        postgres_link_drop(postgres);
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
    if (!postgres_link_have(postgres)) {
        return false;
    }
    if (notices_take(postgres)) { /* a notice came with the answer to a statement */
        return true;
    }
    struct pollfd wait = {.fd = libpq.PQsocket(postgres->link), .events = POLLIN};
    if (poll(&wait, 1, wait_ms) > 0 && libpq.PQconsumeInput(postgres->link) == 0) {
        postgres_link_lose(postgres, libpq.PQerrorMessage(postgres->link));
        return false;
    }
    return notices_take(postgres);
}

static enum lince_status fail(struct sql *sql, int *code, bool *is_final, struct lince_error *error) {
    *code = 1;
    *is_final = true; /* PostgreSQL takes no further statement of a transaction in which one failed */
    return postgres_tell(postgres_of(sql), error);
}

static enum lince_status fail_again(const struct sql *sql, struct lince_error *error) {
    return postgres_tell(postgres_of(sql), error);
}

static bool script(struct sql *sql, const char *text) {
    struct postgres *postgres = postgres_of(sql);
    return postgres_link_have(postgres) && postgres_run(postgres, text, ANSWER_MS);
}

/*
 * Locks one row first, as all nodes do, so that numbers are committed in their order: whoever has seen a number has
 * seen all lower ones. A link may have been lost while it was idle, when nothing was written yet.
 */
static bool begin(struct sql *sql, bool durable, bool in_turn) {
    struct postgres *postgres = postgres_of(sql);
    char text[128];
    if (postgres->has_hung && clock_now_ms() < postgres->next_commit_ms) { /* refused at once */
        postgres_note(postgres, "08006", "it did not confirm what was written a moment ago");
        return false;
    }
    snprintf(text, sizeof text, "BEGIN%s%s", durable ? "" : "; SET LOCAL synchronous_commit TO off",
             in_turn ? "; SELECT 1 FROM turns FOR UPDATE" : "");
    bool was_there = postgres->link != NULL;
    bool is_begun = script(sql, text) || (was_there && postgres->link == NULL && script(sql, text));
    if (!is_begun && postgres->link != NULL) {
        (void)postgres_run(postgres, "ROLLBACK", ANSWER_MS);
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
    bool is_done = postgres_sent(postgres, libpq.PQsendQuery(postgres->link, "NOTIFY " POSTGRES_SCHEMA "; COMMIT")) &&
                   postgres_results(postgres, wait_ms, &last);
    postgres->has_hung = !is_done && clock_now_ms() - began_ms >= wait_ms;
    postgres->next_commit_ms = clock_now_ms() + COMMIT_AGAIN_MS;
    if (is_done && (last == NULL || postgres->has_warned || strcmp(libpq.PQcmdStatus(last), "COMMIT") != 0)) {
        postgres_link_lose(postgres, "it is not known whether the transaction lasts");
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
    if (postgres->link != NULL && !postgres_run(postgres, "ROLLBACK", ANSWER_MS) && postgres->link != NULL) {
        postgres_link_drop(postgres);
    }
    memcpy(postgres->state, state, sizeof state);
    memcpy(postgres->reason, reason, sizeof reason);
    postgres->is_in_transaction = false;
}

const struct sql_driver sql_postgres = {
    .is_postgres = true,
    .open = open_url,
    .close = close_link,
    .prepare = postgres_prepare,
    .stream = postgres_stream,
    .bind = postgres_bind,
    .step = postgres_step,
    .reset = postgres_reset,
    .finish = postgres_finish,
    .integer = postgres_integer,
    .is_null = postgres_is_null,
    .string = postgres_string,
    .bytes = postgres_bytes,
    .changes = postgres_changes,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .script = script,
    .fail = fail,
    .fail_again = fail_again,
};
