/*
 * shared_images.c - images in the database, in parts of 256 kB, so that neither side holds a large one whole. An image
 * is there when its row in `images` is: the parts come in the same transaction. Whoever reads one takes its parts into
 * a file without a name, and looks whether they are what the name says.
 */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/reason.h"
#include "store/store_internal.h"

enum { PART_BYTES = 256 << 10, KEPT_MS = 24 * 3600 * 1000, SWEPT_AT_ONCE = 100 };

static enum lince_status part_read(const struct image_draft *draft, char *bytes, int64_t part, size_t *count,
                                   struct lince_error *error) {
    *count = 0;
    while (*count < PART_BYTES) {
        ssize_t got = pread(draft->descriptor, bytes + *count, PART_BYTES - *count, part * PART_BYTES + (off_t)*count);
        if (got < 0 && errno != EINTR) {
            return error_set(error, LINCE_ERROR_WRITE, "an image cannot be read again (%s)",
                             "no se puede volver a leer una imagen (%s)", reason_for(error, errno));
        }
        if (got == 0) {
            break;
        }
        *count += got > 0 ? (size_t)got : 0;
    }
    return LINCE_OK;
}

static enum lince_status parts_write(struct sql *sql, const struct image_draft *draft, struct lince_error *error) {
    char *bytes = malloc(PART_BYTES);
    enum lince_status status = bytes != NULL
                                   ? LINCE_OK
                                   : error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for an image's part",
                                               "no hay memoria para una parte de una imagen");
    for (int64_t part = 0; status == LINCE_OK && part * PART_BYTES < (int64_t)draft->bytes; part++) {
        size_t count;
        status = part_read(draft, bytes, part, &count, error);
        if (status == LINCE_OK) {
            status = sql_run(sql, error, "INSERT INTO image_parts (sha256, part, bytes) VALUES (?, ?, ?)", "tib",
                             draft->sha256, part, bytes, count);
        }
    }
    free(bytes);
    return status;
}

/* One that is there already is asked to stay, so that no sweep takes it before its document comes. */
static enum lince_status image_write(struct sql *sql, const struct image_draft *draft, bool *is_new,
                                     struct lince_error *error) {
    enum lince_status status = sql_run(sql, error,
                                       "INSERT INTO images (sha256, image_bytes, kept_ms) VALUES (?, ?, database_ms())"
                                       " ON CONFLICT DO NOTHING",
                                       "ti", draft->sha256, (int64_t)draft->bytes);
    *is_new = sql_changes(sql) == 1;
    if (status == LINCE_OK && *is_new) {
        return parts_write(sql, draft, error);
    }
    return status != LINCE_OK
               ? status
               : sql_run(sql, error, "UPDATE images SET kept_ms=database_ms() WHERE sha256=?", "t", draft->sha256);
}

enum lince_status shared_images_keep(struct store *store, const struct document_new *documents, size_t count,
                                     struct lince_error *error) {
    struct sql *sql = &store->pictures;
    enum lince_status status = LINCE_OK;
    sql_lock(sql);
    for (size_t i = 0; i < count && status == LINCE_OK; i++) {
        bool is_new = false;
        status = sql_write_aside(sql, error);
        if (status == LINCE_OK) {
            status = sql_commit(sql, image_write(sql, documents[i].draft, &is_new, error), error);
        }
        store->image_bytes += status == LINCE_OK && is_new ? (int64_t)documents[i].draft->bytes : 0;
    }
    sql_unlock(sql);
    return status;
}

enum lince_status shared_image_check(struct store *store, const char *sha256, struct lince_error *error) {
    int64_t count = sql_number(&store->writer, -1, "SELECT count(*) FROM images WHERE sha256=?", "t", sha256);
    if (count < 0) {
        return sql_fail(&store->writer, error);
    }
    return count == 1 ? LINCE_OK
                      : error_set(error, LINCE_ERROR_UNREADABLE, "the image was deleted while it came; send it again",
                                  "la imagen se borró mientras llegaba; envíela otra vez");
}

/* ---- reading ---- */

static int file_make(const struct store *store) {
    char path[PATH_MAX];
    const char *folder = getenv("TMPDIR");
    if (store->is_served) {
        snprintf(path, sizeof path, "%s/incoming/out-XXXXXX", store->folder);
    } else {
        snprintf(path, sizeof path, "%s/lince-XXXXXX", folder == NULL || *folder == '\0' ? "/tmp" : folder);
    }
    int descriptor = mkostemp(path, O_CLOEXEC);
    if (descriptor >= 0) {
        unlink(path);
    }
    return descriptor;
}

