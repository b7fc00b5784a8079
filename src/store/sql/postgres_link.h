/* postgres_link.h - a link to a server of PostgreSQL: opened when it is needed, and dropped if it does not answer. */
#ifndef LINCE_STORE_SQL_POSTGRES_LINK_H
#define LINCE_STORE_SQL_POSTGRES_LINK_H

#include <stdbool.h>
#include <stdint.h>

#include "store/sql/libpq.h"
#include "store/sql/sql_driver.h"
#include "store/sql/sql_postgres.h"

enum { ANSWER_MS = 35000, REASON_BYTES = 200, STATE_BYTES = 6 };

struct postgres {
    PGconn *link; /* NULL: none */
    char *url;
    enum sql_use use;
    const struct sql *sql;  /* borrowed: whose connection this is */
    uint64_t generation;    /* of the link: statements are prepared again on each */
    bool is_in_transaction; /* as the store sees it: a link lost within one is not opened again before its end */
    bool has_warned;        /* the server has sent a warning since this was last reset */
    int64_t changes;
    int64_t failed_ms;      /* when no connection could be made; 0: never */
    bool has_hung;          /* the last COMMIT was not answered in time: there may be no standby */
    int64_t next_commit_ms; /* after that, no transaction that writes begins before this time */
    char state[STATE_BYTES], reason[REASON_BYTES + 56]; /* of the last failure: SQLSTATE, message */
};

static inline struct postgres *postgres_of(const struct sql *sql) {
    return sql->connection;
}

/* Notes a failure by its SQLSTATE. */
void postgres_note(struct postgres *postgres, const char *state, const char *reason);
/* Closes the link; a later call opens another one. */
void postgres_link_drop(struct postgres *postgres);
/* Notes why the link failed, and drops it. */
void postgres_link_lose(struct postgres *postgres, const char *reason);
/* Notes why a result is a failure. */
void postgres_note_result(struct postgres *postgres, const PGresult *result);
/* Reports the noted failure. */
enum lince_status postgres_tell(const struct postgres *postgres, struct lince_error *error);
/* The next result; NULL at the end. NULL with the link dropped if none came in time. */
PGresult *postgres_result(struct postgres *postgres, int64_t until_ms);
bool postgres_is_good(const PGresult *result);
/* Reads all results; gives the last one in `*last` if that is wanted. */
bool postgres_results(struct postgres *postgres, int64_t wait_ms, PGresult **last);
/* Whether libpq took what was to be sent; otherwise the link is lost. */
bool postgres_sent(struct postgres *postgres, int is_sent);
/* Runs statements without values, and waits for their end. */
bool postgres_run(struct postgres *postgres, const char *text, int64_t wait_ms);
/*
 * Opens a link unless there is one. For a second after a failure callers are refused at once, so that nobody waits
 * long, unless the server has answered another connection since.
 */
bool postgres_link_have(struct postgres *postgres);

#endif
