/* shared_paper.h - a file whose pages several workers read: the last user closes it. */
#ifndef LINCE_CLI_READ_SHARED_PAPER_H
#define LINCE_CLI_READ_SHARED_PAPER_H

#include <pthread.h>
#include <stdatomic.h>

#include "cli/read/digest.h"
#include "cli/read/input_list.h"

struct paper {
    struct lince_document *document; /* owned */
    struct buffer name;              /* owned, with a zero byte at its end */
    struct buffer bytes;             /* owned; empty: in the file */
    int descriptor;                  /* owned: an unnamed file, with the path `place`; -1: it has a name */
    char place[32];
    _Atomic uint32_t user_count;
    pthread_mutex_t digest_lock;
    bool has_digest;
    char sha256[DIGEST_TEXT_BYTES];
};

/* Whether this item begins like a file with pages. */
bool paper_is_one(const struct list_item *item);

/*
 * Gives an open file with one user. Takes the item's bytes, or its unnamed file, if it came with them. Fails as reading
 * a page does.
 */
enum lince_status paper_open(struct lince_engine *engine, struct list_item *item,
                             const struct lince_document_options *options, struct meter *meter, struct paper **paper,
                             struct lince_error *error);
void paper_keep(struct paper *paper);
void paper_release(struct paper *paper); /* NULL is allowed */

/* The file's SHA-256, computed once. Borrowed. */
enum lince_status paper_digest(struct paper *paper, const char **sha256, struct lince_error *error);

#endif
