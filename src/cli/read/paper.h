/* paper.h - a file with pages while its pages are read by several workers: the last one to let go closes it. */
#ifndef LINCE_CLI_READ_PAPER_H
#define LINCE_CLI_READ_PAPER_H

#include <pthread.h>
#include <stdatomic.h>

#include "cli/read/digest.h"
#include "cli/read/list.h"

struct paper {
    struct lince_document *document; /* owned */
    struct buffer name;              /* owned, with a zero byte at its end */
    struct buffer bytes;             /* owned; empty: they are in the file */
    int descriptor;                  /* owned: of a file without a name, which is at `place`; -1: it has one */
    char place[32];
    _Atomic uint32_t user_count;
    pthread_mutex_t digest_lock;
    bool has_digest;
    char sha256[DIGEST_TEXT_BYTES];
};

/* Do the bytes of this item begin like a file with pages? */
bool paper_is_one(const struct list_item *item);

/* Gives an open file with one user; takes the item's bytes, or its file without a name, if it came with them. Fails as
 * reading a page does. */
enum lince_status paper_open(struct lince_engine *engine, struct list_item *item,
                             const struct lince_document_options *options, struct meter *meter, struct paper **paper,
                             struct lince_error *error);
void paper_keep(struct paper *paper);
void paper_release(struct paper *paper); /* NULL is allowed */

/* The SHA-256 of the file, made once. Borrowed. */
enum lince_status paper_digest(struct paper *paper, const char **sha256, struct lince_error *error);

#endif
