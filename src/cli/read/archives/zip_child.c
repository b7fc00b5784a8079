/* zip_child.c - asks for one entry after another; its bytes come first, and its name behind them. */
#include "cli/read/archives/zip_child.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "cli/read/interrupt.h"
#include "cli/read/waiting_file.h"
#include "worker/unpack.h"

enum { BLOCK_BYTES = 64 << 10 };

/* Asks for an entry, and waits until it begins to come. */
static enum lince_status entry_ask(struct zip_child *archive, bool is_first, struct lince_error *error) {
    const struct unpack_request request = {.place = archive->next,
                                           .entries_most = archive->entries_most,
                                           .entry_bytes_most = FILE_LIMIT_BYTES,
                                           .language = (uint32_t)error->language,
                                           .is_first = is_first};
    const struct work_head head = {.magic = WORK_MAGIC, .kind = WORK_UNPACK, .body_bytes = sizeof request};
    int socket = archive->child.socket;
    struct work_head answer;
    archive->is_pending = archive->has_next = false;
    if (socket < 0 || !work_send_head(socket, &head, archive->descriptor, -1) ||
        !work_send(socket, &request, sizeof request, -1)) {
        return decoder_child_lost(&archive->child, error);
    }
    enum lince_status status = decoder_child_answer(&archive->child, &answer, error);
    if (status != LINCE_OK) {
        return status;
    }
    if (answer.stream_bytes < sizeof(struct unpack_entry)) {
        return decoder_child_damaged(&archive->child, error);
    }
    archive->pending_bytes = answer.stream_bytes - sizeof(struct unpack_entry);
    archive->is_pending = true;
    return LINCE_OK;
}

enum lince_status zip_child_open(struct zip_child *archive, const struct source *source, uint64_t entries_most,
                                 struct lince_error *error) {
    *archive = (struct zip_child){.entries_most = entries_most, .descriptor = -1};
    enum lince_status status = decoder_child_start(&archive->child, error);
    if (status == LINCE_OK) {
        archive->descriptor = decoder_child_descriptor(source, error);
        status = archive->descriptor < 0 ? error->status : entry_ask(archive, true, error);
    }
    if (status != LINCE_OK) {
        zip_child_close(archive);
    }
    return status;
}

void zip_child_close(struct zip_child *archive) {
    (void)decoder_child_end(&archive->child);
    if (archive->descriptor >= 0) {
        close(archive->descriptor);
    }
    archive->descriptor = -1;
}

static enum lince_status bytes_take(struct zip_child *archive, uint64_t bytes_most, struct list_item *item,
                                    struct lince_error *error) {
    char block[BLOCK_BYTES];
    if (archive->pending_bytes > bytes_most) {
        return error_set(error, LINCE_ERROR_TOO_LARGE,
                         "the archive unpacks to far more than it takes; nothing after this was unpacked",
                         "el archivo ocupa desempaquetado mucho más de lo que mide; no se desempaquetó nada más");
    }
    enum lince_status status = waiting_file_open(item, error);
    while (status == LINCE_OK && archive->pending_bytes > 0) {
        size_t part = archive->pending_bytes < sizeof block ? (size_t)archive->pending_bytes : sizeof block;
        if (interrupt_is_stopping()) {
            return LINCE_ERROR_CANCELLED;
        }
        status = decoder_child_receive(&archive->child, block, part, error);
        archive->pending_bytes -= part;
        status = status == LINCE_OK ? waiting_file_write(item, block, part, error) : status;
    }
    return status;
}

static enum lince_status entry_take(struct zip_child *archive, struct zip_entry *entry, bool *found,
                                    struct lince_error *error) {
    struct unpack_entry told;
    enum lince_status status = decoder_child_receive(&archive->child, &told, sizeof told, error);
    if (status != LINCE_OK) {
        return status;
    }
    archive->is_pending = false;
    if (told.kind > ZIP_REFUSED || told.status > LINCE_ERROR_RUNTIME ||
        memchr(told.name, '\0', sizeof told.name) == NULL || memchr(told.message, '\0', sizeof told.message) == NULL) {
        return decoder_child_damaged(&archive->child, error);
    }
    *found = told.is_there != 0;
    archive->number++;
    archive->has_next = told.has_next != 0;
    archive->number = archive->has_next && told.next.number > archive->number ? told.next.number : archive->number;
    archive->next = told.next;
    *entry = (struct zip_entry){.kind = (enum zip_kind)told.kind};
    snprintf(entry->name, sizeof entry->name, "%s", told.name);
    entry->error.language = error->language;
    if (entry->kind == ZIP_REFUSED) {
        error_set(&entry->error, told.status == 0 ? LINCE_ERROR_DAMAGED : (enum lince_status)told.status, "%s", "%s",
                  told.message);
    }
    return LINCE_OK;
}

enum lince_status zip_child_next(struct zip_child *archive, uint64_t bytes_most, struct list_item *item,
                                 struct zip_entry *entry, bool *found, struct lince_error *error) {
    *found = false;
    enum lince_status status = LINCE_OK;
    if (!archive->is_pending && archive->has_next) {
        status = entry_ask(archive, false, error);
    }
    if (status != LINCE_OK || !archive->is_pending) {
        return status;
    }
    status = bytes_take(archive, bytes_most, item, error);
    return status == LINCE_OK ? entry_take(archive, entry, found, error) : status;
}
