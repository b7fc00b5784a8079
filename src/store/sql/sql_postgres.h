/* sql_postgres.h - what only PostgreSQL has: its settings, and a connection that hears of changes. */
#ifndef LINCE_STORE_SQL_POSTGRES_H
#define LINCE_STORE_SQL_POSTGRES_H

#include "store/sql/sql.h"

/* The schema of the store's tables, and the channel on which changes are announced. */
#define POSTGRES_SCHEMA "lince"

/* The number of the server's version, as 150018; 0 without a connection. */
int postgres_version(const struct sql *sql);

/*
 * Waits for a change for at most `wait_ms`; true if there was one. For a connection opened with SQL_LISTENS; a lost one
 * is opened again.
 */
bool postgres_wait(struct sql *sql, int wait_ms);

#endif
