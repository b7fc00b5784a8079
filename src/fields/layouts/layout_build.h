/* layout_build.h - turns a layout's JSON, merged with its parents', into the engine's rules. */
#ifndef LINCE_FIELDS_LAYOUTS_LAYOUT_BUILD_H
#define LINCE_FIELDS_LAYOUTS_LAYOUT_BUILD_H

#include <jansson.h>

#include "fields/layouts/layout.h"

/* A layout's text and tree while a set is being opened. */
struct layout_source {
    const char *source; /* its name in messages */
    const char *text;
    size_t bytes;
    json_t *tree;
    bool is_learned;
    struct layout_source *former; /* the one that a learned one replaces; NULL: none */
};

/*
 * A new tree of the child over its parent: fields one by one, words by name, the rest as a whole. Recognition, name and
 * examples are never inherited. NULL when memory is refused.
 */
json_t *layout_merge(const json_t *parent, const json_t *child);

/*
 * Fills `layout` in the set's arena; patterns are on `meter` (layout_release). `merged` is the source's tree over its
 * parents; the words of the set's countries are added to it.
 */
enum lince_status layout_build(struct meter *meter, struct layout_set *set, const struct layout_source *source,
                               json_t *merged, struct layout *layout, struct lince_error *error);
void layout_release(struct layout *layout);

#endif
