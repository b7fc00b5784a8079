/*
 * backup.c - copies the tables with SQLite's online backup, and images by hard link where that is possible; checks
 * both.
 */
#include "store/upkeep/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/reason.h"
#include "store/sql/sql_driver.h"
#include "store/sql/sql_sqlite.h"
#include "store/store_internal.h"

static enum lince_status fail(const char *path, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_WRITE, "%s: %s", "%s: %s", path, reason_for(error, errno));
}

/* An existing file may be damaged by a loss of power, so it is replaced. */
static enum lince_status file_copy(const char *from, const char *to, struct lince_error *error) {
    if (link(from, to) == 0 || (errno == EEXIST && unlink(to) == 0 && link(from, to) == 0)) {
        return LINCE_OK;
    }
    int source = open(from, O_RDONLY | O_CLOEXEC);
    int target = source < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    ssize_t sent = -1;
    if (target >= 0) {
        do {
            sent = sendfile(target, source, NULL, 1 << 20);
        } while (sent > 0);
    }
    enum lince_status status =
        target < 0 || sent < 0 || fsync(target) != 0 ? fail(target < 0 && source < 0 ? from : to, error) : LINCE_OK;
    if (target >= 0) {
        close(target);
    }
    if (source >= 0) {
        close(source);
    }
    return status;
}

static enum lince_status folders_make(const char *folder, struct lince_error *error) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/images", folder);
    if (mkdir(folder, 0700) != 0 || mkdir(path, 0700) != 0) {
        return fail(folder, error);
    }
    for (int i = 0; i < 256; i++) {
        snprintf(path, sizeof path, "%s/images/%02x", folder, i);
        if (mkdir(path, 0700) != 0) {
            return fail(path, error);
        }
    }
    return LINCE_OK;
}

static enum lince_status database_copy(sqlite3 *from, const char *to, struct lince_error *error) {
    sqlite3 *target = NULL;
    int code = sqlite3_open_v2(to, &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sqlite3_backup *copy = code == SQLITE_OK ? sqlite3_backup_init(target, "main", from, "main") : NULL;
    if (copy != NULL) {
        code = sqlite3_backup_step(copy, -1); /* all pages in one step, so that the copy shows one moment */
        sqlite3_backup_finish(copy);
    }
    sqlite3_close(target);
    return copy != NULL && code == SQLITE_DONE
               ? LINCE_OK
               : error_set(error, LINCE_ERROR_WRITE, "%s cannot be written (SQLite code %d)",
                           "no se puede escribir %s (código %d de SQLite)", to, code);
}

/* Copies every image that the database `tables` names from the store `from` to `folder`. */
static enum lince_status images_copy(const char *tables, const char *backup, const char *folder,
                                     struct lince_error *error) {
    struct sql sql = {0};
    enum lince_status status = sql_open(&sql, &sql_sqlite, tables, SQL_WRITES, error);
    if (status != LINCE_OK) {
        sql_close(&sql);
        return status;
    }
    struct sql_statement *row = sql_bind(&sql, "SELECT DISTINCT sha256 FROM documents WHERE image_gone=0", "");
    while (sql_row(&sql, row, &status, error)) {
        const char *sha256 = sql_needed(row, 0);
        char source[PATH_MAX], target[PATH_MAX];
        snprintf(source, sizeof source, "%.3800s/images/%.2s/%.64s", backup, sha256, sha256);
        snprintf(target, sizeof target, "%.3800s/images/%.2s/%.64s", folder, sha256, sha256);
        enum lince_status copied = file_copy(source, target, error);
        if (copied != LINCE_OK && access(source, F_OK) == 0) {
            status = copied;
            sql_done(row);
            break;
        } /* lince check reports an image that was removed since that moment */
    }
    sql_close(&sql);
    return status;
}

enum lince_status store_backup(struct store *store, const char *folder, struct lince_error *error) {
    char database[PATH_MAX];
    if (store->is_shared) {
        return error_set(
            error, LINCE_ERROR_ARGUMENT,
            "a store on PostgreSQL is backed up with its own tools: pg_dump --schema=lince, or a base "
            "backup",
            "un almacén en PostgreSQL se copia con sus propias herramientas: pg_dump --schema=lince, o una "
            "copia base");
    }
    snprintf(database, sizeof database, "%s/store.db", folder);
    enum lince_status status = folders_make(folder, error);
    if (status == LINCE_OK) {
        sql_lock(&store->reader);
        status = database_copy(sqlite_database(&store->reader), database, error);
        sql_unlock(&store->reader);
    }
    return status == LINCE_OK ? images_copy(database, store->folder, folder, error) : status;
}

enum lince_status store_restore(const char *backup, const char *folder, struct lince_error *error) {
    char from[PATH_MAX], to[PATH_MAX], images[PATH_MAX];
    struct sql sql = {0};
    snprintf(from, sizeof from, "%s/store.db", backup);
    snprintf(to, sizeof to, "%s/store.db", folder);
    snprintf(images, sizeof images, "%s/images", folder);
    if (access(from, R_OK) != 0) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "%s is no backup: it has no store.db",
                         "%s no es una copia: no tiene store.db", backup);
    }
    if (access(to, F_OK) == 0) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "%s holds a store already; move it away or name another --data",
                         "%s ya tiene un almacén; apártelo o indique otro --data", folder);
    }
    if (access(images, F_OK) != 0 && (rmdir(folder), 1)) {
        enum lince_status made = folders_make(folder, error);
        if (made != LINCE_OK) {
            return made;
        }
    }
    enum lince_status status = images_copy(from, backup, folder, error);
    if (status == LINCE_OK) { /* the tables come last, so that a folder with tables is complete */
        status = sql_open(&sql, &sql_sqlite, from, SQL_WRITES, error);
    }
    if (status == LINCE_OK) {
        status = database_copy(sqlite_database(&sql), to, error);
    }
    sql_close(&sql);
    return status;
}

