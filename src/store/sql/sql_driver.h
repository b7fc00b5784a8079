/* sql_driver.h - what a kind of database does for sql.c. Functions work on one connection, with its lock held. */
#ifndef LINCE_STORE_SQL_DRIVER_H
#define LINCE_STORE_SQL_DRIVER_H

#include "store/sql/sql.h"

enum sql_step { STEP_ROW, STEP_END, STEP_FAILED };

struct sql_driver {
    bool is_postgres;
    enum lince_status (*open)(struct sql *sql, const char *place, enum sql_use use, struct lince_error *error);
    void (*close)(struct sql *sql);

    /*
     * Gives the statement's handle. If `streams`, its rows are read one by one and no other statement runs meanwhile.
     */
    bool (*prepare)(struct sql *sql, struct sql_statement *statement, bool streams);
    /* From now on the rows of this statement are read one by one; NULL: they always are. */
    void (*stream)(struct sql_statement *statement);
    void (*bind)(struct sql_statement *statement, const struct sql_value *values, size_t count);
    enum sql_step (*step)(struct sql_statement *statement);
    void (*reset)(struct sql_statement *statement);
    void (*finish)(struct sql_statement *statement);

    int64_t (*integer)(const struct sql_statement *statement, int column);
    bool (*is_null)(const struct sql_statement *statement, int column);
    const char *(*string)(const struct sql_statement *statement, int column);
    const void *(*bytes)(const struct sql_statement *statement, int column, size_t *count);
    int64_t (*changes)(const struct sql *sql);

    /*
     * `in_turn`: takes the lock of all nodes, because the transaction gives out numbers or depends on what others
     * wrote.
     */
    bool (*begin)(struct sql *sql, bool durable, bool in_turn);
    bool (*commit)(struct sql *sql);
    void (*rollback)(struct sql *sql);
    bool (*script)(struct sql *sql, const char *text);

    /* Reports the last failure; `*is_final`: the transaction cannot go on. */
    enum lince_status (*fail)(struct sql *sql, int *code, bool *is_final, struct lince_error *error);
    /* Reports an earlier failure again, by its code, after another statement was tried. */
    enum lince_status (*fail_again)(const struct sql *sql, struct lince_error *error);
};

extern const struct sql_driver sql_sqlite, sql_postgres;

#endif
