/* sql.c - prepared statements, values and transactions: the part that all databases share. */
#include "store/sql/sql.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "store/sql/sql_driver.h"

enum lince_status sql_fail(struct sql *sql, struct lince_error *error) {
    int code = 0;
    bool is_final = false;
    enum lince_status status = sql->driver->fail(sql, &code, &is_final, error);
    if (sql->is_writing && sql->failed_code == 0 && is_final) {
        sql->failed_code = code;
    }
    return status;
}

const char *sql_either(const struct sql *sql, const char *sqlite, const char *postgres) {
    return sql->driver->is_postgres ? postgres : sqlite;
}

enum lince_status sql_open(struct sql *sql, const struct sql_driver *driver, const char *place, enum sql_use use,
                           struct lince_error *error) {
    pthread_mutex_init(&sql->lock, NULL);
    sql->driver = driver;
    return driver->open(sql, place, use, error);
}

void sql_close(struct sql *sql) {
    if (sql->connection == NULL) {
        return;
    }
    for (size_t i = 0; i < SQL_STATEMENTS; i++) {
        sql_finish(&sql->statements[i]);
    }
    sql->driver->close(sql);
    sql->connection = NULL;
    pthread_mutex_destroy(&sql->lock);
}

void sql_lock(struct sql *sql) {
    pthread_mutex_lock(&sql->lock);
    sql->missing = LINCE_OK;
}

void sql_unlock(struct sql *sql) {
    pthread_mutex_unlock(&sql->lock);
}

static struct sql_statement *statement_of(struct sql *sql, const char *text) {
    size_t place = ((uintptr_t)text >> 3) % SQL_STATEMENTS;
    for (size_t i = 0; i < SQL_STATEMENTS; i++, place = (place + 1) % SQL_STATEMENTS) {
        struct sql_statement *statement = &sql->statements[place];
        if (statement->text == text) {
            return statement;
        }
        if (statement->text == NULL) {
            statement->sql = sql;
            statement->text = text;
            if (!sql->driver->prepare(sql, statement, false)) {
                *statement = (struct sql_statement){0};
                return NULL;
            }
            return statement;
        }
    }
    assert(!"more statements than places for them");
    return NULL;
}

static size_t values_take(struct sql_value values[SQL_VALUES], const char *types, va_list list) {
    size_t count = 0;
    for (; types[count] != '\0'; count++) {
        struct sql_value *value = &values[count];
        assert(count < SQL_VALUES);
        *value = (struct sql_value){.type = types[count]};
        switch (value->type) {
        case 't':
            value->bytes = va_arg(list, const char *);
            break;
        case 'i':
        case 'n':
            value->number = va_arg(list, int64_t);
            break;
        case 'r':
            value->real = va_arg(list, double);
            break;
        case 'b':
            value->bytes = va_arg(list, const void *);
            value->bytes_count = va_arg(list, size_t);
            break;
        default:
            assert(!"a value of no type");
        }
    }
    return count;
}

static struct sql_statement *bind_list(struct sql *sql, const char *text, const char *types, va_list list) {
    struct sql_value values[SQL_VALUES];
    struct sql_statement *statement = statement_of(sql, text);
    size_t count = values_take(values, types, list);
    if (statement != NULL) {
        sql->driver->bind(statement, values, count);
    }
    return statement;
}

struct sql_statement *sql_bind_many(struct sql *sql, const char *text, const char *types, ...) {
    va_list list;
    struct sql_statement *statement = statement_of(sql, text);
    if (statement != NULL && sql->driver->stream != NULL) {
        sql->driver->stream(statement);
    }
    va_start(list, types);
    statement = bind_list(sql, text, types, list);
    va_end(list);
    return statement;
}

struct sql_statement *sql_bind(struct sql *sql, const char *text, const char *types, ...) {
    va_list list;
    va_start(list, types);
    struct sql_statement *statement = bind_list(sql, text, types, list);
    va_end(list);
    return statement;
}

