/* unpack.c - sends an entry block by block, and after it a struct unpack_entry with the result. */
#include "worker/unpack.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

enum { BLOCK_BYTES = 16 << 10 };

enum lince_status unpack_begin(struct unpack *unpack, const struct unpack_request *request, int descriptor,
                               struct meter *meter, struct lince_error *error) {
    *unpack = (struct unpack){.request = *request};
    off_t size = lseek(descriptor, 0, SEEK_END); /* a worker may do this, but not every form of stat */
    if (size < 0) {
        return error_set(error, LINCE_ERROR_UNREADABLE, "the archive cannot be read", "no se puede leer el archivo");
    }
    struct source source = source_of_file(descriptor, (uint64_t)size);
    enum lince_status status = zip_open(&source, meter, &unpack->zip, error);
    if (status == LINCE_OK && request->is_first != 0) {
        status = zip_check(unpack->zip, request->entries_most, error);
    }
    if (status == LINCE_OK && (request->is_first != 0 || zip_go_to(unpack->zip, &request->place))) {
        status = zip_next(unpack->zip, &unpack->entry, &unpack->found, error);
    }
    if (status == LINCE_OK && unpack->found && unpack->entry.kind != ZIP_REFUSED &&
        unpack->entry.size_bytes > request->entry_bytes_most) {
        unpack->entry.kind = ZIP_REFUSED;
        error_set(&unpack->entry.error, LINCE_ERROR_TOO_LARGE, "the entry has %llu bytes; at most %llu are taken",
                  "la entrada tiene %llu bytes; se admiten como mucho %llu",
                  (unsigned long long)unpack->entry.size_bytes, (unsigned long long)request->entry_bytes_most);
    }
    if (status != LINCE_OK) {
        unpack_end(unpack);
    }
    return status;
}

/* A refused entry has no bytes. */
static uint64_t entry_bytes(const struct unpack *unpack) {
    return unpack->found && unpack->entry.kind != ZIP_REFUSED ? unpack->entry.size_bytes : 0;
}

uint64_t unpack_body_bytes(const struct unpack *unpack) {
    return entry_bytes(unpack) + sizeof(struct unpack_entry);
}

/*
 * Sends as many bytes as were announced. The rest of a damaged entry is zeros, and the struct after them says that the
 * entry is refused.
 */
static bool bytes_send(struct unpack *unpack, int socket) {
    char block[BLOCK_BYTES];
    uint64_t left = entry_bytes(unpack);
    size_t count = 1;
    enum lince_status status = LINCE_OK;
    while (left > 0 && status == LINCE_OK && count > 0) {
        status = zip_read(unpack->zip, block, sizeof block, &count, &unpack->entry.error);
        if (status == LINCE_OK && !work_send(socket, block, count, -1)) {
            return false;
        }
        left -= status == LINCE_OK ? count : 0;
    }
    if (status == LINCE_OK && count > 0 &&
        entry_bytes(unpack) > 0) { /* reads to the end, where the checksum is verified */
        status = zip_read(unpack->zip, block, sizeof block, &count, &unpack->entry.error);
    }
    unpack->entry.kind = status == LINCE_OK ? unpack->entry.kind : ZIP_REFUSED;
    memset(block, 0, sizeof block);
    while (left > 0) {
        size_t part = left < sizeof block ? (size_t)left : sizeof block;
        if (!work_send(socket, block, part, -1)) {
            return false;
        }
        left -= part;
    }
    return true;
}

bool unpack_send(struct unpack *unpack, int socket) {
    struct unpack_entry told = {.is_there = unpack->found};
    if (!bytes_send(unpack, socket)) {
        return false;
    }
    if (unpack->found) {
        told.kind = (uint32_t)unpack->entry.kind;
        told.status = (uint32_t)unpack->entry.error.status;
        snprintf(told.name, sizeof told.name, "%s", unpack->entry.name);
        snprintf(told.message, sizeof told.message, "%s", unpack->entry.error.message);
        told.has_next = zip_place_after(unpack->zip, &told.next);
    }
    return work_send(socket, &told, sizeof told, -1);
}

void unpack_end(struct unpack *unpack) {
    zip_close(unpack->zip);
    unpack->zip = NULL;
}
