/*
 * learn.h - a layout from pages whose right values a person has told: where these values stand, what is printed beside
 * them on every page of that sender, and what the layout would change on all other pages.
 */
#ifndef LINCE_FIELDS_LEARN_LEARN_H
#define LINCE_FIELDS_LEARN_LEARN_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "lince.h"

struct meter;

/* A page to learn from, or to try a new layout on. All borrowed. */
struct learn_document {
    const char *id;
    const json_t *page;  /* width, height, lines: as `lince read -f ndjson` writes them */
    const json_t *right; /* {"monto": "1234.50"}: all values of the page as a person left them; NULL: nobody looked */
};

enum { LEARN_DOCUMENTS_MOST = 4096 };

/* Where layouts are, besides the built-in ones; each may be NULL. */
struct learn_folders {
    const char *learned; /* those that were learned; may be missing */
    const char *folder;  /* the user's own; theirs win */
};

/*
 * Gives in `*proposals` an array (json_decref) with an object for each sender whose pages are read wrongly by the
 * layouts of the folders and better by a new one: "name"; "layout": the whole file, with its examples; "replaces": name
 * of the layout that it takes the place of or null; "documents": ids that it was learned from; "better", "worse",
 * "same": values of pages that a person looked at; "changed": values of pages that nobody looked at; "safe": nothing is
 * worse, and no page of another sender changes; "differences": [{"document", "field", "right", "before", "after",
 * "is"}], the first 200; "accepted": false, for learn_accept. Memory is on `meter`, JSON on that which the thread set.
 * LINCE_ERROR_DAMAGED for what is no page, LINCE_ERROR_LAYOUT for the folder; LINCE_ERROR_MEMORY_LIMIT if any part of
 * a proposal was refused memory for its JSON.
 */
enum lince_status learn_propose(struct meter *meter, const struct learn_folders *folders,
                                const struct learn_document *documents, size_t count, json_t **proposals,
                                struct lince_error *error);

#endif
