/* postgres_statement.h - the functions of the driver (sql_driver.h) that work on a statement. */
#ifndef LINCE_STORE_SQL_POSTGRES_STATEMENT_H
#define LINCE_STORE_SQL_POSTGRES_STATEMENT_H

#include "store/sql/sql_driver.h"

bool postgres_prepare(struct sql *sql, struct sql_statement *statement, bool streams);
void postgres_stream(struct sql_statement *statement);
void postgres_bind(struct sql_statement *statement, const struct sql_value *values, size_t count);
enum sql_step postgres_step(struct sql_statement *statement);
void postgres_reset(struct sql_statement *statement);
void postgres_finish(struct sql_statement *statement);
int64_t postgres_integer(const struct sql_statement *statement, int column);
bool postgres_is_null(const struct sql_statement *statement, int column);
const char *postgres_string(const struct sql_statement *statement, int column);
const void *postgres_bytes(const struct sql_statement *statement, int column, size_t *count);
int64_t postgres_changes(const struct sql *sql);

#endif