bool sql_begin_once(struct sql *sql, struct sql_statement *statement, const char *text, const struct sql_value *values,
                    size_t count) {
    *statement = (struct sql_statement){.sql = sql, .text = text};
    if (!sql->driver->prepare(sql, statement, true)) {
        return false;
    }
    sql->driver->bind(statement, values, count);
    return true;
}

void sql_finish(struct sql_statement *statement) {
    if (statement->handle != NULL) {
        statement->sql->driver->finish(statement);
        statement->handle = NULL;
    }
}

enum lince_status sql_check(struct sql *sql, enum lince_status status, struct lince_error *error) {
    if (status != LINCE_OK || sql->missing == LINCE_OK) {
        return status;
    }
    return sql->missing == LINCE_ERROR_DAMAGED
               ? error_set(error, LINCE_ERROR_DAMAGED,
                           "the store is damaged (a value is missing); restore a backup with lince restore",
                           "el almacén está dañado (falta un valor); recupere una copia con lince restore")
               : error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the store; raise the memory limit",
                           "no hay memoria para el almacén; suba el límite de memoria");
}

bool sql_row(struct sql *sql, struct sql_statement *statement, enum lince_status *status, struct lince_error *error) {
    *status = sql_check(sql, LINCE_OK, error);
    if (sql->failed_code != 0) {
        *status = sql->driver->fail_again(sql, error);
    }
    if (*status != LINCE_OK) {
        sql_done(statement);
        return false;
    }
    enum sql_step step = statement == NULL || statement->handle == NULL ? STEP_FAILED : sql->driver->step(statement);
    if (step == STEP_ROW) {
        return true;
    }
    if (step == STEP_FAILED) {
        *status = sql_fail(sql, error);
    }
    sql_done(statement);
    return false;
}

void sql_done(struct sql_statement *statement) {
    if (statement != NULL && statement->handle != NULL) {
        statement->sql->driver->reset(statement);
    }
}

enum lince_status sql_run(struct sql *sql, struct lince_error *error, const char *text, const char *types, ...) {
    va_list list;
    va_start(list, types);
    struct sql_statement *statement = bind_list(sql, text, types, list);
    va_end(list);
    enum lince_status status;
    while (sql_row(sql, statement, &status, error)) {
    }
    return status;
}

enum lince_status sql_no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory left for this request; raise the memory limit",
                     "no queda memoria para esta petición; suba el límite de memoria");
}

static enum lince_status list_no_memory(const struct sql_list *list, struct lince_error *error) {
    return list->no_memory == NULL ? sql_no_memory(error) : list->no_memory(error);
}

void *sql_rows(struct sql *sql, const struct sql_list *list, struct arena *arena, size_t *count,
               enum lince_status *status, struct lince_error *error, const char *text, const char *types, ...) {
    char *items = arena_allocate_zero(arena, list->most, list->item_bytes);
    *count = 0;
    if (items == NULL) {
        *status = list_no_memory(list, error);
        return NULL;
    }
    va_list values;
    va_start(values, types);
    sql_lock(sql);
    struct sql_statement *row = bind_list(sql, text, types, values);
    va_end(values);
    while (sql_row(sql, row, status, error)) {
        bool fits = *count < list->most;
        if (!fits || !list->fill(row, arena, items + *count * list->item_bytes)) {
            *status = fits ? list_no_memory(list, error) : LINCE_OK;
            sql_done(row);
            break;
        }
        ++*count;
    }
    sql_unlock(sql);
    return items;
}

bool sql_one(struct sql *sql, const struct sql_list *list, void *item, struct arena *arena, enum lince_status *status,
             struct lince_error *error, const char *text, const char *types, ...) {
    va_list values;
    va_start(values, types);
    sql_lock(sql);
    struct sql_statement *row = bind_list(sql, text, types, values);
    va_end(values);
    bool found = sql_row(sql, row, status, error);
    if (found) {
        *status = list->fill(row, arena, item) ? LINCE_OK : list_no_memory(list, error);
        sql_done(row);
    }
    *status = sql_check(sql, *status, error);
    sql_unlock(sql);
    return found;
}

