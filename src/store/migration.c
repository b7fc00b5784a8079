/* migration.c - brings the tables to the version that this program knows. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/embed.h"
#include "base/error.h"
#include "store/sql/schema.h"
#include "store/sql/sql_postgres.h"
#include "store/store_internal.h"

/* One text of SQL for each version of the tables, oldest first; embedded by the assembler. */
EMBED(store_schema_1, LINCE_SOURCE "/src/store/schema.sql");
EMBED(store_schema_2, LINCE_SOURCE "/src/store/schema_2.sql");
EMBED(store_schema_3, LINCE_SOURCE "/src/store/schema_3.sql");
EMBED(store_schema_4, LINCE_SOURCE "/src/store/schema_4.sql");
EMBED(store_schema_5, LINCE_SOURCE "/src/store/schema_5.sql");
EMBED(store_schema_6, LINCE_SOURCE "/src/store/schema_6.sql");
EMBED(store_schema_7, LINCE_SOURCE "/src/store/schema_7.sql");
EMBED(store_schema_8, LINCE_SOURCE "/src/store/schema_8.sql");
EMBED(store_schema_9, LINCE_SOURCE "/src/store/schema_9.sql");
EMBED(store_schema_10, LINCE_SOURCE "/src/store/schema_10.sql");
EMBED(store_schema_11, LINCE_SOURCE "/src/store/schema_11.sql");
EMBED(store_schema_12, LINCE_SOURCE "/src/store/schema_12.sql");
EMBED(store_schema_13, LINCE_SOURCE "/src/store/schema_13.sql");
EMBED(store_schema_14, LINCE_SOURCE "/src/store/schema_14.sql");
EMBED(store_schema_15, LINCE_SOURCE "/src/store/schema_15.sql");
static const char *const migrations[] = {store_schema_1,  store_schema_2,  store_schema_3,  store_schema_4,
                                         store_schema_5,  store_schema_6,  store_schema_7,  store_schema_8,
                                         store_schema_9,  store_schema_10, store_schema_11, store_schema_12,
                                         store_schema_13, store_schema_14, store_schema_15};
enum { VERSION_OF_DECISIONS = 3 }; /* since it, reasons for a review are kept beside people's decisions */
enum { VERSION_OF_SEARCHES = 4 };  /* since it, documents are indexed for searches */
enum { VERSION = sizeof migrations / sizeof *migrations };

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the store", "no hay memoria para el almacén");
}

static int64_t version_of(struct sql *sql) {
    if (sql_either(sql, NULL, "") == NULL) {
        return sql_number(sql, -1, "PRAGMA user_version", "");
    }
    int64_t is_there = sql_number(
        sql, -1, "SELECT count(*) FROM pg_tables WHERE schemaname='" POSTGRES_SCHEMA "' AND tablename='meta'", "");
    return is_there == 1 ? sql_number(sql, -1, "SELECT value::int8 FROM meta WHERE name='version'", "") : is_there;
}

static enum lince_status too_new(int64_t version, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_DAMAGED, "the store is of version %lld and this program knows %d; update lince",
                     "el almacén es de la versión %lld y este programa conoce la %d; actualice lince",
                     (long long)version, VERSION);
}

static enum lince_status migrate_sqlite(struct store *store, int64_t version, struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status = sql_write(sql, true, error);
    for (int64_t i = version; i < VERSION && status == LINCE_OK; i++) {
        char mark[64], *text = schema_text(migrations[i], false);
        snprintf(mark, sizeof mark, "PRAGMA user_version=%lld", (long long)i + 1);
        status = text == NULL ? no_memory(error) : sql_script(sql, text, error);
        if (status == LINCE_OK) {
            status = sql_script(sql, mark, error);
        }
        free(text);
    }
    if (status == LINCE_OK && version < VERSION_OF_DECISIONS) {
        status = reading_reviews_settle(store, error);
    }
    if (status == LINCE_OK && version < VERSION_OF_SEARCHES) {
        status = searches_fill(store, error);
    }
    if (status == LINCE_OK && version == 0 && store->is_copy) {
        status = store_meta_write(sql, "copying", COPY_BEGUN, error);
    }
    return sql_commit(sql, status, error);
}

/*
 * Runs all missing steps as one script. One node at a time runs it; the lock ends with the transaction. If another node
 * was faster, the version shows it.
 */
static enum lince_status migrate_postgres(struct store *store, int64_t version, struct lince_error *error) {
    struct sql *sql = &store->writer;
    static const char begin[] = "BEGIN; SELECT pg_advisory_xact_lock(4784536);";
    static const char make[] = "CREATE SCHEMA IF NOT EXISTS " POSTGRES_SCHEMA ";";
    static const char mark[] = "INSERT INTO meta (name, value) VALUES ('copying', '" COPY_BEGUN "');";
    char end[160];
    /*
     * Checked first, because CREATE SCHEMA IF NOT EXISTS needs the right to create schemas even if the schema exists.
     */
    bool has_schema =
        sql_number(sql, 0, "SELECT count(*) FROM pg_namespace WHERE nspname='" POSTGRES_SCHEMA "'", "") == 1;
    size_t bytes = sizeof begin + sizeof make + sizeof mark + sizeof end;
    char *texts[VERSION] = {NULL}, *script = NULL;
    bool is_whole = true;
    snprintf(end, sizeof end,
             "INSERT INTO meta (name, value) VALUES ('version', '%d') ON CONFLICT (name) DO UPDATE SET"
             " value=excluded.value; COMMIT;",
             VERSION);
    for (int64_t i = version; i < VERSION; i++) {
        texts[i] = schema_text(migrations[i], true);
        is_whole = is_whole && texts[i] != NULL;
        bytes += texts[i] == NULL ? 0 : strlen(texts[i]);
    }
    script = is_whole ? malloc(bytes) : NULL;
    if (script != NULL) {
        char *at = stpcpy(script, begin);
        at = has_schema ? at : stpcpy(at, make);
        for (int64_t i = version; i < VERSION; i++) {
            at = stpcpy(at, texts[i]);
        }
        at = version == 0 && store->is_copy ? stpcpy(at, mark) : at;
        stpcpy(at, end);
    }
    enum lince_status status = script == NULL ? no_memory(error) : sql_script(sql, script, error);
    if (status != LINCE_OK && script != NULL) {
        (void)sql_script(sql, "ROLLBACK", NULL);
        status = version_of(sql) == VERSION ? LINCE_OK : status;
    }
    for (int64_t i = 0; i < VERSION; i++) {
        free(texts[i]);
    }
    free(script);
    return status;
}

enum lince_status store_migrate(struct store *store, struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t version = version_of(sql);
    if (version < 0) {
        return sql_fail(sql, error);
    }
    if (version > VERSION) {
        return too_new(version, error);
    }
    if (version == VERSION) {
        return LINCE_OK;
    }
    return sql_either(sql, NULL, "") == NULL ? migrate_sqlite(store, version, error)
                                             : migrate_postgres(store, version, error);
}
