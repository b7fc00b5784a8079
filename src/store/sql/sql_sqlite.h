/* sql_sqlite.h - what only SQLite has: its own handle, and whether it was refused memory. */
#ifndef LINCE_STORE_SQL_SQLITE_H
#define LINCE_STORE_SQL_SQLITE_H

#include <sqlite3.h>

#include "store/sql/sql.h"

/* Borrowed; for the copy of a backup and for checkpoints. */
sqlite3 *sqlite_database(const struct sql *sql);

struct meter;

/* Puts what SQLite allocates on a meter that lives as long as the process. Once, before the first connection. */
void sqlite_memory_install(struct meter *meter);

/*
 * Whether SQLite was refused memory on this thread since the last call. SQLite reports a page without memory as damage.
 */
bool sqlite_memory_was_refused(void);

#endif
