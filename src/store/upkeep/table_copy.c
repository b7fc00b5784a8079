/* table_copy.c - copies rows one by one, by the columns that both databases have, and holds only one row in memory. */
#include "store/upkeep/table_copy.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"

enum { COLUMNS = 48, NAME_BYTES = 32, LIST_BYTES = COLUMNS * (NAME_BYTES + 4), TEXT_BYTES = 2 * LIST_BYTES };
enum { ROWS_AT_ONCE = 500, START_BYTES = 256 };

struct columns {
    char names[COLUMNS][NAME_BYTES], kinds[COLUMNS]; /* kinds: t, i, b */
    size_t count;
    char list[LIST_BYTES]; /* "\"seq\", \"id\"" */
};

/* ---- what both have ---- */

static enum lince_status columns_of(struct sql *sql, const char *table, struct columns *columns,
                                    struct lince_error *error) {
    static const char postgres[] = "SELECT column_name::text, data_type::text FROM information_schema.columns WHERE"
                                   " table_schema=current_schema() AND table_name=? ORDER BY ordinal_position";
    const char *text = sql_either(sql, "SELECT name, type FROM pragma_table_info(?)", postgres);
    enum lince_status status;
    columns->count = 0;
    struct sql_statement *row = sql_bind(sql, text, "t", table);
    while (sql_row(sql, row, &status, error)) {
        if (columns->count == COLUMNS) {
            sql_done(row);
            return error_set(error, LINCE_ERROR_RUNTIME, "the table %s has more columns than this program knows",
                             "la tabla %s tiene más columnas de las que este programa conoce", table);
        }
        const char *type = sql_string(row, 1);
        bool is_text = strcmp(type, "TEXT") == 0 || strcmp(type, "text") == 0;
        bool is_blob = strcmp(type, "BLOB") == 0 || strcmp(type, "bytea") == 0;
        columns->kinds[columns->count] = is_text ? 't' : is_blob ? 'b' : 'i';
        snprintf(columns->names[columns->count++], NAME_BYTES, "%s", sql_string(row, 0));
    }
    return status;
}

