/*
 * sql.h - the store's hold on SQLite: two connections (one writes, one reads beside it), prepared statements kept,
 * values bound by a string of types, failures told in our words. For the files of src/store only.
 */
#ifndef LINCE_STORE_SQL_H
#define LINCE_STORE_SQL_H

#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "lince.h"

struct arena;

enum { SQL_STATEMENTS = 320 };

struct sql {
    sqlite3 *database;
    pthread_mutex_t lock; /* held from sql_lock to sql_unlock; statements are used in between only */
    bool is_writing;      /* from sql_write to sql_commit */
    int failed_code;      /* in a transaction: of the statement after which it is to go no further; 0: none */
    struct {
        const char *text; /* compared by address: every statement is a literal */
        sqlite3_stmt *statement;
    } statements[SQL_STATEMENTS];
};

enum lince_status sql_open(struct sql *sql, const char *path, bool writes, struct lince_error *error);
void sql_close(struct sql *sql);

void sql_lock(struct sql *sql);
void sql_unlock(struct sql *sql);

/*
 * Binds the values that `types` lists: t text (NULL allowed), i int64_t, b blob (pointer, size_t), r double, n for one
 * int64_t of which a negative one means NULL. `text` must be a literal. NULL when SQLite refuses the statement.
 */
sqlite3_stmt *sql_bind(struct sql *sql, const char *text, const char *types, ...);

/* Steps: true on a row. At the end or on an error the statement is reset; *error and *status then tell which. */
bool sql_row(struct sql *sql, sqlite3_stmt *statement, enum lince_status *status, struct lince_error *error);

/* Ends a statement whose further rows are not wanted. */
void sql_done(sqlite3_stmt *statement);

/* Binds and runs to its end. */
enum lince_status sql_run(struct sql *sql, struct lince_error *error, const char *text, const char *types, ...);

/* The first column of the first row as a number; `otherwise` without a row or on an error. */
int64_t sql_number(struct sql *sql, int64_t otherwise, const char *text, const char *types, ...);

/* A column as text in the arena; NULL for NULL or when the arena is refused memory. */
const char *sql_text(sqlite3_stmt *statement, int column, struct arena *arena);

/*
 * A transaction that writes. With `durable` it is on the disk when sql_commit returns; without, it may be lost with the
 * machine's power (not with the process), together with all later ones: for what would simply be done again.
 */
enum lince_status sql_write(struct sql *sql, bool durable, struct lince_error *error);
/*
 * Commits if `status` is OK and no statement met a lack of memory or of room, or damage, whether its caller looked or
 * not: SQLite itself then ends the transaction, and what follows would be kept without the rest; those statements fail
 * too. Else rolls back. Returns the status of the whole.
 */
enum lince_status sql_commit(struct sql *sql, enum lince_status status, struct lince_error *error);

enum lince_status sql_fail(struct sql *sql, struct lince_error *error);

/* Was SQLite refused memory on this thread since this was last asked? It tells a page that it has no room for as
 * damage. */
bool sql_memory_was_refused(void);

#endif
