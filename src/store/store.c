/* store.c - opens the store: its folder, its lock, its tables at their version. Also ids, counts and the listener. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/error.h"
#include "base/reason.h"
#include "store/sql/schema.h"
#include "store/sql/sql_driver.h"
#include "store/sql/sql_postgres.h"
#include "store/sql/sql_sqlite.h"
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
static const char *const migrations[] = {store_schema_1, store_schema_2,  store_schema_3, store_schema_4,
                                         store_schema_5, store_schema_6,  store_schema_7, store_schema_8,
                                         store_schema_9, store_schema_10, store_schema_11};
enum { VERSION_OF_DECISIONS = 3 }; /* since it, reasons for a review are kept beside people's decisions */
enum { VERSION_OF_SEARCHES = 4 };  /* since it, documents are indexed for searches */
enum { VERSION = sizeof migrations / sizeof *migrations };

void store_memory_install(struct meter *meter) {
    sqlite_memory_install(meter);
}

int64_t store_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void store_time_text(int64_t at_ms, char text[TIME_TEXT_BYTES]) {
    time_t seconds = (time_t)(at_ms / 1000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    size_t used = strftime(text, TIME_TEXT_BYTES, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text + used, TIME_TEXT_BYTES - used, ".%03dZ", (int)(at_ms % 1000));
}

void store_id(char id[ID_BYTES], const char *prefix) {
    static uint64_t last;
    unsigned char tail[8];
    char hexadecimal[2 * sizeof tail + 1];
    uint64_t now = (uint64_t)store_now_ms() << 12, before = __atomic_load_n(&last, __ATOMIC_RELAXED), next;
    do { /* ids of one millisecond, or made after the clock went back, still sort in the order in which they were made
          */
        next = now > before ? now : before + 1;
    } while (!__atomic_compare_exchange_n(&last, &before, next, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED));
    randombytes_buf(tail, sizeof tail);
    sodium_bin2hex(hexadecimal, sizeof hexadecimal, tail, 5);
    snprintf(id, ID_BYTES, "%s_%014llx%s", prefix, (unsigned long long)next, hexadecimal);
}

static enum lince_status no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the store", "no hay memoria para el almacén");
}

static enum lince_status fail_at(const char *path, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_WRITE, "%s cannot be used (%s); name a folder that can be written with --data",
                     "no se puede usar %s (%s); indique una carpeta en la que se pueda escribir con --data", path,
                     reason_for(error, errno));
}

static enum lince_status folder_make(const char *path, struct lince_error *error) {
    return mkdir(path, 0700) == 0 || errno == EEXIST ? LINCE_OK : fail_at(path, error);
}

/* Syncs the folder, so that what was made in it survives a loss of power. */
static enum lince_status folder_sync(const char *path, struct lince_error *error) {
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return fail_at(path, error);
    }
    enum lince_status status = fsync(descriptor) == 0 ? LINCE_OK : fail_at(path, error);
    close(descriptor);
    return status;
}

/*
 * images/ has a folder for each first byte of a hash. They are made at the start, so that storing an image makes none.
 */
enum lince_status store_folders_make(struct store *store, struct lince_error *error) {
    char path[PATH_MAX];
    enum lince_status status = folder_make(store->folder, error);
    static const char *const names[] = {"images", "incoming"};
    for (int i = 0; i < 2 && status == LINCE_OK; i++) {
        snprintf(path, sizeof path, "%s/%s", store->folder, names[i]);
        status = folder_make(path, error);
    }
    for (int i = 0; i < 256 && status == LINCE_OK; i++) {
        snprintf(path, sizeof path, "%s/images/%02x", store->folder, i);
        status = folder_make(path, error);
    }
    snprintf(path, sizeof path, "%s/images", store->folder);
    if (status == LINCE_OK) {
        status = folder_sync(path, error);
    }
    return status == LINCE_OK ? folder_sync(store->folder, error) : status;
}

