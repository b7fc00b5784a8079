/* layout_names.c - read once, at the start; workers read the same folder. */
#include "serve/state/layout_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"

enum { BLOCK_BYTES = 4096 };

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

enum lince_status layout_names_load(struct layout_names *all, struct meter *meter, struct lince_error *error) {
    struct lince_layouts_options options = LINCE_LAYOUTS_OPTIONS_DEFAULTS;
    struct lince_layouts *layouts;
    options.folder = getenv("LINCE_LAYOUTS");
    *all = (struct layout_names){0};
    arena_init(&all->arena, meter, BLOCK_BYTES);
    enum lince_status status = lince_layouts_open(&options, &layouts, error);
    if (status != LINCE_OK) {
        return status;
    }
    if (!names_copy(all, layouts)) {
        status = error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the names of %zu layouts",
                           "no hay memoria para los nombres de %zu plantillas", lince_layouts_count(layouts));
    }
    lince_layouts_close(layouts);
    return status;
}

void layout_names_free(struct layout_names *all) {
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
