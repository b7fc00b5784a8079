/*
 * postgres_link.c - links to PostgreSQL, by libpq without blocking: our own clock limits every wait, and a link that
 * does not answer in time is dropped.
 */
#include "store/sql/postgres_link.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"

enum { LISTENER_MS = 2000, STEP_MS = 250, CONNECT_PAUSE_MS = 1000 };

/* The settings of each new link to the server. */
static const char session[] = "SET search_path TO " POSTGRES_SCHEMA "; SET statement_timeout TO '30s';"
                              "SET lock_timeout TO '10s'; SET idle_in_transaction_session_timeout TO '60s';"
                              "SET bytea_output TO 'hex'; SET client_min_messages TO warning;";

/* ---- failures ---- */

void postgres_note(struct postgres *postgres, const char *state, const char *reason) {
    snprintf(postgres->state, sizeof postgres->state, "%s", state);
    snprintf(postgres->reason, sizeof postgres->reason, "%.*s", (int)strcspn(reason, "\n"), reason);
}

void postgres_link_drop(struct postgres *postgres) {
    libpq.PQfinish(postgres->link);
    postgres->link = NULL;
}

void postgres_link_lose(struct postgres *postgres, const char *reason) {
    postgres_note(postgres, "08006", reason);
    postgres_link_drop(postgres);
}

void postgres_note_result(struct postgres *postgres, const PGresult *result) {
    const char *state = libpq.PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *reason = libpq.PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    postgres_note(postgres, state == NULL ? "08006" : state, reason == NULL ? "no message" : reason);
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

enum lince_status postgres_tell(const struct postgres *postgres, struct lince_error *error) {
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

PGresult *postgres_result(struct postgres *postgres, int64_t until_ms) {
    for (;;) {
        int more = libpq.PQflush(postgres->link);
        if (more < 0) {
            postgres_link_lose(postgres, libpq.PQerrorMessage(postgres->link));
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
            postgres_link_lose(postgres, "no answer in time");
            return NULL;
        }
        if (ready > 0 && (wait.revents & ~POLLOUT) != 0 && libpq.PQconsumeInput(postgres->link) == 0) {
            postgres_link_lose(postgres, libpq.PQerrorMessage(postgres->link));
            return NULL;
        }
    }
}

bool postgres_is_good(const PGresult *result) {
    ExecStatusType status = libpq.PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE;
}

bool postgres_results(struct postgres *postgres, int64_t wait_ms, PGresult **last) {
    int64_t until_ms = clock_now_ms() + (postgres->use == SQL_LISTENS ? LISTENER_MS : wait_ms);
    bool is_good = true;
    PGresult *result, *kept = NULL;
    while ((result = postgres_result(postgres, until_ms)) != NULL) {
        if (!postgres_is_good(result)) {
            if (is_good) {
                postgres_note_result(postgres, result);
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
        postgres_link_drop(postgres); /* the server is no longer the primary, so another one must be found */
    }
    return is_good && postgres->link != NULL;
}

bool postgres_sent(struct postgres *postgres, int is_sent) {
    if (is_sent == 0) {
        postgres_link_lose(postgres, libpq.PQerrorMessage(postgres->link));
    }
    return is_sent != 0;
}

bool postgres_run(struct postgres *postgres, const char *text, int64_t wait_ms) {
    return postgres_sent(postgres, libpq.PQsendQuery(postgres->link, text)) &&
           postgres_results(postgres, wait_ms, NULL);
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

/* A second after a failure, or as soon as the server has answered another connection since. */
static bool may_try(const struct postgres *postgres) {
    const _Atomic int64_t *answered_ms = postgres->sql->answered_ms;
    int64_t now_ms = clock_now_ms(), failed_ms = postgres->failed_ms;
    bool has_answered = answered_ms != NULL && *answered_ms > failed_ms;
    return failed_ms == 0 || has_answered || now_ms >= failed_ms + CONNECT_PAUSE_MS;
}

bool postgres_link_have(struct postgres *postgres) {
    if (postgres->link != NULL) {
        return true;
    }
    if (postgres->is_in_transaction) { /* its earlier writes are lost, and the rest must not be written without them */
        return false;
    }
    if (!may_try(postgres) || is_cut_off(postgres)) {
        return false;
    }
    postgres->link = connect_now(postgres->url);
    postgres->generation++;
    if (libpq.PQstatus(postgres->link) != CONNECTION_OK) {
        /* At the start the operator reads the reason. Later clients do, who are not told hosts, users and sockets. */
        bool is_start = postgres->sql->answered_ms == NULL;
        postgres_link_lose(postgres, is_start ? libpq.PQerrorMessage(postgres->link) : "no connection");
        postgres->failed_ms = clock_now_ms();
        return false;
    }
    libpq.PQsetNoticeReceiver(postgres->link, notice_take, postgres);
    libpq.PQsetnonblocking(postgres->link, 1);
    if (!postgres_run(postgres, session, ANSWER_MS) ||
        (postgres->use == SQL_LISTENS && !postgres_run(postgres, "LISTEN " POSTGRES_SCHEMA, ANSWER_MS))) {
        postgres_link_drop(postgres);
        return false;
    }
    return true;
}
