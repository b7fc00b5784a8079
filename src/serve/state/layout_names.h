/*
 * layout_names.h - the layouts that workers extract by, known to the front by name, so that a request for another one
 * is refused at once.
 */
#ifndef LINCE_SERVE_STATE_LAYOUT_NAMES_H
#define LINCE_SERVE_STATE_LAYOUT_NAMES_H

#include <stdbool.h>

#include "base/arena.h"
#include "fields/values/value.h"
#include "lince.h"

struct layout_names {
    struct lince_layouts *layouts; /* kept open: what people type is read by their countries */
    struct arena arena;            /* holds what stands below */
    const char **names, **titles;
    size_t count;
    struct layout_field {
        const char *name;
        enum value_type type;
    } * fields; /* of all layouts, each once; where they differ the first one's type stands */
    size_t field_count;
};

/* The built-in ones and those of the folder $LINCE_LAYOUTS; errors as lince_layouts_open. */
enum lince_status layout_names_load(struct layout_names *all, struct meter *meter, struct lince_error *error);
void layout_names_free(struct layout_names *all);

const struct country_set *layout_names_countries(const struct layout_names *all);

/* Whether the name of that length is there. */
bool layout_names_have(const struct layout_names *all, const char *name, size_t bytes);

/* The type of a field of that name; VALUE_TEXT for one that no layout has. */
enum value_type layout_names_field_type(const struct layout_names *all, const char *name);

#endif
