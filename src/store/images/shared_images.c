/*
 * shared_images.c - images that have a row each, in the database or in a bucket: stored, read, removed.
 *
 * In the database an image is in parts of 256 kB, so that neither side holds a large one whole. It exists when its row
 * does. With a bucket the row is written first, then the object. To remove an image, its row is marked first, then the
 * object is removed, then the row (sweeper.c). A marked image is not stored again until it is gone, so that no newer
 * object is removed.
 *
 * Storing an image sets its kept_ms, moments before its document is added. So an image without a document whose kept_ms
 * is a day old can be removed without the lock of all nodes.
 */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/reason.h"
#include "store/store_internal.h"

enum { PART_BYTES = 256 << 10, GOING_TRIES = 20, GOING_PAUSE_MS = 50 };

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

/*
 * Writes the row of an image. An existing row gets a new kept_ms, so that no sweep removes it before its document is
 * added. `*is_noted` is false while the image is being removed from the bucket. Another node may write or remove the
 * row between two statements.
 */
static enum lince_status row_note(struct sql *sql, const struct image_draft *draft, bool *is_noted, bool *is_new,
                                  struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    *is_noted = *is_new = false;
    for (int i = 0; i < 2 && status == LINCE_OK && !*is_noted; i++) {
        status = sql_run(sql, error, "UPDATE images SET kept_ms=database_ms() WHERE sha256=? AND going_ms IS NULL", "t",
                         draft->sha256);
        *is_noted = status == LINCE_OK && sql_changes(sql) == 1;
        if (status == LINCE_OK && !*is_noted) {
            status = sql_run(sql, error,
                             "INSERT INTO images (sha256, image_bytes, kept_ms) VALUES (?, ?, database_ms())"
                             " ON CONFLICT DO NOTHING",
                             "ti", draft->sha256, (int64_t)draft->bytes);
            *is_noted = *is_new = status == LINCE_OK && sql_changes(sql) == 1;
        }
    }
    return status;
}

static enum lince_status row_try(struct store *store, const struct image_draft *draft, bool *is_noted, bool *is_new,
                                 struct lince_error *error) {
    struct sql *sql = images_sql(store);
    sql_lock(sql);
    enum lince_status status = images_write(store, error);
    if (status == LINCE_OK) {
        status = row_note(sql, draft, is_noted, is_new, error);
        if (status == LINCE_OK && *is_new && store->bucket == NULL) {
            status = parts_write(sql, draft, error);
        }
        status = sql_commit(sql, status, error);
    }
    sql_unlock(sql);
    return status;
}

static enum lince_status fail_going(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_UNREADABLE, "the image was deleted while it came; send it again",
                     "la imagen se borró mientras llegaba; envíela otra vez");
}

static enum lince_status image_keep(struct store *store, const struct image_draft *draft, struct lince_error *error) {
    bool is_noted = false, is_new = false;
    enum lince_status status = row_try(store, draft, &is_noted, &is_new, error);
    for (int i = 0; i < GOING_TRIES && status == LINCE_OK && !is_noted; i++) {
        clock_pause_ms(GOING_PAUSE_MS);
        status = row_try(store, draft, &is_noted, &is_new, error);
    }
    if (status == LINCE_OK && !is_noted) {
        return fail_going(error);
    }
    image_bytes_change(store, status == LINCE_OK && is_new ? (int64_t)draft->bytes : 0);
    return status == LINCE_OK && store->bucket != NULL ? bucket_put(store, draft, error) : status;
}

enum lince_status shared_images_keep(struct store *store, const struct document_new *documents, size_t count,
                                     struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < count && status == LINCE_OK; i++) {
        status = image_keep(store, documents[i].draft, error);
    }
    return status;
}

/*
 * Locks the row until the transaction ends, so that whoever wants to remove the image waits, and then finds the
 * document.
 */
enum lince_status shared_image_check(struct store *store, const char *sha256, struct lince_error *error) {
    struct sql *sql = &store->writer;
    const char *text = sql_either(sql, "SELECT 1 FROM images WHERE sha256=? AND going_ms IS NULL",
                                  "SELECT 1 FROM images WHERE sha256=? AND going_ms IS NULL FOR SHARE");
    return sql_number(sql, 0, text, "t", sha256) == 1 ? LINCE_OK : fail_going(error);
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

/* Hashes and writes one part; `*found` is false after the last. */
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
    enum lince_status status;
    if (store->bucket != NULL) {
        status = bucket_take(store, sha256, *descriptor, error);
    } else {
        sql_lock(&store->pictures);
        status = parts_take(&store->pictures, sha256, *descriptor, error);
        sql_unlock(&store->pictures);
    }
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

void shared_image_remove(struct store *store, const char *sha256) {
    int64_t bytes;
    (void)image_row_remove(store, sha256, 0, &bytes, NULL); /* if that fails, the sweep removes it */
    sweeper_wake(store);
}
