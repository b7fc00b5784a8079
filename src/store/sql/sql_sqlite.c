/* sql_sqlite.c - SQLite for the store: a file and its journal. */
#include "store/sql/sql_sqlite.h"

#include <assert.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "store/sql/sql_driver.h"

enum { BUSY_WAIT_MS = 10000 };

sqlite3 *sqlite_database(const struct sql *sql) {
    return sql->connection;
}

static sqlite3_stmt *handle_of(const struct sql_statement *statement) {
    return statement->handle;
}

/* `code` without its extension. */
static enum lince_status fail_with(int code, const char *reason, struct lince_error *error) {
    switch (code) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
        return error_set(error, LINCE_ERROR_WRITE, "the store cannot be written (%s); make room in the data folder",
                         "no se puede escribir el almacén (%s); haga sitio en la carpeta de datos", reason);
    case SQLITE_NOMEM:
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the store (%s); raise the memory limit",
                         "no hay memoria para el almacén (%s); suba el límite de memoria", reason);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return error_set(error, LINCE_ERROR_DAMAGED, "the store is damaged (%s); restore a backup with lince restore",
                         "el almacén está dañado (%s); recupere una copia con lince restore", reason);
    default:
        return error_set(error, LINCE_ERROR_RUNTIME, "the store failed (%s, code %d)",
                         "falló el almacén (%s, código %d)", reason, code);
    }
}

static enum lince_status fail(struct sql *sql, int *code, bool *is_final, struct lince_error *error) {
    *code = sqlite3_errcode(sqlite_database(sql)) & 0xff;
    enum lince_status status = fail_with(*code, sqlite3_errmsg(sqlite_database(sql)), error);
    *is_final = status != LINCE_ERROR_RUNTIME;
    return status;
}

static enum lince_status fail_again(const struct sql *sql, struct lince_error *error) {
    return fail_with(sql->failed_code, sqlite3_errstr(sql->failed_code), error);
}

/* The function by which statements get the time. On PostgreSQL it gives the server's time, which all nodes share. */
static void database_ms(sqlite3_context *context, int count, sqlite3_value **values) {
    struct timespec now;
    (void)count;
    (void)values;
    clock_gettime(CLOCK_REALTIME, &now);
    sqlite3_result_int64(context, (sqlite3_int64)now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

static enum lince_status open_file(struct sql *sql, const char *path, enum sql_use use, struct lince_error *error) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (use == SQL_WRITES ? SQLITE_OPEN_CREATE : 0);
    sqlite3 *database = NULL;
    int code = sqlite3_open_v2(path, &database, flags, NULL);
    sql->connection = database;
    if (code != SQLITE_OK) {
        return sql_fail(sql, error);
    }
    code = sqlite3_create_function(database, "database_ms", 0, SQLITE_UTF8, NULL, database_ms, NULL, NULL);
    if (code != SQLITE_OK) {
        return sql_fail(sql, error);
    }
    sqlite3_busy_timeout(database, BUSY_WAIT_MS);
    static const char pragmas[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                                  "PRAGMA cache_size=-1024; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;"
                                  "PRAGMA wal_autocheckpoint=500; PRAGMA journal_size_limit=8388608;";
    return sql_script(sql, pragmas, error);
}

static void close_file(struct sql *sql) {
    sqlite3_close(sqlite_database(sql));
}

static bool prepare(struct sql *sql, struct sql_statement *statement, bool streams) {
    sqlite3_stmt *handle = NULL;
    int flags = streams ? 0 : SQLITE_PREPARE_PERSISTENT;
    int code = sqlite3_prepare_v3(sqlite_database(sql), statement->text, -1, (unsigned)flags, &handle, NULL);
    statement->handle = handle;
    return code == SQLITE_OK && handle != NULL;
}

/* SQLite need not copy the values: they stay valid until the statement is reset. */
static void bind_values(struct sql_statement *statement, const struct sql_value *values, size_t count) {
    sqlite3_stmt *handle = handle_of(statement);
    sqlite3_reset(handle);
    sqlite3_clear_bindings(handle);
    for (size_t i = 0; i < count; i++) {
        const struct sql_value *value = &values[i];
        int place = (int)i + 1;
        if (value->type == 't') {
            sqlite3_bind_text(handle, place, value->bytes, -1, SQLITE_STATIC);
        } else if (value->type == 'b') {
            sqlite3_bind_blob64(handle, place, value->bytes, value->bytes_count, SQLITE_STATIC);
        } else if (value->type == 'r') {
            sqlite3_bind_double(handle, place, value->real);
        } else if (value->type == 'n' && value->number < 0) {
            sqlite3_bind_null(handle, place);
        } else {
            sqlite3_bind_int64(handle, place, value->number);
        }
    }
}

static enum sql_step step(struct sql_statement *statement) {
    int code = sqlite3_step(handle_of(statement));
    return code == SQLITE_ROW ? STEP_ROW : code == SQLITE_DONE ? STEP_END : STEP_FAILED;
}

static void reset(struct sql_statement *statement) {
    sqlite3_reset(handle_of(statement));
}

static void finish(struct sql_statement *statement) {
    sqlite3_finalize(handle_of(statement));
}

static int64_t integer(const struct sql_statement *statement, int column) {
    return sqlite3_column_int64(handle_of(statement), column);
}

static bool is_null(const struct sql_statement *statement, int column) {
    return sqlite3_column_type(handle_of(statement), column) == SQLITE_NULL;
}

static const char *string(const struct sql_statement *statement, int column) {
    return (const char *)sqlite3_column_text(handle_of(statement), column);
}

static const void *bytes(const struct sql_statement *statement, int column, size_t *count) {
    const void *found = sqlite3_column_blob(handle_of(statement), column);
    *count = (size_t)sqlite3_column_bytes(handle_of(statement), column);
    return found;
}

static int64_t changes(const struct sql *sql) {
    return sqlite3_changes64(sqlite_database(sql));
}

static bool script(struct sql *sql, const char *text) {
    return sqlite3_exec(sqlite_database(sql), text, NULL, NULL, NULL) == SQLITE_OK;
}

/* The setting cannot change inside a transaction, and this one is the first thing in it. */
static bool begin(struct sql *sql, bool durable, bool in_turn) {
    (void)in_turn; /* one at a time in any case */
    return script(sql,
                  durable ? "PRAGMA synchronous=FULL; BEGIN IMMEDIATE" : "PRAGMA synchronous=NORMAL; BEGIN IMMEDIATE");
}

static bool commit(struct sql *sql) {
    return script(sql, "COMMIT");
}

static void rollback(struct sql *sql) {
    (void)script(sql, "ROLLBACK"); /* SQLite may have rolled back already; then there is nothing to do */
}

const struct sql_driver sql_sqlite = {
    .open = open_file,
    .close = close_file,
    .prepare = prepare,
    .bind = bind_values,
    .step = step,
    .reset = reset,
    .finish = finish,
    .integer = integer,
    .is_null = is_null,
    .string = string,
    .bytes = bytes,
    .changes = changes,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .script = script,
    .fail = fail,
    .fail_again = fail_again,
};
