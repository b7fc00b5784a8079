/* layout_names.h - the names of the layouts that workers use, so that the front can refuse an unknown one at once. */
#ifndef LINCE_SERVE_STATE_LAYOUT_NAMES_H
#define LINCE_SERVE_STATE_LAYOUT_NAMES_H

#include <stdbool.h>

#include "base/arena.h"
#include "fields/values/value.h"
#include "lince.h"

struct layout_names {
    struct lince_layouts *layouts; /* kept open: their countries parse what people type */
    struct arena arena;            /* holds the members below */
    const char **names, **titles;
    size_t count;
    struct layout_field {
        const char *name;
        enum value_type type;
    } * fields; /* of all layouts, each name once; if types differ, the first layout's type is kept */
    size_t field_count;
};

/* The built-in layouts and those of the folder $LINCE_LAYOUTS. Fails as lince_layouts_open does. */
enum lince_status layout_names_load(struct layout_names *all, struct meter *meter, struct lince_error *error);
void layout_names_free(struct layout_names *all);

const struct country_set *layout_names_countries(const struct layout_names *all);

/* Whether there is a layout with the name of `bytes` bytes. */
bool layout_names_have(const struct layout_names *all, const char *name, size_t bytes);

/* The type of the field with that name; VALUE_TEXT if no layout has it. */
enum value_type layout_names_field_type(const struct layout_names *all, const char *name);

#endif