static bool has_column(const struct columns *columns, const char *name) {
    for (size_t i = 0; i < columns->count; i++) {
        if (strcmp(columns->names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static enum lince_status columns_find(struct sql *from, struct sql *to, const char *table, struct columns *both,
                                      struct lince_error *error) {
    struct columns others;
    size_t kept = 0, used = 0;
    enum lince_status status = columns_of(from, table, both, error);
    if (status == LINCE_OK) {
        status = columns_of(to, table, &others, error);
    }
    for (size_t i = 0; status == LINCE_OK && i < both->count; i++) {
        if (has_column(&others, both->names[i])) {
            memmove(both->names[kept], both->names[i], NAME_BYTES);
            both->kinds[kept] = both->kinds[i];
            used += (size_t)snprintf(both->list + used, sizeof both->list - used, "%s\"%s\"", kept == 0 ? "" : ", ",
                                     both->names[kept]);
            kept++;
        }
    }
    both->count = kept;
    return status;
}

/* ---- copying ---- */

static size_t lead_bytes(const struct table_shape *shape) {
    return strcspn(shape->key, ",");
}

/* The first column of the key of the last row, as text; "" without rows. */
static enum lince_status last_find(struct sql *to, const struct table_shape *shape, char start[START_BYTES],
                                   struct lince_error *error) {
    char text[TEXT_BYTES];
    struct sql_statement statement;
    enum lince_status status;
    snprintf(text, sizeof text, "SELECT max(%.*s) FROM \"%s\"", (int)lead_bytes(shape), shape->key, shape->name);
    start[0] = '\0';
    if (!sql_begin_once(to, &statement, text, NULL, 0)) {
        return sql_fail(to, error);
    }
    while (sql_row(to, &statement, &status, error)) {
        if (!sql_is_null(&statement, 0) && shape->is_text) {
            snprintf(start, START_BYTES, "%s", sql_string(&statement, 0));
        } else if (!sql_is_null(&statement, 0)) {
            snprintf(start, START_BYTES, "%lld", (long long)sql_integer(&statement, 0));
        }
    }
    sql_finish(&statement);
    return status;
}

/* Begins to read all rows whose key is `start` or follows it, in order. */
static bool rows_begin(struct sql *sql, const struct table_shape *shape, const struct columns *columns,
                       const char *start, struct sql_statement *statement, char text[TEXT_BYTES]) {
    int lead = (int)lead_bytes(shape);
    long long number = 0;
    (void)sscanf(start, "%lld", &number);
    const struct sql_value value = shape->is_text ? (struct sql_value){.type = 't', .bytes = start}
                                                  : (struct sql_value){.type = 'i', .number = number};
    snprintf(text, TEXT_BYTES, "SELECT %s FROM \"%s\" WHERE %.*s>=? ORDER BY %s", columns->list, shape->name, lead,
             shape->key, shape->key);
    return sql_begin_once(sql, statement, text, &value, 1);
}

static void value_take(const struct sql_statement *row, int column, char kind, struct sql_value *value) {
    bool is_null = sql_is_null(row, column);
    *value = (struct sql_value){.type = kind};
    if (kind == 't') {
        value->bytes = sql_string(row, column);
    } else if (kind == 'b') {
        value->bytes = is_null ? NULL : sql_bytes(row, column, &value->bytes_count);
    } else if (is_null) {
        *value = (struct sql_value){.type = 'n', .number = -1};
    } else {
        value->number = sql_integer(row, column);
    }
}

static void insert_text(const struct table_shape *shape, const struct columns *columns, char text[TEXT_BYTES]) {
    size_t used = (size_t)snprintf(text, TEXT_BYTES, "INSERT INTO \"%s\" (%s) VALUES (", shape->name, columns->list);
    for (size_t i = 0; i < columns->count; i++) {
        used += (size_t)snprintf(text + used, TEXT_BYTES - used, "%s?", i == 0 ? "" : ", ");
    }
    snprintf(text + used, TEXT_BYTES - used, ") ON CONFLICT DO NOTHING");
}

static enum lince_status row_insert(struct sql *to, const char *text, const struct columns *columns,
                                    const struct sql_statement *row, int64_t *new_count, struct lince_error *error) {
    struct sql_value values[COLUMNS];
    struct sql_statement statement;
    enum lince_status status;
    for (size_t i = 0; i < columns->count; i++) {
        value_take(row, (int)i, columns->kinds[i], &values[i]);
    }
    if (!sql_begin_once(to, &statement, text, values, columns->count)) {
        return sql_fail(to, error);
    }
    while (sql_row(to, &statement, &status, error)) {
    }
    *new_count += status == LINCE_OK ? sql_changes(to) : 0;
    sql_finish(&statement);
    return status;
}

static enum lince_status rows_copy(struct sql *to, const struct table_shape *shape, const struct columns *columns,
                                   struct sql_statement *row, int64_t *new_count, struct lince_error *error) {
    char text[TEXT_BYTES];
    enum lince_status status = LINCE_OK;
    bool has_more = true;
    insert_text(shape, columns, text);
    while (status == LINCE_OK && has_more) {
        status = sql_write(to, true, error);
        for (int i = 0; i < ROWS_AT_ONCE && status == LINCE_OK && has_more; i++) {
            has_more = sql_row(row->sql, row, &status, error);
            if (has_more) {
                status = row_insert(to, text, columns, row, new_count, error);
            }
        }
        status = sql_commit(to, status, error);
    }
    return status;
}

static enum lince_status number_of(struct sql *sql, const char *text, int64_t *number, struct lince_error *error) {
    struct sql_statement statement;
    enum lince_status status;
    *number = 0;
    if (!sql_begin_once(sql, &statement, text, NULL, 0)) {
        return sql_fail(sql, error);
    }
    while (sql_row(sql, &statement, &status, error)) {
        *number = sql_integer(&statement, 0);
    }
    sql_finish(&statement);
    return status;
}

/*
 * Copies the last number that was given out. Its row may be gone, but a client may know the number, so it is not given
 * out again.
 */
static enum lince_status numbers_copy(struct sql *from, struct sql *to, const char *name, struct lince_error *error) {
    char text[300];
    int64_t last, is_there;
    snprintf(text, sizeof text,
             sql_either(from, "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name='%s'",
                        "SELECT coalesce(max(last_value), 0) FROM pg_sequences WHERE schemaname=current_schema() AND"
                        " sequencename='%s_seq_seq'"),
             name);
    enum lince_status status = number_of(from, text, &last, error);
    if (status != LINCE_OK || last == 0) {
        return status;
    }
    if (sql_either(to, NULL, "") != NULL) {
        snprintf(text, sizeof text, "SELECT setval('%s_seq_seq', %lld)", name, (long long)last);
        return number_of(to, text, &last, error);
    }
    snprintf(text, sizeof text, "SELECT count(*) FROM sqlite_sequence WHERE name='%s'", name);
    status = number_of(to, text, &is_there, error);
    snprintf(text, sizeof text,
             is_there > 0 ? "UPDATE sqlite_sequence SET seq=%2$lld WHERE name='%1$s'"
                          : "INSERT INTO sqlite_sequence (name, seq) VALUES ('%1$s', %2$lld)",
             name, (long long)last);
    return status == LINCE_OK ? sql_script(to, text, error) : status;
}

enum lince_status table_copy(struct sql *from, struct sql *to, const struct table_shape *shape, int64_t *count,
                             int64_t *new_count, struct lince_error *error) {
    struct columns columns;
    struct sql_statement row;
    char start[START_BYTES], text[TEXT_BYTES];
    enum lince_status status = columns_find(from, to, shape->name, &columns, error);
    if (status == LINCE_OK) {
        status = last_find(to, shape, start, error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    if (!rows_begin(from, shape, &columns, start, &row, text)) {
        return sql_fail(from, error);
    }
    status = rows_copy(to, shape, &columns, &row, new_count, error);
    sql_finish(&row);
    if (status == LINCE_OK && shape->has_numbers) {
        status = numbers_copy(from, to, shape->name, error);
    }
    snprintf(text, sizeof text, "SELECT count(*) FROM \"%s\"", shape->name);
    return status == LINCE_OK ? number_of(from, text, count, error) : status;
}

/* ---- comparing ---- */

/* PostgreSQL takes UTF-8 only, so other text was changed on the way. It counts as equal. */
static bool value_equals(const struct sql_value *one, const struct sql_value *other) {
    if ((one->bytes == NULL) != (other->bytes == NULL) || one->type != other->type || one->number != other->number) {
        return false;
    }
    if (one->type == 't') {
        return one->bytes == NULL || strcmp(one->bytes, other->bytes) == 0 || !utf8_is_valid(one->bytes);
    }
    return one->bytes_count == other->bytes_count &&
           (one->bytes == NULL || memcmp(one->bytes, other->bytes, one->bytes_count) == 0);
}

/* The name of the first column that differs; NULL if none does. */
static const char *difference(const struct columns *columns, const struct sql_statement *one,
                              const struct sql_statement *other) {
    for (size_t i = 0; i < columns->count; i++) {
        struct sql_value first, second;
        value_take(one, (int)i, columns->kinds[i], &first);
        value_take(other, (int)i, columns->kinds[i], &second);
        if (!value_equals(&first, &second)) {
            return columns->names[i];
        }
    }
    return NULL;
}

static enum lince_status fail_differs(const char *table, const char *column, int64_t row, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_DAMAGED,
                     "the copy differs in row %lld of the table %s (%s); empty the second store and copy again",
                     "la copia difiere en la fila %lld de la tabla %s (%s); vacíe el segundo almacén y copie otra vez",
                     (long long)row, table, column);
}

static enum lince_status rows_compare(const struct table_shape *shape, const struct columns *columns,
                                      struct sql_statement *one, struct sql_statement *other,
                                      struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (int64_t row = 1; status == LINCE_OK; row++) {
        bool has_one = sql_row(one->sql, one, &status, error);
        bool has_other = status == LINCE_OK && sql_row(other->sql, other, &status, error);
        if (status != LINCE_OK || (!has_one && !has_other)) {
            return status;
        }
        const char *column = has_one && has_other ? difference(columns, one, other) : shape->key;
        status = column == NULL ? LINCE_OK : fail_differs(shape->name, column, row, error);
    }
    return status;
}

enum lince_status table_compare(struct sql *from, struct sql *to, const struct table_shape *shape,
                                struct lince_error *error) {
    struct columns columns;
    struct sql_statement one, other;
    char text[TEXT_BYTES], other_text[TEXT_BYTES];
    const char *start = shape->is_text ? "" : "-1";
    enum lince_status status = columns_find(from, to, shape->name, &columns, error);
    if (status != LINCE_OK) {
        return status;
    }
    if (!rows_begin(from, shape, &columns, start, &one, text)) {
        return sql_fail(from, error);
    }
    if (rows_begin(to, shape, &columns, start, &other, other_text)) {
        status = rows_compare(shape, &columns, &one, &other, error);
        sql_finish(&other);
    } else {
        status = sql_fail(to, error);
    }
    sql_finish(&one);
    return status;
}
