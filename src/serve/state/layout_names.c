/* layout_names.c - read once, at the start; workers read the same folder. */
#include "serve/state/layout_names.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "serve/http/request.h"
#include "worker/worker_protocol.h"

enum { BLOCK_BYTES = 4096, SHOWN_LIMIT_BYTES = 60 };

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

static bool is_there(const struct layout_names *all, const char *name, size_t bytes) {
    for (size_t i = 0; i < all->count; i++) {
        if (strncmp(all->names[i], name, bytes) == 0 && all->names[i][bytes] == '\0') {
            return true;
        }
    }
    return false;
}

/* All names with commas between, in the request's arena; "" without memory. */
static const char *names_joined(struct request *request, const struct layout_names *all) {
    struct buffer text;
    buffer_init(&text, &request->service->requests);
    for (size_t i = 0; i < all->count; i++) {
        buffer_format(&text, "%s%s", i == 0 ? "" : ", ", all->names[i]);
    }
    const char *joined = text.refused ? NULL : arena_copy_text(&request->arena, text.bytes, text.used_bytes);
    buffer_free(&text);
    return joined == NULL ? "" : joined;
}

bool layout_names_check(struct request *request, const char *list) {
    const struct layout_names *all = &request->service->layout_names;
    if (list != NULL && strlen(list) >= WORK_LAYOUTS_LIMIT) {
        answer_problem(request, PROBLEM_INVALID, "layout has %zu bytes; at most %d are possible",
                       "layout tiene %zu bytes; caben %d", strlen(list), WORK_LAYOUTS_LIMIT - 1);
        return false;
    }
    while (list != NULL && *list != '\0') {
        size_t bytes = strcspn(list, ",");
        if (bytes > 0 && !is_there(all, list, bytes)) {
            answer_problem(request, PROBLEM_INVALID, "there is no layout \"%.*s\"; there are: %s",
                           "no existe la plantilla «%.*s»; hay: %s",
                           (int)(bytes < SHOWN_LIMIT_BYTES ? bytes : SHOWN_LIMIT_BYTES), list,
                           names_joined(request, all));
            return false;
        }
        list += bytes + (list[bytes] == ',');
    }
    return true;
}
