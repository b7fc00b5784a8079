/* keys.c - API keys and the audit trail. */
#include "store/keys.h"

#include "base/arena.h"
#include "base/error.h"
#include "store/store_internal.h"

#define KEY_COLUMNS                                                                                                    \
    "id, name, hash, scopes, created_ms, coalesce(expires_ms, -1), coalesce(revoked_ms, -1), coalesce(used_ms, -1), "  \
    "use_count"

static bool key_fill(struct sql_statement *row, struct arena *arena, void *filled) {
    struct key *key = filled;
    *key = (struct key){.id = sql_needed_text(row, 0, arena),
                        .name = sql_needed_text(row, 1, arena),
                        .hash = sql_needed_text(row, 2, arena),
                        .scopes = sql_needed_text(row, 3, arena),
                        .created_ms = sql_integer(row, 4),
                        .expires_ms = sql_integer(row, 5),
                        .revoked_ms = sql_integer(row, 6),
                        .used_ms = sql_integer(row, 7),
                        .use_count = sql_integer(row, 8)};
    return key->id != NULL && key->name != NULL && key->hash != NULL && key->scopes != NULL;
}

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the keys", "no hay memoria para las claves");
}

static enum lince_status not_found(struct lince_error *error, const char *id) {
    return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no key %s", "no existe la clave %s", id);
}

enum lince_status store_key_add(struct store *store, const struct key *key, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_run(sql, error,
                         "INSERT INTO keys (id, name, hash, scopes, created_ms, expires_ms) VALUES (?, ?, ?, ?, ?, ?)",
                         "ttttin", key->id, key->name, key->hash, key->scopes, key->created_ms, key->expires_ms);
        status = sql_commit(sql, status, error);
    }
    sql_unlock(sql);
    return status;
}

enum lince_status store_key(struct store *store, const char *id, struct arena *arena, struct key *key,
                            struct lince_error *error) {
    static const struct sql_list one = {.fill = key_fill, .no_memory = no_memory};
    enum lince_status status;
    bool found = sql_one(&store->reader, &one, key, arena, &status, error,
                         "SELECT " KEY_COLUMNS " FROM keys WHERE id=?", "t", id);
    return found || status != LINCE_OK ? status : not_found(error, id);
}

enum lince_status store_keys(struct store *store, size_t limit, struct arena *arena, struct key **keys, size_t *count,
                             struct lince_error *error) {
    const struct sql_list list = {sizeof **keys, limit, key_fill, no_memory};
    enum lince_status status;
    *keys = sql_rows(&store->reader, &list, arena, count, &status, error,
                     "SELECT " KEY_COLUMNS " FROM keys ORDER BY created_ms DESC, id LIMIT ?", "i", (int64_t)limit);
    return status;
}

enum lince_status store_key_revoke(struct store *store, const char *id, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "UPDATE keys SET revoked_ms=coalesce(revoked_ms, ?) WHERE id=?", "it",
                         store_now_ms(), id);
        if (status == LINCE_OK && sql_changes(sql) == 0) {
            status = not_found(error, id);
        }
        status = sql_commit(sql, status, error);
    }
    sql_unlock(sql);
    return status;
}

enum lince_status store_key_used(struct store *store, const char *id, struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status =
        sql_run(sql, error, "UPDATE keys SET used_ms=?, use_count=use_count+1 WHERE id=?", "it", store_now_ms(), id);
    sql_unlock(sql);
    return status;
}

enum lince_status store_audit(struct store *store, const char *actor, const char *action, const char *target,
                              struct lince_error *error) {
    struct sql *sql = &store->writer;
    sql_lock(sql);
    enum lince_status status =
        sql_run(sql, error, "INSERT INTO audit (at_ms, actor, action, target) VALUES (?, ?, ?, ?)", "ittt",
                store_now_ms(), actor, action, target);
    sql_unlock(sql);
    return status;
}
