/* images.c - images as files named by their SHA-256: written without a name, synced, then renamed. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/reason.h"
#include "store/store_internal.h"

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof((struct image_draft *)0)->hash_state,
               "the hash has its place");

static crypto_hash_sha256_state *hash_of(struct image_draft *draft) {
    return (crypto_hash_sha256_state *)(void *)draft->hash_state;
}

static enum lince_status fail_write(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_WRITE, "an image cannot be written (%s); make room in the data folder",
                     "no se puede escribir una imagen (%s); haga sitio en la carpeta de datos",
                     reason_for(error, errno));
}

static void image_path(const struct store *store, const char *sha256, char path[PATH_MAX]) {
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
    while (draft->bytes < sizeof draft->head && count > 0) {
        draft->head[draft->bytes++] = *rest;
        if (write(draft->descriptor, rest++, 1) != 1) {
            return fail_write(error);
        }
        count--;
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

enum lince_status image_draft_end(struct image_draft *draft, struct lince_error *error) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(hash_of(draft), hash);
    sodium_bin2hex(draft->sha256, sizeof draft->sha256, hash, sizeof hash);
    return fsync(draft->descriptor) == 0 ? LINCE_OK : fail_write(error);
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

const char *image_draft_media_type(const struct image_draft *draft) {
    const unsigned char *head = draft->head;
    if (draft->bytes >= 3 && memcmp(head, "\xff\xd8\xff", 3) == 0) {
        return "image/jpeg";
    }
    if (draft->bytes >= 8 && memcmp(head, "\x89PNG\r\n\x1a\n", 8) == 0) {
        return "image/png";
    }
    if (draft->bytes >= 12 && memcmp(head, "RIFF", 4) == 0 && memcmp(head + 8, "WEBP", 4) == 0) {
        return "image/webp";
    }
    if (draft->bytes >= 6 && memcmp(head, "GIF8", 4) == 0) {
        return "image/gif";
    }
    if (draft->bytes >= 2 && memcmp(head, "BM", 2) == 0) {
        return "image/bmp";
    }
    return NULL;
}

static enum lince_status folder_sync(const char *path, struct lince_error *error) {
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%.*s", (int)(strrchr(path, '/') - path), path);
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) {
        return fail_write(error);
    }
    enum lince_status status = fsync(descriptor) == 0 ? LINCE_OK : fail_write(error);
    close(descriptor);
    return status;
}

enum lince_status image_keep(struct store *store, struct image_draft *draft, struct lince_error *error) {
    char path[PATH_MAX];
    struct stat facts;
    image_path(store, draft->sha256, path);
    bool is_new = stat(path, &facts) != 0;
    if (rename(draft->path, path) != 0) {
        return fail_write(error);
    }
    draft->path[0] = '\0';
    if (is_new) {
        store->image_bytes += (int64_t)draft->bytes;
    }
    return folder_sync(path, error);
}

void image_remove(struct store *store, const char *sha256) {
    char path[PATH_MAX];
    struct stat facts;
    image_path(store, sha256, path);
    if (stat(path, &facts) == 0 && unlink(path) == 0) {
        store->image_bytes -= facts.st_size;
    }
}

enum lince_status store_image_open(struct store *store, const char *sha256, int *descriptor,
                                   struct lince_error *error) {
    char path[PATH_MAX];
    image_path(store, sha256, path);
    *descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (*descriptor < 0) {
        return error_set(error, errno == ENOENT ? LINCE_ERROR_NOT_FOUND : LINCE_ERROR_UNREADABLE,
                         "the image %s cannot be opened (%s)", "no se puede abrir la imagen %s (%s)", sha256,
                         reason_for(error, errno));
    }
    return LINCE_OK;
}
