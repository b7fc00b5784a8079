/* layout_names.c - reads the layouts once, at the start; workers read the same folder. */
#include "serve/state/layout_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "fields/layouts/layout.h"
#include "fields/records.h"

enum { BLOCK_BYTES = 4096, FIELDS_LIMIT = 256 };

static bool names_copy(struct layout_names *all, const struct lince_layouts *layouts) {
    size_t count = lince_layouts_count(layouts);
    all->names = arena_allocate_zero(&all->arena, count, sizeof *all->names);
    all->titles = arena_allocate_zero(&all->arena, count, sizeof *all->titles);
    for (; all->names != NULL && all->titles != NULL && all->count < count; all->count++) {
        const char *name = lince_layouts_name(layouts, all->count), *title = lince_layouts_title(layouts, all->count);
        all->names[all->count] = arena_copy_text(&all->arena, name, strlen(name));
        all->titles[all->count] = arena_copy_text(&all->arena, title, strlen(title));
        if (all->names[all->count] == NULL || all->titles[all->count] == NULL) {
            return false;
        }
    }
    return all->count == count;
}

static struct layout_field *field_find(const struct layout_names *all, const char *name) {
    for (size_t i = 0; i < all->field_count; i++) {
        if (strcmp(all->fields[i].name, name) == 0) {
            return &all->fields[i];
        }
    }
    return NULL;
}

static bool fields_copy(struct layout_names *all, const struct lince_layouts *layouts) {
    all->fields = arena_allocate_zero(&all->arena, FIELDS_LIMIT, sizeof *all->fields);
    for (size_t i = 0; all->fields != NULL && i < all->count; i++) {
        const struct field_rule *rule;
        for (size_t j = 0; (rule = layouts_field_rule(layouts, i, j)) != NULL; j++) {
            if (all->field_count == FIELDS_LIMIT || field_find(all, rule->name) != NULL) {
                continue;
            }
            const char *name = arena_copy_text(&all->arena, rule->name, strlen(rule->name));
            if (name == NULL) {
                return false;
            }
            all->fields[all->field_count++] = (struct layout_field){name, rule->type};
        }
    }
    return all->fields != NULL;
}

enum value_type layout_names_field_type(const struct layout_names *all, const char *name) {
    const struct layout_field *field = field_find(all, name);
    return field == NULL ? VALUE_TEXT : field->type;
}

enum lince_status layout_names_load(struct layout_names *all, struct meter *meter, struct lince_error *error) {
    struct lince_layouts_options options = LINCE_LAYOUTS_OPTIONS_DEFAULTS;
    options.folder = getenv("LINCE_LAYOUTS");
    *all = (struct layout_names){0};
    arena_init(&all->arena, meter, BLOCK_BYTES);
    enum lince_status status = layouts_open_under(meter, &options, &all->layouts, error);
    if (status == LINCE_OK) { /* the service sends what holds with each job; here only its form is checked */
        double confidences[REVIEW_KINDS_MOST];
        status = layouts_review_find(all->layouts, getenv("LINCE_REVIEW"), confidences, error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    if (!names_copy(all, all->layouts) || !fields_copy(all, all->layouts)) {
        status = error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the names of %zu layouts",
                           "no hay memoria para los nombres de %zu plantillas", lince_layouts_count(all->layouts));
    }
    return status;
}

const struct country_set *layout_names_countries(const struct layout_names *all) {
    return layouts_countries(all->layouts);
}

void layout_names_free(struct layout_names *all) {
    lince_layouts_close(all->layouts);
    arena_clear(&all->arena);
    *all = (struct layout_names){0};
}

bool layout_names_have(const struct layout_names *all, const char *name, size_t bytes) {
    for (size_t i = 0; i < all->count; i++) {
        if (strncmp(all->names[i], name, bytes) == 0 && all->names[i][bytes] == '\0') {
            return true;
        }
    }
    return false;
}
