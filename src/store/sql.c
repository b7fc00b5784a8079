/* sql.c - statements, values, transactions and failures of SQLite. */
#include "store/sql.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"

enum { BUSY_WAIT_MS = 10000 };

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

enum lince_status sql_fail(struct sql *sql, struct lince_error *error) {
    int code = sqlite3_errcode(sql->database) & 0xff;
    enum lince_status status = fail_with(code, sqlite3_errmsg(sql->database), error);
    if (sql->is_writing && sql->failed_code == 0 && status != LINCE_ERROR_RUNTIME) {
        sql->failed_code = code;
    }
    return status;
}

static enum lince_status fail_again(const struct sql *sql, struct lince_error *error) {
    return fail_with(sql->failed_code, sqlite3_errstr(sql->failed_code), error);
}

enum lince_status sql_open(struct sql *sql, const char *path, bool writes, struct lince_error *error) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (writes ? SQLITE_OPEN_CREATE : 0);
    pthread_mutex_init(&sql->lock, NULL);
    if (sqlite3_open_v2(path, &sql->database, flags, NULL) != SQLITE_OK) {
        return sql_fail(sql, error);
    }
    sqlite3_busy_timeout(sql->database, BUSY_WAIT_MS);
    static const char pragmas[] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                                  "PRAGMA cache_size=-1024; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0;"
                                  "PRAGMA wal_autocheckpoint=500; PRAGMA journal_size_limit=8388608;";
    if (sqlite3_exec(sql->database, pragmas, NULL, NULL, NULL) != SQLITE_OK) {
        return sql_fail(sql, error);
    }
    return LINCE_OK;
}

void sql_close(struct sql *sql) {
    if (sql->database == NULL) {
        return;
    }
    for (size_t i = 0; i < SQL_STATEMENTS; i++) {
        sqlite3_finalize(sql->statements[i].statement);
    }
    sqlite3_close(sql->database);
    sql->database = NULL;
    pthread_mutex_destroy(&sql->lock);
}

void sql_lock(struct sql *sql) {
    pthread_mutex_lock(&sql->lock);
}

void sql_unlock(struct sql *sql) {
    pthread_mutex_unlock(&sql->lock);
}

static sqlite3_stmt *statement_of(struct sql *sql, const char *text) {
    size_t place = ((uintptr_t)text >> 3) % SQL_STATEMENTS;
    for (size_t i = 0; i < SQL_STATEMENTS; i++, place = (place + 1) % SQL_STATEMENTS) {
        if (sql->statements[place].text == text) {
            return sql->statements[place].statement;
        }
        if (sql->statements[place].text == NULL) {
            sqlite3_stmt *statement = NULL;
            if (sqlite3_prepare_v3(sql->database, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) == SQLITE_OK) {
                sql->statements[place].text = text;
                sql->statements[place].statement = statement;
            }
            return statement;
        }
    }
    assert(!"more statements than places for them");
    return NULL;
}

static void bind_all(sqlite3_stmt *statement, const char *types, va_list values) {
    for (int i = 1; *types != '\0'; types++, i++) {
        switch (*types) {
        case 't':
            sqlite3_bind_text(statement, i, va_arg(values, const char *), -1, SQLITE_STATIC);
            break;
        case 'i':
            sqlite3_bind_int64(statement, i, va_arg(values, int64_t));
            break;
        case 'n': {
            int64_t value = va_arg(values, int64_t);
            if (value < 0) {
                sqlite3_bind_null(statement, i);
            } else {
                sqlite3_bind_int64(statement, i, value);
            }
            break;
        }
        case 'r':
            sqlite3_bind_double(statement, i, va_arg(values, double));
            break;
        case 'b': {
            const void *bytes = va_arg(values, const void *);
            sqlite3_bind_blob64(statement, i, bytes, va_arg(values, size_t), SQLITE_STATIC);
            break;
        }
        default:
            assert(!"a value of no type");
        }
    }
}

static sqlite3_stmt *bind_list(struct sql *sql, const char *text, const char *types, va_list values) {
    sqlite3_stmt *statement = statement_of(sql, text);
    if (statement != NULL) {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
        bind_all(statement, types, values);
    }
    return statement;
}

sqlite3_stmt *sql_bind(struct sql *sql, const char *text, const char *types, ...) {
    va_list values;
    va_start(values, types);
    sqlite3_stmt *statement = bind_list(sql, text, types, values);
    va_end(values);
    return statement;
}

bool sql_row(struct sql *sql, sqlite3_stmt *statement, enum lince_status *status, struct lince_error *error) {
    *status = LINCE_OK;
    if (sql->failed_code != 0) {
        *status = fail_again(sql, error);
        sqlite3_reset(statement);
        return false;
    }
    int code = statement == NULL ? SQLITE_ERROR : sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code != SQLITE_DONE) {
        *status = sql_fail(sql, error);
    }
    sqlite3_reset(statement);
    return false;
}

void sql_done(sqlite3_stmt *statement) {
    sqlite3_reset(statement);
}

enum lince_status sql_run(struct sql *sql, struct lince_error *error, const char *text, const char *types, ...) {
    va_list values;
    va_start(values, types);
    sqlite3_stmt *statement = bind_list(sql, text, types, values);
    va_end(values);
    enum lince_status status;
    while (sql_row(sql, statement, &status, error)) {
    }
    return status;
}

int64_t sql_number(struct sql *sql, int64_t otherwise, const char *text, const char *types, ...) {
    va_list values;
    va_start(values, types);
    sqlite3_stmt *statement = bind_list(sql, text, types, values);
    va_end(values);
    enum lince_status status;
    if (!sql_row(sql, statement, &status, NULL)) {
        return otherwise;
    }
    int64_t number = sqlite3_column_type(statement, 0) == SQLITE_NULL ? otherwise : sqlite3_column_int64(statement, 0);
    sql_done(statement);
    return number;
}

const char *sql_text(sqlite3_stmt *statement, int column, struct arena *arena) {
    const unsigned char *text = sqlite3_column_text(statement, column);
    if (text == NULL) {
        return NULL;
    }
    return arena_copy_text(arena, (const char *)text, (size_t)sqlite3_column_bytes(statement, column));
}

enum lince_status sql_write(struct sql *sql, bool durable, struct lince_error *error) {
    /* The setting cannot change inside a transaction, and this one is the first thing in it. */
    const char *begin =
        durable ? "PRAGMA synchronous=FULL; BEGIN IMMEDIATE" : "PRAGMA synchronous=NORMAL; BEGIN IMMEDIATE";
    if (sqlite3_exec(sql->database, begin, NULL, NULL, NULL) != SQLITE_OK) {
        return sql_fail(sql, error);
    }
    sql->is_writing = true;
    return LINCE_OK;
}

enum lince_status sql_commit(struct sql *sql, enum lince_status status, struct lince_error *error) {
    if (status == LINCE_OK && sql->failed_code != 0) {
        status = fail_again(sql, error);
    }
    if (status == LINCE_OK && sqlite3_exec(sql->database, "COMMIT", NULL, NULL, NULL) != SQLITE_OK) {
        status = sql_fail(sql, error);
    }
    if (status != LINCE_OK) {
        sqlite3_exec(sql->database, "ROLLBACK", NULL, NULL, NULL);
    }
    sql->is_writing = false;
    sql->failed_code = 0;
    return status;
}