static bool image_is_whole(struct store *store, const char *sha256, bool *is_there) {
    crypto_hash_sha256_state state;
    unsigned char hash[crypto_hash_sha256_BYTES], bytes[16384];
    char text[SHA256_TEXT_BYTES];
    int descriptor;
    ssize_t got;
    enum lince_status opened = store_image_open(store, sha256, &descriptor, NULL);
    *is_there = opened == LINCE_OK || opened == LINCE_ERROR_DAMAGED;
    if (opened != LINCE_OK) {
        return false;
    }
    crypto_hash_sha256_init(&state);
    while ((got = read(descriptor, bytes, sizeof bytes)) > 0) {
        crypto_hash_sha256_update(&state, bytes, (unsigned long long)got);
    }
    close(descriptor);
    crypto_hash_sha256_final(&state, hash);
    sodium_bin2hex(text, sizeof text, hash, sizeof hash);
    return got == 0 && strcmp(text, sha256) == 0;
}

static enum lince_status tables_check(struct sql *sql, struct lince_error *error) {
    enum lince_status status;
    struct sql_statement *row = sql_bind(sql, "PRAGMA integrity_check(1)", "");
    bool is_sound = sql_row(sql, row, &status, error) && strcmp(sql_needed(row, 0), "ok") == 0;
    if (!is_sound && status == LINCE_OK) {
        status = error_set(error, LINCE_ERROR_DAMAGED, "the store is damaged (%s); restore a backup with lince restore",
                           "el almacén está dañado (%s); recupere una copia con lince restore", sql_needed(row, 0));
    }
    sql_done(row);
    return status;
}

enum lince_status store_check(struct store *store, struct check *check, struct lince_error *error) {
    struct sql *sql = &store->reader;
    struct sql_statement row;
    *check = (struct check){0};
    sql_lock(sql);
    enum lince_status status = store->is_shared ? LINCE_OK : tables_check(sql, error);
    check->documents = sql_number(sql, 0, "SELECT count(*) FROM documents", "");
    (void)sql_begin_once(sql, &row, "SELECT DISTINCT sha256 FROM documents WHERE image_gone=0", NULL, 0);
    while (status == LINCE_OK && sql_row(sql, &row, &status, error)) {
        bool is_there, is_whole = image_is_whole(store, sql_needed(&row, 0), &is_there);
        check->images++;
        check->missing += !is_there;
        check->damaged += is_there && !is_whole;
    }
    sql_finish(&row);
    sql_unlock(sql);
    return status;
}
