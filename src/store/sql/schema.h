/* schema.h - the text of a version of the tables, for one kind of database. */
#ifndef LINCE_STORE_SQL_SCHEMA_H
#define LINCE_STORE_SQL_SCHEMA_H

#include <stdbool.h>

/*
 * Gives the part of `text` for SQLite or PostgreSQL (free it); NULL without memory. A line "--- sqlite" or "---
 * postgres" begins a part for that database alone; "--- both" ends it. For PostgreSQL the types get its own names:
 * texts are compared by bytes, as in SQLite.
 */
char *schema_text(const char *text, bool is_postgres);

#endif
