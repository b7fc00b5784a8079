/* trial.h - what a new layout would change on all pages. */
#ifndef LINCE_FIELDS_LEARN_TRIAL_H
#define LINCE_FIELDS_LEARN_TRIAL_H

#include <jansson.h>
#include <stdbool.h>

#include "fields/learn/lesson.h"

struct trial_page {
    const struct learn_document *document;
    struct record_page page;
    struct record before; /* by the layouts in use */
    struct fold texts;    /* of all lines, one after the other */
};

struct trial {
    struct meter *meter; /* borrowed, as all here */
    const struct learn_folders *folders;
    const struct layout_set *set;
    struct arena arena;
    size_t page_count;
    struct trial_page *pages;
};

/* Reads all pages with the layouts in use. Call trial_end after it, also after a failure. */
enum lince_status trial_begin(struct trial *trial, struct meter *meter, const struct learn_folders *folders,
                              const struct layout_set *set, const struct learn_document *documents, size_t count,
                              struct lince_error *error);
void trial_end(struct trial *trial);

size_t trial_page_count(const struct trial *trial);
/* How many of the pages have the folded text. */
size_t trial_text_count(const struct trial *trial, const char *key);
/* Whether the layouts in use give the document a value that a person corrected. */
bool trial_is_wrong(const struct trial *trial, const struct learn_document *document);
/* The layout that the document was read with before; NULL for a generic one. */
const struct layout *trial_layout_of(const struct trial *trial, const struct learn_document *document);

/* The set with one more layout. */
enum lince_status trial_set_open(struct meter *meter, const struct learn_folders *folders, const json_t *tree,
                                 struct layout_set *set, struct lince_error *error);

/* The proposal of a layout that was learned from the group, with what it changes (see learn.h). */
enum lince_status trial_run(struct trial *trial, json_t *tree, struct lesson *const *group, size_t count,
                            json_t **proposal, struct lince_error *error);

#endif
