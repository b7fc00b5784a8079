/*
 * learn.h - makes a layout from pages that a person corrected: where the right values are, what is printed beside them
 * on every page of that sender, and what the layout would change on all other pages.
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
    const json_t *right; /* {"monto": "1234.50"}: all values after a person's corrections; NULL: nobody looked */
};

enum { LEARN_DOCUMENTS_MOST = 4096 };

/* Where layouts are, besides the built-in ones; each may be NULL. */
struct learn_folders {
    const char *learned; /* those that were learned; may be missing */
    const char *folder;  /* the user's own, which override all others */
};

/*
 * Gives in `*proposals` an array (json_decref) with an object for each sender whose pages are read wrongly by the
 * layouts of the folders and better by a new one: "name"; "layout": the whole file, with its examples; "replaces": the
 * name of the layout that it replaces, or null; "documents": ids that it was learned from; "better", "worse", "same":
 * values of pages that a person looked at; "changed": values of pages that nobody looked at; "safe": nothing is worse,
 * and no page of another sender changes; "differences": [{"document", "field", "right", "before", "after", "is"}], the
 * first 200; "accepted": false, for learn_accept. Memory is on `meter`, JSON on the thread's meter. LINCE_ERROR_DAMAGED
 * for a page that is not valid, LINCE_ERROR_LAYOUT for the folder, LINCE_ERROR_MEMORY_LIMIT.
 */
enum lince_status learn_propose(struct meter *meter, const struct learn_folders *folders,
                                const struct learn_document *documents, size_t count, json_t **proposals,
                                struct lince_error *error);

#endif
