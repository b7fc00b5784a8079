/*
 * images.c - images as files named by their SHA-256. A draft is written under a temporary name, then renamed and
 * synced, many at once.
 */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/reason.h"
#include "image/header/pnm_header.h"
#include "store/store_internal.h"

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof((struct image_draft *)0)->hash_state,
               "the hash has its place");

static crypto_hash_sha256_state *hash_of(struct image_draft *draft) {
    return (crypto_hash_sha256_state *)(void *)draft->hash_state;
}

/* How many images of one request are open, and synced, together. */
enum { OPEN_AT_ONCE = 128 };

static enum lince_status fail_write(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_WRITE, "an image cannot be written (%s); make room in the data folder",
                     "no se puede escribir una imagen (%s); haga sitio en la carpeta de datos",
                     reason_for(error, errno));
}

void image_path(const struct store *store, const char *sha256, char path[PATH_MAX]) {
    snprintf(path, PATH_MAX, "%s/images/%.2s/%s", store->folder, sha256, sha256);
}

enum lince_status image_draft_begin(struct store *store, struct image_draft *draft, struct lince_error *error) {
    char name[ID_BYTES];
    store_id(name, "in");
    memset(draft, 0, sizeof *draft);
    snprintf(draft->path, sizeof draft->path, "%s/incoming/%s", store->folder, name);
    draft->descriptor = open(draft->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    crypto_hash_sha256_init(hash_of(draft));
    return draft->descriptor < 0 ? fail_write(error) : LINCE_OK;
}

enum lince_status image_draft_write(struct image_draft *draft, const void *bytes, size_t count,
                                    struct lince_error *error) {
    const unsigned char *rest = bytes;
    crypto_hash_sha256_update(hash_of(draft), bytes, count);
    for (size_t i = 0; i < count && draft->bytes + i < sizeof draft->head; i++) {
        draft->head[draft->bytes + i] = rest[i];
    }
    while (count > 0) {
        ssize_t written = write(draft->descriptor, rest, count);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return fail_write(error);
        }
        rest += written;
        draft->bytes += (uint64_t)written;
        count -= (size_t)written;
    }
    return LINCE_OK;
}

void image_draft_end(struct image_draft *draft) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(hash_of(draft), hash);
    sodium_bin2hex(draft->sha256, sizeof draft->sha256, hash, sizeof hash);
}

void image_draft_rest(struct image_draft *draft) {
    close(draft->descriptor);
    draft->descriptor = -1;
}

/* Opens the drafts that were closed; false if one cannot be opened. */
static bool drafts_open(const struct document_new *documents, size_t count, bool *rested) {
    for (size_t i = 0; i < count; i++) {
        struct image_draft *draft = documents[i].draft;
        rested[i] = draft->descriptor < 0;
        draft->descriptor = rested[i] ? open(draft->path, O_RDWR | O_CLOEXEC) : draft->descriptor;
        if (draft->descriptor < 0) {
            return false;
        }
    }
    return true;
}

static void drafts_rest(const struct document_new *documents, size_t count, const bool *rested) {
    for (size_t i = 0; i < count; i++) {
        if (rested[i] && documents[i].draft->descriptor >= 0) {
            image_draft_rest(documents[i].draft);
        }
    }
}

void image_draft_drop(struct image_draft *draft) {
    if (draft->descriptor >= 0) {
        close(draft->descriptor);
        draft->descriptor = -1;
    }
    if (draft->path[0] != '\0') {
        unlink(draft->path);
        draft->path[0] = '\0';
    }
}

/* The type of a file that begins with a box of brands (ISO/IEC 14496-12, 4.3), by its major and compatible brands. */
static const char *box_media_type(const struct image_draft *draft) {
    static const char *const brands[] = {"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"};
    size_t end = draft->bytes < sizeof draft->head ? (size_t)draft->bytes : sizeof draft->head;
    const char *found = NULL;
    for (size_t at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) {
        if (memcmp(draft->head + at, "avif", 4) == 0 || memcmp(draft->head + at, "avis", 4) == 0) {
            return "image/avif";
        }
        for (size_t i = 0; i < sizeof brands / sizeof *brands; i++) {
            found = memcmp(draft->head + at, brands[i], 4) == 0 ? "image/heic" : found;
        }
    }
    return found;
}

/* "%PDF-" may be anywhere in the first kilobyte. */
static bool is_pdf(const struct image_draft *draft) {
    size_t end = draft->bytes < sizeof draft->head ? (size_t)draft->bytes : sizeof draft->head;
    return memmem(draft->head, end, "%PDF-", 5) != NULL;
}

