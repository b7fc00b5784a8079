/*
 * sql.h - databases for the files of src/store: connections, prepared statements, values bound by a string of types,
 * and failures as messages of this program.
 *
 * A driver (sql_driver.h) serves each kind of database. Statements are written once, in the SQL that both share; where
 * they differ, sql_either takes both texts.
 */
#ifndef LINCE_STORE_SQL_H
#define LINCE_STORE_SQL_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lince.h"

struct arena;
struct sql;
struct sql_driver;

enum { SQL_STATEMENTS = 320, SQL_CUT_OFF_MS = 3000 };

/* A statement with its values and the row that it is at. Used between sql_lock and sql_unlock. */
struct sql_statement {
    struct sql *sql;  /* borrowed */
    const char *text; /* compared by address: the text of every kept statement is a literal */
    void *handle;     /* owned: the driver's; NULL: not prepared */
};

struct sql {
    const struct sql_driver *driver;
    void *connection;     /* owned: the driver's; NULL: closed */
    pthread_mutex_t lock; /* held from sql_lock to sql_unlock; statements are used only in between */
    bool is_writing;      /* from sql_write to sql_commit */
    bool is_all_durable;  /* every transaction is durable, also one that would simply be done again */
    /*
     * Borrowed: the time (monotonic) of the last answer to another connection to the same database. SQL_CUT_OFF_MS
     * after it, this connection stops waiting for answers. NULL: not checked.
     */
    const _Atomic int64_t *answered_ms;
    int failed_code;           /* in a transaction: the code of the failure after which it may not go on; 0: none */
    enum lince_status missing; /* why a text that is never NULL was missing since sql_lock; OK: none was missing */
    struct sql_statement statements[SQL_STATEMENTS];
};

/* The text for the kind of database that this is. */
const char *sql_either(const struct sql *sql, const char *sqlite, const char *postgres);

enum sql_use {
    SQL_WRITES,  /* makes the database if it is missing */
    SQL_READS,   /* beside an open connection that writes */
    SQL_LISTENS, /* hears of changes by others: PostgreSQL only */
};
/* `place`: what the driver calls its database. A connection that failed to open is closed with sql_close too. */
enum lince_status sql_open(struct sql *sql, const struct sql_driver *driver, const char *place, enum sql_use use,
                           struct lince_error *error);
/* Does nothing to a connection that is all zero or closed. */
void sql_close(struct sql *sql);

void sql_lock(struct sql *sql);
void sql_unlock(struct sql *sql);

/*
 * Binds the values that `types` lists: t text (may be NULL), i int64_t, b blob (pointer, size_t), r double, n an
 * int64_t that means NULL if it is negative. `text` must be a literal. NULL if the database refuses the statement.
 */
struct sql_statement *sql_bind(struct sql *sql, const char *text, const char *types, ...);

/*
 * The same for a statement with many rows, which come one by one, because a client library would otherwise hold all of
 * them outside any meter. No other statement of this connection may run before sql_row has returned false or sql_done
 * was called.
 */
struct sql_statement *sql_bind_many(struct sql *sql, const char *text, const char *types, ...);

/* A value of a statement that is made for one use. */
struct sql_value {
    char type; /* as above */
    const void *bytes;
    size_t bytes_count; /* of a blob; a text ends with a zero byte */
    int64_t number;
    double real;
};

enum { SQL_VALUES = 48 };

/*
 * A statement whose text is made for one use. Its rows are read one by one; no other statement of this connection may
 * run before sql_finish. False, with nothing to finish, if the database refuses it.
 */
bool sql_begin_once(struct sql *sql, struct sql_statement *statement, const char *text, const struct sql_value *values,
                    size_t count);
void sql_finish(struct sql_statement *statement);

/* Steps: true on a row. At the end or on an error the statement is reset, and *error and *status say which it was. */
bool sql_row(struct sql *sql, struct sql_statement *statement, enum lince_status *status, struct lince_error *error);

/* Ends a statement whose further rows are not wanted. */
void sql_done(struct sql_statement *statement);

/* Binds and runs to its end. */
enum lince_status sql_run(struct sql *sql, struct lince_error *error, const char *text, const char *types, ...);

