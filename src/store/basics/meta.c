/* meta.c - values that the tables keep about the store itself, its secret among them. */
#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "store/store_internal.h"

enum lince_status store_meta_read(struct sql *sql, const char *name, char *value, size_t room,
                                  struct lince_error *error) {
    enum lince_status status;
    struct sql_statement *row = sql_bind(sql, "SELECT value FROM meta WHERE name=?", "t", name);
    value[0] = '\0';
    if (sql_row(sql, row, &status, error)) {
        snprintf(value, room, "%s", sql_needed(row, 0));
        sql_done(row);
    }
    return sql_check(sql, status, error);
}

enum lince_status store_meta_write(struct sql *sql, const char *name, const char *value, struct lince_error *error) {
    return sql_run(sql, error,
                   "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value=excluded.value",
                   "tt", name, value);
}

enum lince_status store_secret(struct store *store, unsigned char *bytes, size_t count, struct lince_error *error) {
    struct sql *sql = &store->writer;
    char text[2 * 64 + 2]; /* one digit more than a secret has, so that a longer one is noticed */
    size_t found = 0;
    assert(count <= 64);
    randombytes_buf(bytes, count);
    sodium_bin2hex(text, sizeof text, bytes, count);
    sql_lock(sql);
    enum lince_status status =
        sql_run(sql, error, "INSERT INTO meta (name, value) VALUES ('secret', ?) ON CONFLICT DO NOTHING", "t", text);
    if (status == LINCE_OK) {
        status = store_meta_read(sql, "secret", text, sizeof text, error);
    }
    sql_unlock(sql);
    if (status == LINCE_OK) {
        sodium_hex2bin(bytes, count, text, strlen(text), NULL, &found, NULL);
    }
    if (status == LINCE_OK && found != count) {
        status = error_set(error, LINCE_ERROR_DAMAGED, "the secret of the store is damaged; restore a backup",
                           "el secreto del almacén está dañado; recupere una copia");
    }
    return status;
}
