/* image_removal.c - removes rows of images that belong to no document: one that is named, or those that a sweep finds.
 */
#include <stdio.h>
#include <string.h>

#include "store/store_internal.h"

enum {
    KEPT_MS = 24 * 3600 * 1000,
    SWEPT_ROWS = 1000, /* examined in one statement */
    SWEPT_MOST = 64    /* images found by one statement */
};

#define OF_NO_DOCUMENT "NOT EXISTS (SELECT 1 FROM documents d WHERE d.sha256=i.sha256 AND d.image_gone=0)"
#define KEPT_BEFORE "i.kept_ms<=database_ms()-?2 AND i.going_ms IS NULL AND " OF_NO_DOCUMENT

enum lince_status image_row_remove(struct store *store, const char *sha256, int64_t age_ms, int64_t *bytes,
                                   struct lince_error *error) {
    struct sql *sql = images_sql(store);
    static const char take[] = "DELETE FROM images AS i WHERE i.sha256=?1 AND " KEPT_BEFORE " RETURNING i.image_bytes";
    static const char mark[] =
        "UPDATE images AS i SET going_ms=database_ms() WHERE i.sha256=?1 AND " KEPT_BEFORE " RETURNING image_bytes";
    *bytes = 0;
    sql_lock(sql);
    enum lince_status status = images_write(store, error);
    if (status == LINCE_OK) {
        const char *lock = sql_either(sql, NULL, "SELECT 1 FROM images WHERE sha256=? FOR UPDATE");
        if (lock != NULL) {
            status = sql_run(sql, error, lock, "t", sha256);
        }
        if (status == LINCE_OK) {
            status = sql_add(sql, bytes, error, store->bucket == NULL ? take : mark, "ti", sha256, age_ms);
        }
        status = sql_commit(sql, status, error);
    }
    sql_unlock(sql);
    image_bytes_change(store, status == LINCE_OK ? -*bytes : 0);
    return status;
}

/* Finds the images to remove among the next rows after `after`, which becomes the last row examined; "" at the end. */
static size_t swept_find(struct store *store, char after[SHA256_TEXT_BYTES], char found[][SHA256_TEXT_BYTES]) {
    struct sql *sql = store->is_shared ? &store->pictures : &store->reader;
    enum lince_status status;
    char last[SHA256_TEXT_BYTES] = "";
    size_t count = 0;
    sql_lock(sql);
    struct sql_statement *row =
        sql_bind(sql, "SELECT sha256 FROM images WHERE sha256>? ORDER BY sha256 LIMIT 1 OFFSET ?", "ti", after,
                 (int64_t)SWEPT_ROWS - 1);
    if (sql_row(sql, row, &status, NULL)) {
        snprintf(last, sizeof last, "%s", sql_needed(row, 0));
        sql_done(row);
    }
    row = sql_bind(sql,
                   "SELECT i.sha256 FROM images i WHERE i.sha256>?1 AND " KEPT_BEFORE
                   " AND (?3='' OR i.sha256<=?3) ORDER BY i.sha256 LIMIT ?4",
                   "titi", after, (int64_t)KEPT_MS, last, (int64_t)SWEPT_MOST);
    while (sql_row(sql, row, &status, NULL)) {
        snprintf(found[count++], SHA256_TEXT_BYTES, "%s", sql_needed(row, 0));
    }
    sql_unlock(sql);
    strcpy(after, count == SWEPT_MOST ? found[count - 1] : last);
    return count;
}

void images_sweep(struct store *store, char after[SHA256_TEXT_BYTES]) {
    char found[SWEPT_MOST][SHA256_TEXT_BYTES];
    size_t count = swept_find(store, after, found);
    for (size_t i = 0; i < count; i++) {
        int64_t bytes;
        (void)image_row_remove(store, found[i], KEPT_MS, &bytes, NULL); /* if that fails, the next round removes it */
    }
}