/* How many rows the last statement inserted, changed or deleted. */
int64_t sql_changes(const struct sql *sql);

/* Runs an INSERT ... RETURNING of one number and gives it; of several rows, the last. */
enum lince_status sql_add(struct sql *sql, int64_t *seq, struct lince_error *error, const char *text, const char *types,
                          ...);

/* The first column of the first row as a number; `otherwise` without a row or on an error. */
int64_t sql_number(struct sql *sql, int64_t otherwise, const char *text, const char *types, ...);

/* How rows are taken into an item or an array of them, with texts in an arena. */
struct sql_list {
    size_t item_bytes, most;                                                  /* most: rows beyond are left out */
    bool (*fill)(struct sql_statement *row, struct arena *arena, void *item); /* false: the arena was refused memory */
    enum lince_status (*no_memory)(struct lince_error *error);                /* NULL: sql_no_memory */
};

/* Says that there is no memory left for the request. */
enum lince_status sql_no_memory(struct lince_error *error);

/*
 * Takes the lock and runs the statement to its end. Gives the array and `*count`, the number of items in it; NULL if
 * the arena has no room for one. `*status` and `*error` say what failed.
 */
void *sql_rows(struct sql *sql, const struct sql_list *list, struct arena *arena, size_t *count,
               enum lince_status *status, struct lince_error *error, const char *text, const char *types, ...);

/*
 * Takes the lock and fills `item` from the first row; false without a row. `*status` and `*error` say what failed.
 * `list` needs no item_bytes and no most.
 */
bool sql_one(struct sql *sql, const struct sql_list *list, void *item, struct arena *arena, enum lince_status *status,
             struct lince_error *error, const char *text, const char *types, ...);

/* Columns of the row. A borrowed value is valid until the next step of the statement. */
int64_t sql_integer(const struct sql_statement *statement, int column); /* 0 for NULL; 1 and 0 for true and false */
bool sql_is_null(const struct sql_statement *statement, int column);
const char *sql_string(const struct sql_statement *statement, int column); /* borrowed; NULL for NULL, and no memory */
/*
 * The text of a column that is never NULL. If it is NULL, the file is damaged: this gives "", and the next sql_row,
 * sql_check or sql_commit of this connection reports it. The same if the database had no memory for the text.
 */
const char *sql_needed(const struct sql_statement *statement, int column);               /* borrowed; never NULL */
const void *sql_bytes(const struct sql_statement *statement, int column, size_t *count); /* borrowed */
/* In the arena; NULL for NULL or when the arena is refused memory. */
const char *sql_text(const struct sql_statement *statement, int column, struct arena *arena);
/* As sql_needed, in the arena; NULL only when the arena is refused memory. */
const char *sql_needed_text(const struct sql_statement *statement, int column, struct arena *arena);
/* `status`; or, if that is OK and a text was missing since sql_lock, the reason why it was missing. */
enum lince_status sql_check(struct sql *sql, enum lince_status status, struct lince_error *error);

/*
 * A transaction that writes. If `durable`, it is on the disk when sql_commit returns. Otherwise a loss of power (but
 * not the end of the process) may lose it and all later ones; use that for work that would simply be done again.
 * `is_all_durable` makes all of them durable.
 */
enum lince_status sql_write(struct sql *sql, bool durable, struct lince_error *error);
/* A durable transaction without the lock of all nodes, for changes that depend on no others. */
enum lince_status sql_write_aside(struct sql *sql, struct lince_error *error);
/*
 * Commits if `status` is OK and no statement ran out of memory or room or met damage, even if its caller did not check:
 * the database itself ends such a transaction, and later statements would be stored without the earlier ones. So these
 * fail too. Otherwise rolls back. Returns the status of the whole.
 */
enum lince_status sql_commit(struct sql *sql, enum lince_status status, struct lince_error *error);

/* Runs statements without values, separated by semicolons. */
enum lince_status sql_script(struct sql *sql, const char *text, struct lince_error *error);

/* Reports the connection's last failure. */
enum lince_status sql_fail(struct sql *sql, struct lince_error *error);

#endif
