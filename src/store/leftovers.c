/* leftovers.c - removes what a killed run left on the disk: unfinished uploads, and images without a document. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "store/store_internal.h"

enum { KEPT_SECONDS = 7 * 24 * 3600 };

/* Calls `take` for each file of a folder. A folder that cannot be read is skipped. */
static void each_file(struct store *store, const char *path,
                      void (*take)(struct store *, int folder, const char *name)) {
    DIR *folder = opendir(path);
    const struct dirent *entry;
    while (folder != NULL &&
           (entry = readdir(folder)) != NULL) { /* NOLINT(concurrency-mt-unsafe): a stream of its own */
        if (entry->d_name[0] != '.') {
            take(store, dirfd(folder), entry->d_name);
        }
    }
    if (folder != NULL) {
        closedir(folder);
    }
}

static void upload_remove(struct store *store, int folder, const char *name) {
    (void)store;
    unlinkat(folder, name, 0);
}

/*
 * An image without a document was being uploaded when the run ended. Its client got no answer and will send it again.
 * It is still kept for a while, because after damage to the tables it may be all that is left of a document.
 */
static void image_remove_unless_used(struct store *store, int folder, const char *name) {
    struct sql *sql = &store->writer;
    struct stat facts;
    bool is_known = sql_number(sql, 1, "SELECT count(*) FROM documents WHERE sha256=?", "t", name) != 0;
    bool is_used = sql_number(sql, 1, "SELECT count(*) FROM documents WHERE sha256=? AND image_gone=0", "t", name) != 0;
    if (!is_used && fstatat(folder, name, &facts, 0) == 0 &&
        (is_known || store_now_ms() / 1000 - facts.st_mtime > KEPT_SECONDS)) {
        unlinkat(folder, name, 0);
    }
}

void leftovers_uploads_remove(struct store *store) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/incoming", store->folder);
    each_file(store, path, upload_remove);
}

enum lince_status leftovers_remove(struct store *store, struct lince_error *error) {
    char path[PATH_MAX];
    leftovers_uploads_remove(store);
    /* Images are compared with the tables only if the last run did not end well. */
    if (sql_number(&store->writer, 0, "SELECT value FROM meta WHERE name='stopped_well'", "") != 1) {
        for (int i = 0; i < 256; i++) {
            snprintf(path, sizeof path, "%s/images/%02x", store->folder, i);
            each_file(store, path, image_remove_unless_used);
        }
    }
    return leftovers_stopped_well_write(store, false, error);
}

enum lince_status leftovers_stopped_well_write(struct store *store, bool stopped_well, struct lince_error *error) {
    return store_meta_write(&store->writer, "stopped_well", stopped_well ? "1" : "0", error);
}