const char *image_draft_media_type(const struct image_draft *draft) {
    static const struct {
        const char *type, *start;
        size_t bytes;
    } starts[] = {{"image/jpeg", "\xff\xd8\xff", 3},
                  {"image/png", "\x89PNG\r\n\x1a\n", 8},
                  {"image/gif", "GIF8", 4},
                  {"image/bmp", "BM", 2},
                  {"image/tiff", "II*\0", 4},
                  {"image/tiff", "MM\0*", 4},
                  {"image/tiff", "II+\0", 4},
                  {"image/tiff", "MM\0+", 4},
                  {"image/jxl", "\xff\x0a", 2},
                  {"image/jxl", "\0\0\0\x0cJXL \r\n\x87\n", 12},
                  {"image/jp2", "\0\0\0\x0cjP  \r\n\x87\n", 12},
                  {"image/j2c", "\xff\x4f\xff\x51", 4}};
    const unsigned char *head = draft->head;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (draft->bytes >= starts[i].bytes && memcmp(head, starts[i].start, starts[i].bytes) == 0) {
            return starts[i].type;
        }
    }
    if (draft->bytes >= 12 && memcmp(head, "RIFF", 4) == 0 && memcmp(head + 8, "WEBP", 4) == 0) {
        return "image/webp";
    }
    if (draft->bytes >= 12 && memcmp(head + 4, "ftyp", 4) == 0) {
        return box_media_type(draft);
    }
    if (pnm_begins(head, draft->bytes < sizeof draft->head ? (size_t)draft->bytes : sizeof draft->head)) {
        return "image/x-portable-anymap";
    }
    return is_pdf(draft) ? "application/pdf" : NULL;
}

static enum lince_status draft_sync(const struct image_draft *draft, struct lince_error *error) {
    return fdatasync(draft->descriptor) == 0 ? LINCE_OK : fail_write(error);
}

/*
 * Gives the draft its name. An existing file may have a document, so only a synced file replaces it. A new name has no
 * document yet: the file and its name are synced together later, so the disk is waited for once.
 */
static enum lince_status draft_name(struct store *store, struct image_draft *draft, struct lince_error *error) {
    char path[PATH_MAX];
    struct stat facts;
    enum lince_status status = LINCE_OK;
    image_path(store, draft->sha256, path);
    pthread_mutex_lock(&store->names);
    bool is_new = stat(path, &facts) != 0;
    if (is_new && rename(draft->path, path) != 0) {
        status = fail_write(error);
    }
    pthread_mutex_unlock(&store->names);
    if (!is_new) {
        status = draft_sync(draft, error);
        if (status == LINCE_OK && rename(draft->path, path) != 0) {
            status = fail_write(error);
        }
    }
    if (status == LINCE_OK) {
        draft->path[0] = '\0';
        image_bytes_change(store, is_new ? (int64_t)draft->bytes : 0);
    }
    return status;
}

/* The folder of a name, by its first byte. */
static enum lince_status folder_sync(const struct store *store, const char *sha256, struct lince_error *error) {
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s/images/%.2s", store->folder, sha256);
    return file_sync_folder(folder) ? LINCE_OK : fail_write(error);
}

static enum lince_status files_keep(struct store *store, const struct document_new *documents, size_t count,
                                    struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < count && status == LINCE_OK; i++) {
        status = draft_name(store, documents[i].draft, error);
    }
    /* All syncs are started before the first one is waited for. */
    for (size_t i = 0; i < count && status == LINCE_OK; i++) {
        (void)sync_file_range(documents[i].draft->descriptor, 0, 0, SYNC_FILE_RANGE_WRITE);
    }
    for (size_t i = 0; i < count && status == LINCE_OK; i++) {
        status = draft_sync(documents[i].draft, error);
    }
    for (size_t i = 0; i < count && status == LINCE_OK; i++) {
        status = folder_sync(store, documents[i].draft->sha256, error);
    }
    return status;
}

enum lince_status images_keep(struct store *store, const struct document_new *documents, size_t count,
                              struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (size_t from = 0; from < count && status == LINCE_OK; from += OPEN_AT_ONCE) {
        bool rested[OPEN_AT_ONCE] = {false};
        size_t part = count - from < OPEN_AT_ONCE ? count - from : OPEN_AT_ONCE;
        if (!drafts_open(documents + from, part, rested)) {
            status = fail_write(error);
        } else if (images_have_rows(store)) {
            status = shared_images_keep(store, documents + from, part, error);
        } else {
            status = files_keep(store, documents + from, part, error);
        }
        drafts_rest(documents + from, part, rested);
    }
    return status;
}

enum lince_status store_scratch_open(struct store *store, int *descriptor, struct lince_error *error) {
    char name[ID_BYTES], path[PATH_MAX];
    store_id(name, "part");
    snprintf(path, sizeof path, "%s/incoming/%s", store->folder, name);
    *descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (*descriptor < 0) {
        return fail_write(error);
    }
    unlink(path);
    return LINCE_OK;
}

void image_remove(struct store *store, const char *sha256) {
    char path[PATH_MAX];
    struct stat facts;
    if (images_have_rows(store)) {
        shared_image_remove(store, sha256);
        return;
    }
    image_path(store, sha256, path);
    if (stat(path, &facts) == 0 && unlink(path) == 0) {
        image_bytes_change(store, -(int64_t)facts.st_size);
    }
}

enum lince_status store_image_open(struct store *store, const char *sha256, int *descriptor,
                                   struct lince_error *error) {
    char path[PATH_MAX];
    if (images_have_rows(store)) {
        return shared_image_open(store, sha256, descriptor, error);
    }
    image_path(store, sha256, path);
    *descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (*descriptor < 0) {
        return error_set(error, errno == ENOENT ? LINCE_ERROR_NOT_FOUND : LINCE_ERROR_UNREADABLE,
                         "the image %s cannot be opened (%s)", "no se puede abrir la imagen %s (%s)", sha256,
                         reason_for(error, errno));
    }
    return LINCE_OK;
}