/* An existing folder may be open to everyone: it and the store in it become the owner's alone. */
static enum lince_status folder_guard(struct store *store, struct lince_error *error) {
    static const char *const names[] = {"store.db", "store.db-wal", "store.db-shm", "lock"};
    enum { OTHERS = S_IRWXO | S_IWGRP };
    struct stat facts;
    char path[PATH_MAX];
    if (stat(store->folder, &facts) != 0) {
        return fail_at(store->folder, error);
    }
    if ((facts.st_mode & OTHERS) != 0 && chmod(store->folder, facts.st_mode & 07777 & ~(mode_t)OTHERS) != 0 &&
        (facts.st_mode & (S_IWOTH | S_IWGRP)) != 0) {
        return error_set(error, LINCE_ERROR_WRITE,
                         "others can write in %s; give it to the user that runs lince (chmod 700)",
                         "otros pueden escribir en %s; déjela al usuario que ejecuta lince (chmod 700)", store->folder);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", store->folder, names[i]);
        if (lstat(path, &facts) == 0 && S_ISREG(facts.st_mode) && (facts.st_mode & 077) != 0) {
            (void)chmod(path, 0600); /* if the file is someone else's, opening it reports that */
        }
    }
    return LINCE_OK;
}

enum lince_status store_folder_lock(struct store *store, struct lince_error *error) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/lock", store->folder);
    store->lock_descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (store->lock_descriptor < 0) {
        return fail_at(path, error);
    }
    if (flock(store->lock_descriptor, LOCK_EX | LOCK_NB) != 0) {
        return error_set(error, LINCE_ERROR_WRITE,
                         "%s is in use by another lince serve; stop it or name another --data",
                         "%s está en uso por otro lince serve; deténgalo o indique otro --data", store->folder);
    }
    return LINCE_OK;
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
    return sql_commit(sql, status, error);
}

/*
 * Runs all missing steps as one script. One node at a time runs it; the lock ends with the transaction. If another node
 * was faster, the version shows it.
 */
