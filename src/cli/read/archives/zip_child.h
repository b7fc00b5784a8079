/* zip_child.h - with --locked-down: a ZIP archive that a child takes apart, entry by entry. */
#ifndef LINCE_CLI_READ_ARCHIVES_ZIP_CHILD_H
#define LINCE_CLI_READ_ARCHIVES_ZIP_CHILD_H

#include <stdbool.h>

#include "archive/zip.h"
#include "cli/read/archives/list_item.h"
#include "worker/decoder_child.h"

struct zip_child {
    struct decoder_child child;
    int descriptor; /* owned: of the archive */
    uint64_t entries_most;
    struct zip_place next;  /* where the next entry is; its number, and that of this one */
    uint64_t number;        /* of the entry that was given last, from 1, folders counted */
    uint64_t pending_bytes; /* of the answer that has begun to come: an entry, and what is said of it */
    bool is_pending, has_next;
};

/* Starts the child and has it check the archive. Fails as zip_open and zip_check do; then nothing is open. */
enum lince_status zip_child_open(struct zip_child *archive, const struct source *source, uint64_t entries_most,
                                 struct lince_error *error);
void zip_child_close(struct zip_child *archive);

/*
 * Gives the next entry, and unpacks it into the item, which gets a file. `found` is false at the end. An entry that is
 * refused does not end it. TOO_LARGE if it has more bytes than `bytes_most`; DAMAGED, WRITE, CANCELLED.
 */
enum lince_status zip_child_next(struct zip_child *archive, uint64_t bytes_most, struct list_item *item,
                                 struct zip_entry *entry, bool *found, struct lince_error *error);

#endif
