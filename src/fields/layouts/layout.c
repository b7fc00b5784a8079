/* layout.c - the set of layouts: the built-in ones and those of a folder, parents before children. */
#include "fields/layouts/layout.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "base/meter.h"
#include "fields/layouts/layout_build.h"
#include "fields/layouts/learned.h"
#include "fields/layouts/opening.h"

static enum lince_status all_build(struct opening *opening, struct layout_set *set) {
    set->layouts = arena_allocate_zero(&set->arena, opening->count + 1, sizeof *set->layouts);
    if (set->layouts == NULL) {
        return opening_no_memory(opening->error);
    }
    for (size_t i = 0; i < opening->count; i++) {
        json_t *merged = NULL;
        enum lince_status status = opening_merge(opening, &opening->sources[i], &merged);
        if (status == LINCE_OK) {
            status = layout_build(opening->meter, set, &opening->sources[i], merged, &set->layouts[i], opening->error);
        }
        json_decref(merged);
        if (status != LINCE_OK) {
            return status;
        }
        set->count++;
    }
    return LINCE_OK;
}

/* A folder inside a folder of layouts, if it exists. */
static enum lince_status inner_add(struct opening *opening, const char *folder, const char *name, enum file_type type) {
    char path[4096];
    struct stat about;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode) ? opening_folder_add(opening, path, type) : LINCE_OK;
}

static enum lince_status builtin_add(struct opening *opening) {
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < country_builtin_count && status == LINCE_OK; i++) {
        status = opening_text_add(opening, "built-in", country_builtin[i].text, country_builtin[i].bytes, FILE_COUNTRY);
    }
    for (size_t i = 0; i < kind_builtin_count && status == LINCE_OK; i++) {
        status = opening_text_add(opening, "built-in", kind_builtin[i].text, kind_builtin[i].bytes, FILE_KINDS);
    }
    for (size_t i = 0; i < doubt_builtin_count && status == LINCE_OK; i++) {
        status = opening_text_add(opening, "built-in", doubt_builtin[i].text, doubt_builtin[i].bytes, FILE_DOUBT);
    }
    for (size_t i = 0; i < layout_builtin_count && status == LINCE_OK; i++) {
        status = opening_text_add(opening, "built-in", layout_builtin[i].text, layout_builtin[i].bytes, FILE_LAYOUT);
    }
    return status;
}

/* What a file is, by the folder that it is in. */
static enum file_type file_type_of(const char *path) {
    static const struct {
        const char *folder;
        enum file_type type;
    } folders[] = {{"countries", FILE_COUNTRY}, {"kinds", FILE_KINDS}, {"doubt", FILE_DOUBT}};
    const char *name = strrchr(path, '/');
    for (size_t i = 0; name != NULL && i < sizeof folders / sizeof *folders; i++) {
        size_t count = strlen(folders[i].folder);
        if ((size_t)(name - path) >= count && strncmp(name - count, folders[i].folder, count) == 0) {
            return folders[i].type;
        }
    }
    return FILE_LAYOUT;
}

/* Layouts besides the built-in ones; each may be NULL. */
struct additions {
    const char *learned, *folder, *file, *source, *text;
    size_t bytes;
};

static enum lince_status additions_add(struct opening *opening, const struct additions *more) {
    enum lince_status status = more->learned == NULL ? LINCE_OK : learned_add(opening, more->learned);
    if (status == LINCE_OK && more->folder != NULL) {
        status = inner_add(opening, more->folder, "countries", FILE_COUNTRY);
        status = status == LINCE_OK ? inner_add(opening, more->folder, "kinds", FILE_KINDS) : status;
        status = status == LINCE_OK ? inner_add(opening, more->folder, "doubt", FILE_DOUBT) : status;
        status = status == LINCE_OK ? opening_folder_add(opening, more->folder, FILE_LAYOUT) : status;
    }
    if (status == LINCE_OK && more->file != NULL) {
        status = opening_file_add(opening, more->file, file_type_of(more->file));
    }
    if (status == LINCE_OK && more->text != NULL) {
        status = opening_text_add(opening, more->source, more->text, more->bytes, FILE_LAYOUT);
    }
    return status;
}

static enum lince_status open_with(struct meter *meter, const struct additions *more, struct layout_set *set,
                                   struct lince_error *error) {
    *set = (struct layout_set){.meter = meter};
    arena_init(&set->arena, meter, 64 * 1024);
    struct meter *before = json_memory_use(meter);
    struct opening *opening = meter_allocate_zero(meter, 1, sizeof *opening);
    enum lince_status status = opening == NULL ? opening_no_memory(error) : LINCE_OK;
    if (opening != NULL) {
        opening->meter = meter;
        opening->error = error;
        opening->set = set;
        arena_init(&opening->scratch, meter, 16 * 1024);
        status = builtin_add(opening);
        status = status == LINCE_OK ? additions_add(opening, more) : status;
        status = status == LINCE_OK ? country_set_build(&set->arena, opening->countries, opening->country_count,
                                                        &set->countries, error)
                                    : status;
        status = status == LINCE_OK ? kinds_build(&set->arena, opening->kinds.source, opening->kinds.tree,
                                                  set->countries.lists[WORDS_TAX], &set->kinds, error)
                                    : status;
        status = status == LINCE_OK ? doubt_build(&set->arena, opening->doubt.tree, &set->doubt, error) : status;
        status = status == LINCE_OK ? learned_sift(opening) : status;
        status = status == LINCE_OK ? all_build(opening, set) : status;
        opening_end(opening);
        meter_free(opening);
    }
    json_memory_use(before);
    if (status != LINCE_OK) {
        layout_set_close(set);
    }
    return status;
}

enum lince_status layout_set_open_from(struct meter *meter, const struct layout_sources *sources,
                                       struct layout_set *set, struct lince_error *error) {
    struct additions more = {.learned = sources->learned,
                             .folder = sources->folder,
                             .source = sources->source,
                             .text = sources->text,
                             .bytes = sources->bytes};
    return open_with(meter, &more, set, error);
}

enum lince_status layout_set_open_with(struct meter *meter, const char *source, const char *text, size_t bytes,
                                       struct layout_set *set, struct lince_error *error) {
    struct additions more = {.source = source, .text = text, .bytes = bytes};
    return open_with(meter, &more, set, error);
}

enum lince_status layout_set_open(struct meter *meter, const char *folder, struct layout_set *set,
                                  struct lince_error *error) {
    struct additions more = {.folder = folder};
    return open_with(meter, &more, set, error);
}

enum lince_status layout_check(struct meter *meter, const char *folder, const char *path, struct lince_error *error) {
    struct layout_set set;
    struct additions more = {.folder = folder, .file = path};
    enum lince_status status = open_with(meter, &more, &set, error);
    if (status == LINCE_OK) {
        layout_set_close(&set);
    }
    return status;
}

void layout_set_close(struct layout_set *set) {
    for (size_t i = 0; i < set->count; i++) {
        layout_release(&set->layouts[i]);
    }
    if (set->arena.meter != NULL) {
        arena_clear(&set->arena);
    }
    set->layouts = NULL;
    set->count = 0;
    set->passed_count = 0;
}

const struct layout *layout_set_find(const struct layout_set *set, const char *name) {
    for (size_t i = 0; i < set->count; i++) {
        if (strcmp(set->layouts[i].name, name) == 0) {
            return &set->layouts[i];
        }
    }
    return NULL;
}

size_t layout_field_find(const struct layout *layout, const char *name) {
    size_t i = 0;
    while (i < layout->field_count && strcmp(layout->fields[i].name, name) != 0) {
        i++;
    }
    return i;
}
