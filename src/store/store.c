/* store.c - opens the store, in its folder or on PostgreSQL, and closes it. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "store/sql/sql_driver.h"
#include "store/sql/sql_sqlite.h"
#include "store/store_internal.h"

void store_memory_install(struct meter *meter) {
    sqlite_memory_install(meter);
}

/* Cheap enough for every start: pages and indexes are walked, contents are not compared. */
static enum lince_status integrity_check(struct sql *sql, struct lince_error *error) {
    enum lince_status status;
    sqlite_memory_was_refused(); /* earlier refusals do not count */
    struct sql_statement *statement = sql_bind(sql, "PRAGMA quick_check(1)", "");
    if (!sql_row(sql, statement, &status, error)) {
        return status == LINCE_OK ? LINCE_ERROR_DAMAGED : status;
    }
    const char *answer = sql_string(statement, 0);
    bool is_sound = answer != NULL && strcmp(answer, "ok") == 0;
    if (!is_sound && sqlite_memory_was_refused()) {
        status = error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to check the store; raise the memory limit",
                           "no hay memoria para revisar el almacén; suba el límite de memoria");
    } else if (!is_sound) {
        status = error_set(error, LINCE_ERROR_DAMAGED, "the store is damaged (%s); restore a backup with lince restore",
                           "el almacén está dañado (%s); recupere una copia con lince restore", answer);
    }
    sql_done(statement);
    return status;
}

/* Leases of earlier runs are void: this run has locked the folder, so they have ended. */
static enum lince_status leases_free(struct store *store, struct lince_error *error) {
    struct sql *sql = &store->writer;
    enum lince_status status = sql_write(sql, true, error);
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "UPDATE documents SET status='queued' WHERE status='reading'", "");
    }
    if (status == LINCE_OK) {
        status = sql_run(sql, error, "UPDATE jobs SET lease=NULL WHERE lease IS NOT NULL", "");
    }
    status = sql_commit(sql, status, error);
    if (status != LINCE_OK) {
        return status;
    }
    store->waiting_count = sql_number(sql, -1, "SELECT count(*) FROM jobs", "");
    if (store->waiting_count < 0) {
        return sql_fail(sql, error);
    }
    store->image_bytes = sql_number(
        sql, -1,
        "SELECT coalesce(sum(b),0) FROM (SELECT max(image_bytes) b FROM documents WHERE image_gone=0 GROUP BY sha256)",
        "");
    return store->image_bytes < 0 ? sql_fail(sql, error) : LINCE_OK;
}

static enum lince_status readers_open(struct store *store, const char *path, struct lince_error *error) {
    enum lince_status status = sql_open(&store->reader, &sql_sqlite, path, SQL_READS, error);
    if (status == LINCE_OK) {
        status = sql_open(&store->adder, &sql_sqlite, path, SQL_READS, error);
    }
    /* It reads rows one after another, and seldom one twice. */
    return status == LINCE_OK ? sql_script(&store->adder, "PRAGMA cache_size=-256", error) : status;
}

static enum lince_status open_beside(struct store *store, const char *path, struct lince_error *error) {
    if (access(path, R_OK | W_OK) != 0) {
        return store_fail_at(path, error);
    }
    enum lince_status status = sql_open(&store->writer, &sql_sqlite, path, SQL_WRITES, error);
    if (status == LINCE_OK) {
        status = store_migrate(store, error);
    }
    return status == LINCE_OK ? readers_open(store, path, error) : status;
}

static enum lince_status files_open(struct store *store, enum store_use use, struct lince_error *error) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/store.db", store->folder);
    if (use == STORE_VISIT) {
        return open_beside(store, path, error);
    }
    enum lince_status status = store_folders_make(store, error);
    if (status == LINCE_OK) {
        status = store_folder_guard(store, error);
    }
    if (status == LINCE_OK) {
        status = store_folder_lock(store, error);
    }
    if (status == LINCE_OK) {
        status = sql_open(&store->writer, &sql_sqlite, path, SQL_WRITES, error);
    }
    if (status == LINCE_OK) {
        status = integrity_check(&store->writer, error);
    }
    if (status == LINCE_OK) {
        status = store_migrate(store, error);
    }
    if (status == LINCE_OK) {
        status = readers_open(store, path, error);
    }
    if (status == LINCE_OK) {
        status = leases_free(store, error);
    }
    if (status == LINCE_OK) {
        status = leftovers_remove(store, error);
    }
    if (status == LINCE_OK) {
        status = checkpoint_begin(store, path, error);
    }
    return status;
}

/* An interrupted copy lacks rows or images that its tables may name. */
static enum lince_status copy_check(struct sql *sql, struct lince_error *error) {
    return sql_number(sql, 0, "SELECT count(*) FROM meta WHERE name='copying'", "") == 0
               ? LINCE_OK
               : error_set(error, LINCE_ERROR_DAMAGED,
                           "this store is a copy that is not finished; run lince store copy again",
                           "este almacén es una copia sin terminar; repita lince store copy");
}

bool store_place_is_shared(const struct store_place *place) {
    return place->database != NULL && place->database[0] != '\0';
}

enum lince_status store_open(const struct store_place *place, enum store_use use, struct store **store,
                             struct lince_error *error) {
    const char *folder = place->folder;
    *store = NULL;
    struct store *opened = calloc(1, sizeof *opened);
    if (opened == NULL || sodium_init() < 0) {
        free(opened);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the store", "no hay memoria para el almacén");
    }
    opened->lock_descriptor = -1;
    opened->is_copy = place->is_copy;
    pthread_rwlock_init(&opened->images, NULL);
    pthread_rwlock_init(&opened->listening, NULL);
    pthread_mutex_init(&opened->names, NULL);
    additions_open(&opened->additions);
    store_id(opened->run, "run");
    if (strlen(folder) >= sizeof opened->folder) {
        free(opened);
        return error_set(
            error, LINCE_ERROR_ARGUMENT, "the name of the data folder has %zu bytes; at most %zu are possible",
            "el nombre de la carpeta de datos tiene %zu bytes; caben %zu", strlen(folder), sizeof opened->folder - 1);
    }
    strcpy(opened->folder, folder);
    enum lince_status status =
        store_place_is_shared(place) ? cluster_open(opened, place, use, error) : files_open(opened, use, error);
    if (status == LINCE_OK && !place->is_copy) {
        status = copy_check(&opened->writer, error);
    }
    if (status == LINCE_OK) {
        status = bucket_open(opened, place->images, use, error);
    }
    if (status == LINCE_OK && use == STORE_SERVE && !place->is_copy) { /* a copy's writer has one thread */
        status = sweeper_start(opened, error);
    }
    opened->is_served = status == LINCE_OK && use == STORE_SERVE;
    if (status != LINCE_OK) {
        store_close(opened);
        return status;
    }
    *store = opened;
    return LINCE_OK;
}

void store_close(struct store *store) {
    if (store == NULL) {
        return;
    }
    sweeper_stop(store);
    bucket_close(store);
    cluster_close(store);
    checkpoint_end(store); /* from here on no other thread uses the store */
    if (store->is_served && !store->is_shared) {
        (void)leftovers_stopped_well_write(store, true, NULL); /* if that fails, the next start checks more */
    }
    sql_close(&store->adder);
    sql_close(&store->reader);
    sql_close(&store->writer);
    if (store->lock_descriptor >= 0) {
        close(store->lock_descriptor);
    }
    additions_close(&store->additions);
    pthread_mutex_destroy(&store->names);
    pthread_rwlock_destroy(&store->listening);
    pthread_rwlock_destroy(&store->images);
    free(store);
}
