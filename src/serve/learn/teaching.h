/* teaching.h - what the corrections of the store teach: proposals for layouts, kept in the data folder. */
#ifndef LINCE_SERVE_LEARN_TEACHING_H
#define LINCE_SERVE_LEARN_TEACHING_H

#include <jansson.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "lince.h"

struct meter;
struct store;

/* DATA/layouts, where learned layouts are. */
void teaching_folder(const char *data, char folder[PATH_MAX]);

/* Names of the layouts in the folder, as an array of {"name", "title"} (json_decref). NULL when memory is refused. */
json_t *teaching_kept(const char *folder);

struct teaching {
    const char *folder;            /* of learned layouts */
    size_t known_most, other_most; /* documents that are looked at */
    const char *accept;            /* names, with commas; NULL: none */
    bool accept_safe;
};

/* Gives the proposals (see fields/learn/learn.h) with "accepted". Work memory is on `meter`. */
enum lince_status teaching_run(struct store *store, struct meter *meter, const struct teaching *wanted,
                               json_t **proposals, struct lince_error *error);
/* Writes down which layouts were kept, and by whom. */
void teaching_audit(struct store *store, const char *actor, const json_t *proposals);

#endif