static enum lince_status migrate_postgres(struct sql *sql, int64_t version, struct lince_error *error) {
    static const char begin[] = "BEGIN; SELECT pg_advisory_xact_lock(4784536);";
    static const char make[] = "CREATE SCHEMA IF NOT EXISTS " POSTGRES_SCHEMA ";";
    char end[160];
    /*
     * Checked first, because CREATE SCHEMA IF NOT EXISTS needs the right to create schemas even if the schema exists.
     */
    bool has_schema =
        sql_number(sql, 0, "SELECT count(*) FROM pg_namespace WHERE nspname='" POSTGRES_SCHEMA "'", "") == 1;
    size_t bytes = sizeof begin + sizeof make + sizeof end;
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
                                             : migrate_postgres(sql, version, error);
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

static enum lince_status open_beside(struct store *store, const char *path, struct lince_error *error) {
    if (access(path, R_OK | W_OK) != 0) {
        return fail_at(path, error);
    }
    enum lince_status status = sql_open(&store->writer, &sql_sqlite, path, SQL_WRITES, error);
    if (status == LINCE_OK) {
        status = store_migrate(store, error);
    }
    return status == LINCE_OK ? sql_open(&store->reader, &sql_sqlite, path, SQL_READS, error) : status;
}

static enum lince_status files_open(struct store *store, enum store_use use, struct lince_error *error) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/store.db", store->folder);
    if (use == STORE_VISIT) {
        return open_beside(store, path, error);
    }
    enum lince_status status = store_folders_make(store, error);
    if (status == LINCE_OK) {
        status = folder_guard(store, error);
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
        status = sql_open(&store->reader, &sql_sqlite, path, SQL_READS, error);
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
        return no_memory(error);
    }
    opened->lock_descriptor = -1;
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
    if (status == LINCE_OK && use == STORE_SERVE) {
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

void store_close(struct store *store) {
    if (store == NULL) {
        return;
    }
    sweeper_stop(store);
    bucket_close(store);
    cluster_close(store);
    if (store->is_served && !store->is_shared) {
        (void)leftovers_stopped_well_write(store, true, NULL); /* if that fails, the next start checks more */
    }
    checkpoint_end(store);
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

void store_listen(struct store *store, store_listener listener, void *context) {
    pthread_rwlock_wrlock(&store->listening);
    store->listener_context = context;
    store->listener = listener;
    pthread_rwlock_unlock(&store->listening);
}

void store_changed(struct store *store) {
    pthread_rwlock_rdlock(&store->listening);
    if (store->listener != NULL) {
        store->listener(store->listener_context);
    }
    pthread_rwlock_unlock(&store->listening);
}

/* If other nodes change the number too, the count twice a second shows what left the queue. */
void store_waiting_change(struct store *store, int64_t by) {
    if (!store->is_shared || by > 0) {
        store->waiting_count += by;
    }
}

int64_t store_waiting_count(struct store *store) {
    return store->waiting_count;
}

int64_t store_image_bytes(struct store *store) {
    return store->image_bytes;
}

uint64_t store_disk_free_bytes(struct store *store) {
    struct statvfs facts;
    return statvfs(store->folder, &facts) == 0 ? (uint64_t)facts.f_bavail * facts.f_frsize : 0;
}

enum lince_status store_counts(struct store *store, struct store_counts *counts, struct lince_error *error) {
    *counts = (struct store_counts){.image_bytes = store->image_bytes};
    sql_lock(&store->reader);
    enum lince_status status;
    struct sql_statement *statement =
        sql_bind(&store->reader, "SELECT status, count(*) FROM documents GROUP BY status", "");
    while (sql_row(&store->reader, statement, &status, error)) {
        enum document_status of = document_status_of(sql_needed(statement, 0));
        if (of != DOCUMENT_STATUSES) {
            counts->by_status[of] = sql_integer(statement, 1);
            counts->documents += counts->by_status[of];
        }
    }
    counts->waited_ms =
        sql_number(&store->reader, 0, "SELECT database_ms()-min(queued_ms) FROM jobs WHERE lease IS NULL", "");
    counts->waited_ms = counts->waited_ms > 0 ? counts->waited_ms : 0;
    sql_unlock(&store->reader);
    return status;
}

#define COUNT_WHERE(condition) "count(*) FILTER (WHERE " condition ")"
#define IN_A_BATCH "archived_ms IS NULL AND batch_id IS NOT NULL AND "
#define PROCESSING IN_A_BATCH "status IN ('held','queued','reading')"
#define PROCESSED IN_A_BATCH "status='done'"
#define ERRORS IN_A_BATCH "status IN ('failed','poisoned')"

enum lince_status store_origin_counts(struct store *store, enum document_origin origin, struct origin_counts *counts,
                                      struct lince_error *error) {
    enum lince_status status;
    *counts = (struct origin_counts){0};
    sql_lock(&store->reader);
    struct sql_statement *row = sql_bind(
        &store->reader,
        "SELECT " COUNT_WHERE("archived_ms IS NULL AND batch_id IS NULL") ", " COUNT_WHERE(PROCESSING) ", " COUNT_WHERE(
            PROCESSED) ", " COUNT_WHERE(ERRORS) ", " COUNT_WHERE("archived_ms IS NOT NULL") " FROM documents WHERE "
                                                                                            "origin=?",
        "t", document_origin_name(origin));
    if (sql_row(&store->reader, row, &status, error)) {
        int64_t *places[] = {&counts->inbox, &counts->processing, &counts->processed, &counts->errors,
                             &counts->archived};
        for (int i = 0; i < 5; i++) {
            *places[i] = sql_integer(row, i);
        }
        sql_done(row);
    }
    sql_unlock(&store->reader);
    return status;
}

bool store_has_name(struct store *store, const char *stored_name) {
    sql_lock(&store->reader);
    int64_t count =
        sql_number(&store->reader, 0, "SELECT count(*) FROM documents WHERE stored_name=?", "t", stored_name);
    sql_unlock(&store->reader);
    return count > 0;
}
