/*
 * layout_names.h - the layouts that workers extract by, known to the front by name, so that a request for another one
 * is refused at once.
 */
#ifndef LINCE_SERVE_STATE_LAYOUT_NAMES_H
#define LINCE_SERVE_STATE_LAYOUT_NAMES_H

#include <stdbool.h>

#include "base/arena.h"
#include "lince.h"

struct layout_names {
    struct arena arena; /* holds what stands below */
    const char **names, **titles;
    size_t count;
};

/* The built-in ones and those of the folder $LINCE_LAYOUTS; errors as lince_layouts_open. */
enum lince_status layout_names_load(struct layout_names *all, struct meter *meter, struct lince_error *error);
void layout_names_free(struct layout_names *all);

/* Whether the name of that length is there. */
bool layout_names_have(const struct layout_names *all, const char *name, size_t bytes);

#endif
