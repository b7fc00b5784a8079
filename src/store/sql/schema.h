/* schema.h - the text of a version of the tables, for one kind of database. */
#ifndef LINCE_STORE_SQL_SCHEMA_H
#define LINCE_STORE_SQL_SCHEMA_H

#include <stdbool.h>

/*
 * Gives what of `text` is for SQLite or for PostgreSQL (free it); NULL without memory. A line that begins with
 * "--- sqlite" or "--- postgres" begins what is for that kind alone, "--- both" ends it. For PostgreSQL the words of
 * types become its own: texts are compared by their bytes, as SQLite compares them.
 */
char *schema_text(const char *text, bool is_postgres);

#endif
