/*
 * bucket.c - images as objects of a bucket, named by their SHA-256. The tables name the bucket, so that no node looks
 * for images in another one.
 */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"
#include "store/s3/s3.h"
#include "store/store_internal.h"

enum { PLACE_BYTES = S3_BUCKET_BYTES + S3_PREFIX_BYTES + 16 };
#define PROBE_NAME "lince"
#define PROBE_TEXT "The images of a store of lince are here.\n"

bool store_images_are_remote(const struct store *store) {
    return images_have_rows(store);
}

/* ---- where the images of a store are ---- */

static enum lince_status place_write(struct sql *sql, const char *place, struct lince_error *error) {
    return sql_run(sql, error, "INSERT INTO meta (name, value) VALUES ('images', ?) ON CONFLICT DO NOTHING", "t",
                   place);
}

static enum lince_status place_differs(const char *kept, const char *wanted, struct lince_error *error) {
    if (kept[0] == '\0') {
        return error_set(error, LINCE_ERROR_ARGUMENT,
                         "this store has images already, and they are not in %s; start without --images, or copy the "
                         "store into a new one that has its images there (lince store copy)",
                         "este almacén ya tiene imágenes y no están en %s; arranque sin --images, o copie el almacén a "
                         "uno nuevo con las imágenes allí (lince store copy)",
                         wanted);
    }
    return error_set(error, LINCE_ERROR_ARGUMENT,
                     "the images of this store are in %s, and --images is \"%s\"; name that bucket and prefix",
                     "las imágenes de este almacén están en %s, y --images es \"%s\"; indique ese bucket y prefijo",
                     kept, wanted);
}

/* Refuses a store whose images are elsewhere. `wanted`: "s3://bucket/prefix/", or "" for none. */
static enum lince_status place_check(struct store *store, const char *wanted, struct lince_error *error) {
    struct sql *sql = &store->writer;
    char kept[PLACE_BYTES];
    sql_lock(sql);
    enum lince_status status = store_meta_read(sql, "images", kept, sizeof kept, error);
    if (status == LINCE_OK && kept[0] == '\0' && wanted[0] != '\0' &&
        sql_number(sql, 1, "SELECT count(*) FROM (SELECT 1 FROM documents WHERE image_gone=0 LIMIT 1) d", "") == 0) {
        status = place_write(sql, wanted, error);
        if (status == LINCE_OK) { /* another node may have written it first */
            status = store_meta_read(sql, "images", kept, sizeof kept, error);
        }
    }
    sql_unlock(sql);
    return status != LINCE_OK || strcmp(kept, wanted) == 0 ? status : place_differs(kept, wanted, error);
}

/* ---- opening ---- */

/* Puts a small object and reads it, so that a bucket that refuses is reported at the start, not at the first upload. */
static enum lince_status probe(const struct store *store, struct lince_error *error) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    char sha256[SHA256_TEXT_BYTES];
    int descriptor = memfd_create("lince-probe", MFD_CLOEXEC);
    crypto_hash_sha256(hash, (const unsigned char *)PROBE_TEXT, strlen(PROBE_TEXT));
    sodium_bin2hex(sha256, sizeof sha256, hash, sizeof hash);
    if (descriptor < 0 || write(descriptor, PROBE_TEXT, strlen(PROBE_TEXT)) != (ssize_t)strlen(PROBE_TEXT)) {
        close(descriptor);
        return error_set(error, LINCE_ERROR_RUNTIME, "the system gives no file in memory",
                         "el sistema no da un archivo en memoria");
    }
    enum lince_status status = s3_put(store->bucket, PROBE_NAME, sha256, descriptor, strlen(PROBE_TEXT), error);
    if (status == LINCE_OK && ftruncate(descriptor, 0) == 0 && lseek(descriptor, 0, SEEK_SET) == 0) {
        status = s3_take(store->bucket, PROBE_NAME, sha256, descriptor, error);
    }
    close(descriptor);
    return status;
}

enum lince_status bucket_open(struct store *store, const char *address, enum store_use use, struct lince_error *error) {
    struct s3_address parts;
    char place[PLACE_BYTES];
    if (address == NULL || address[0] == '\0') {
        return place_check(store, "", error);
    }
    enum lince_status status = s3_address_read(address, &parts, error);
    if (status != LINCE_OK) {
        return status;
    }
    snprintf(place, sizeof place, "s3://%s/%s", parts.bucket, parts.prefix);
    status = s3_open(&parts, &store->bucket, error);
    if (status == LINCE_OK && use == STORE_SERVE) {
        status = probe(store, error);
    }
    return status == LINCE_OK ? place_check(store, place, error) : status;
}

void bucket_close(struct store *store) {
    s3_close(store->bucket);
    store->bucket = NULL;
}

/* ---- images ---- */

enum lince_status bucket_put(struct store *store, const struct image_draft *draft, struct lince_error *error) {
    return s3_put(store->bucket, draft->sha256, draft->sha256, draft->descriptor, draft->bytes, error);
}

enum lince_status bucket_take(struct store *store, const char *sha256, int descriptor, struct lince_error *error) {
    return s3_take(store->bucket, sha256, sha256, descriptor, error);
}

enum lince_status bucket_remove(struct store *store, const char *sha256, struct lince_error *error) {
    return s3_remove(store->bucket, sha256, error);
}