int64_t sql_changes(const struct sql *sql) {
    return sql->driver->changes(sql);
}

enum lince_status sql_add(struct sql *sql, int64_t *seq, struct lince_error *error, const char *text, const char *types,
                          ...) {
    va_list list;
    va_start(list, types);
    struct sql_statement *statement = bind_list(sql, text, types, list);
    va_end(list);
    enum lince_status status;
    *seq = 0;
    while (sql_row(sql, statement, &status, error)) {
        *seq = sql_integer(statement, 0);
    }
    return status;
}

int64_t sql_number(struct sql *sql, int64_t otherwise, const char *text, const char *types, ...) {
    va_list list;
    va_start(list, types);
    struct sql_statement *statement = bind_list(sql, text, types, list);
    va_end(list);
    enum lince_status status;
    if (!sql_row(sql, statement, &status, NULL)) {
        return otherwise;
    }
    int64_t number = sql_is_null(statement, 0) ? otherwise : sql_integer(statement, 0);
    sql_done(statement);
    return number;
}

int64_t sql_integer(const struct sql_statement *statement, int column) {
    return statement->sql->driver->integer(statement, column);
}

bool sql_is_null(const struct sql_statement *statement, int column) {
    return statement->sql->driver->is_null(statement, column);
}

const char *sql_string(const struct sql_statement *statement, int column) {
    return statement->sql->driver->string(statement, column);
}

const void *sql_bytes(const struct sql_statement *statement, int column, size_t *count) {
    return statement->sql->driver->bytes(statement, column, count);
}

const char *sql_needed(const struct sql_statement *statement, int column) {
    const char *text = sql_string(statement, column);
    if (text == NULL) {
        statement->sql->missing = sql_is_null(statement, column) ? LINCE_ERROR_DAMAGED : LINCE_ERROR_MEMORY_LIMIT;
    }
    return text == NULL ? "" : text;
}

const char *sql_needed_text(const struct sql_statement *statement, int column, struct arena *arena) {
    const char *text = sql_needed(statement, column);
    return arena_copy_text(arena, text, strlen(text));
}

const char *sql_text(const struct sql_statement *statement, int column, struct arena *arena) {
    const char *text = sql_string(statement, column);
    return text == NULL ? NULL : arena_copy_text(arena, text, strlen(text));
}

static enum lince_status begin(struct sql *sql, bool durable, bool in_turn, struct lince_error *error) {
    if (!sql->driver->begin(sql, durable || sql->is_all_durable, in_turn)) {
        return sql_fail(sql, error);
    }
    sql->is_writing = true;
    return LINCE_OK;
}

enum lince_status sql_write(struct sql *sql, bool durable, struct lince_error *error) {
    return begin(sql, durable, true, error);
}

enum lince_status sql_write_aside(struct sql *sql, struct lince_error *error) {
    return begin(sql, true, false, error);
}

enum lince_status sql_commit(struct sql *sql, enum lince_status status, struct lince_error *error) {
    if (sql->failed_code != 0) { /* even if `status` is OK, since only the answer may have been lost */
        status = sql->driver->fail_again(sql, error);
    }
    status = sql_check(sql, status, error);
    if (status == LINCE_OK && !sql->driver->commit(sql)) {
        status = sql_fail(sql, error);
    }
    if (status != LINCE_OK) {
        sql->driver->rollback(sql);
    }
    sql->is_writing = false;
    sql->failed_code = 0;
    return status;
}

enum lince_status sql_script(struct sql *sql, const char *text, struct lince_error *error) {
    return sql->driver->script(sql, text) ? LINCE_OK : sql_fail(sql, error);
}
