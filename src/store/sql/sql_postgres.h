/* sql_postgres.h - what only PostgreSQL has: its settings, and a connection that is told of changes. */
#ifndef LINCE_STORE_SQL_POSTGRES_H
#define LINCE_STORE_SQL_POSTGRES_H

#include "store/sql/sql.h"

/* The schema that the store's tables are in, and the channel on which changes are told. */
#define POSTGRES_SCHEMA "lince"

/* The number of the server's version, as 150018; 0 without a connection. */
int postgres_version(const struct sql *sql);

/*
 * Waits for word of a change, at most `wait_ms`; true when there was one. On a connection of SQL_LISTENS; one that was
 * lost is made anew.
 */
bool postgres_wait(struct sql *sql, int wait_ms);

#endif