static bool bytes_write(int descriptor, const unsigned char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        bytes += written > 0 ? written : 0;
        count -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

static enum lince_status fail_write(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_WRITE, "an image cannot be written (%s); make room in the data folder",
                     "no se puede escribir una imagen (%s); haga sitio en la carpeta de datos",
                     reason_for(error, errno));
}

/* One part, hashed and written; `*found` false after the last. */
static enum lince_status part_take(struct sql *sql, const char *sha256, int64_t part, int descriptor,
                                   crypto_hash_sha256_state *hash, bool *found, struct lince_error *error) {
    enum lince_status status;
    struct sql_statement *row =
        sql_bind(sql, "SELECT bytes FROM image_parts WHERE sha256=? AND part=?", "ti", sha256, part);
    *found = sql_row(sql, row, &status, error);
    if (*found) {
        size_t count;
        const unsigned char *bytes = sql_bytes(row, 0, &count);
        crypto_hash_sha256_update(hash, bytes, count);
        status = bytes != NULL && bytes_write(descriptor, bytes, count) ? LINCE_OK : fail_write(error);
        sql_done(row);
    }
    return status;
}

static enum lince_status parts_take(struct sql *sql, const char *sha256, int descriptor, struct lince_error *error) {
    crypto_hash_sha256_state hash;
    unsigned char bytes[crypto_hash_sha256_BYTES];
    char text[SHA256_TEXT_BYTES];
    bool found = true;
    enum lince_status status = LINCE_OK;
    int64_t part = 0;
    crypto_hash_sha256_init(&hash);
    while (status == LINCE_OK && found) {
        status = part_take(sql, sha256, part, descriptor, &hash, &found, error);
        part += found;
    }
    crypto_hash_sha256_final(&hash, bytes);
    sodium_bin2hex(text, sizeof text, bytes, sizeof bytes);
    if (status == LINCE_OK && part == 0) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no image %s", "no existe la imagen %s", sha256);
    }
    if (status == LINCE_OK && strcmp(text, sha256) != 0) {
        return error_set(error, LINCE_ERROR_DAMAGED, "the image %s is not what was kept; restore a backup",
                         "la imagen %s no es lo que se guardó; recupere una copia", sha256);
    }
    return status;
}

enum lince_status shared_image_open(struct store *store, const char *sha256, int *descriptor,
                                    struct lince_error *error) {
    *descriptor = file_make(store);
    if (*descriptor < 0) {
        return fail_write(error);
    }
    sql_lock(&store->pictures);
    enum lince_status status = parts_take(&store->pictures, sha256, *descriptor, error);
    sql_unlock(&store->pictures);
    if (status == LINCE_OK && lseek(*descriptor, 0, SEEK_SET) != 0) {
        status = fail_write(error);
    }
    if (status != LINCE_OK) {
        close(*descriptor);
        *descriptor = -1;
    }
    return status;
}

/* ---- removing ---- */

#define OF_NO_DOCUMENT "NOT EXISTS (SELECT 1 FROM documents d WHERE d.sha256=i.sha256 AND d.image_gone=0)"

/* In the turn of all, so that no document of it comes meanwhile. */
static enum lince_status remove_now(struct store *store, const char *sha256, int64_t *bytes,
                                    struct lince_error *error) {
    return sql_add(&store->writer, bytes, error,
                   "DELETE FROM images i WHERE i.sha256=? AND " OF_NO_DOCUMENT " RETURNING i.image_bytes", "t", sha256);
}

void shared_image_remove(struct store *store, const char *sha256) {
    int64_t bytes = 0;
    sql_lock(&store->writer);
    enum lince_status status = sql_write(&store->writer, true, NULL); /* where that fails the sweep takes it */
    if (status == LINCE_OK) {
        status = sql_commit(&store->writer, remove_now(store, sha256, &bytes, NULL), NULL);
    }
    sql_unlock(&store->writer);
    store->image_bytes -= status == LINCE_OK ? bytes : 0;
}

enum lince_status shared_images_sweep(struct store *store, struct lince_error *error) {
    struct sql *sql = &store->writer;
    int64_t count = SWEPT_AT_ONCE;
    enum lince_status status = LINCE_OK;
    while (status == LINCE_OK && count == SWEPT_AT_ONCE) {
        sql_lock(sql);
        status = sql_write(sql, true, error);
        if (status == LINCE_OK) {
            status = sql_run(sql, error,
                             "DELETE FROM images WHERE sha256 IN (SELECT i.sha256 FROM images i WHERE"
                             " i.kept_ms<database_ms()-?1 AND " OF_NO_DOCUMENT " LIMIT ?2)",
                             "ii", (int64_t)KEPT_MS, (int64_t)SWEPT_AT_ONCE);
            count = sql_changes(sql);
            status = sql_commit(sql, status, error);
        }
        sql_unlock(sql);
    }
    return status;
}
