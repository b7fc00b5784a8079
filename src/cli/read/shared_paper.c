/* shared_paper.c - opens the file, counts its users and closes it. */
#include "cli/read/shared_paper.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/meter.h"
#include "image/image_pages.h"

enum { START_BYTES = 1032 };

bool paper_is_one(const struct list_item *item) {
    uint8_t start[START_BYTES];
    if (item->is_bytes) {
        return pages_kind_of((const uint8_t *)item->bytes.bytes, item->bytes.used_bytes) != NULL;
    }
    int descriptor = open(list_item_path(item), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t count = descriptor < 0 ? -1 : read(descriptor, start, sizeof start);
    if (descriptor >= 0) {
        close(descriptor);
    }
    return count > 0 && pages_kind_of(start, (size_t)count) != NULL;
}

static const char *paper_path(const struct paper *paper) {
    return paper->descriptor >= 0 ? paper->place : paper->name.bytes;
}

enum lince_status paper_open(struct lince_engine *engine, struct list_item *item,
                             const struct lince_document_options *options, struct meter *meter, struct paper **paper,
                             struct lince_error *error) {
    struct paper *opened = meter_new(meter, struct paper);
    *paper = NULL;
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "%s: no memory for the document",
                         "%s: no hay memoria para el documento", item->name.bytes);
    }
    pthread_mutex_init(&opened->digest_lock, NULL);
    opened->user_count = 1;
    buffer_init(&opened->name, meter);
    buffer_append(&opened->name, item->name.bytes, item->name.used_bytes);
    buffer_init(&opened->bytes, meter);
    opened->descriptor = item->descriptor;
    memcpy(opened->place, item->place, sizeof opened->place);
    item->descriptor = -1;
    if (item->is_bytes) {
        opened->bytes = item->bytes;
        buffer_init(&item->bytes, meter);
        item->is_bytes = false;
    }
    enum lince_status status =
        opened->name.refused ? error_set(error, LINCE_ERROR_MEMORY_LIMIT, "%s: no memory for the document",
                                         "%s: no hay memoria para el documento", item->name.bytes)
        : opened->bytes.bytes != NULL
            ? lince_document_open(engine, opened->bytes.bytes, opened->bytes.used_bytes, options, &opened->document,
                                  error)
            : lince_document_open_file(engine, paper_path(opened), options, &opened->document, error);
    if (status != LINCE_OK) {
        paper_release(opened);
        return status;
    }
    *paper = opened;
    return LINCE_OK;
}

void paper_keep(struct paper *paper) {
    paper->user_count++;
}

void paper_release(struct paper *paper) {
    if (paper == NULL || --paper->user_count > 0) {
        return;
    }
    lince_document_close(paper->document);
    buffer_free(&paper->name);
    buffer_free(&paper->bytes);
    if (paper->descriptor >= 0) {
        close(paper->descriptor);
    }
    pthread_mutex_destroy(&paper->digest_lock);
    meter_free(paper);
}

enum lince_status paper_digest(struct paper *paper, const char **sha256, struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    pthread_mutex_lock(&paper->digest_lock);
    if (!paper->has_digest && paper->bytes.bytes != NULL) {
        digest_bytes(paper->bytes.bytes, paper->bytes.used_bytes, paper->sha256);
    } else if (!paper->has_digest) {
        status = digest_file(paper_path(paper), paper->sha256, error);
    }
    paper->has_digest = status == LINCE_OK;
    pthread_mutex_unlock(&paper->digest_lock);
    *sha256 = paper->sha256;
    return status;
}
