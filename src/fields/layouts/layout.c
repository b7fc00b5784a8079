/* layout.c - the set of layouts: the built-in ones and those of a folder, parents before children. */
#include "fields/layouts/layout.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "base/meter.h"
#include "base/reason.h"
#include "fields/layouts/layout_build.h"
#include "fields/layouts/layout_json.h"

enum { LAYOUTS_MOST = 256, PARENTS_MOST = 4 };

struct opening {
    struct meter *meter;
    struct arena scratch;
    struct layout_source sources[LAYOUTS_MOST];
    size_t count;
    struct country_source countries[COUNTRIES_MOST];
    size_t country_count;
    struct country_source kinds; /* the file of kinds */
    struct country_source doubt; /* the file of weights */
    struct lince_error *error;
};

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the layouts; raise the memory limit",
                     "no hay memoria para las plantillas; suba el límite de memoria");
}

static const char *source_name(const struct layout_source *source) {
    const char *name = json_string_value(json_object_get(source->tree, "name"));
    return name == NULL ? "" : name;
}

/* Adds the tree. It replaces a layout of the same name from an earlier source. */
static enum lince_status source_add(struct opening *opening, const char *source, const char *text, size_t bytes) {
    if (opening->count == LAYOUTS_MOST) {
        return error_set(opening->error, LINCE_ERROR_LAYOUT, "there are more than %d layouts",
                         "hay más de %d plantillas", (int)LAYOUTS_MOST);
    }
    struct layout_source made = {.source = source, .text = text, .bytes = bytes};
    enum lince_status status = layout_json_read(source, text, bytes, &made.tree, opening->error);
    if (status != LINCE_OK) {
        return status;
    }
    for (size_t i = 0; i < opening->count; i++) {
        if (strcmp(source_name(&opening->sources[i]), source_name(&made)) == 0) {
            json_decref(opening->sources[i].tree);
            opening->sources[i] = made;
            return LINCE_OK;
        }
    }
    opening->sources[opening->count++] = made;
    return LINCE_OK;
}

static const char *country_code(const struct country_source *source) {
    const char *code = json_string_value(json_object_get(source->tree, "country"));
    return code == NULL ? "" : code; /* the file of languages has none */
}

/* The same for a country, or for the languages. */
static enum lince_status country_add(struct opening *opening, const char *source, const char *text, size_t bytes) {
    struct country_source made = {.source = source, .text = text, .bytes = bytes};
    enum lince_status status = country_json_read(source, text, bytes, &made.tree, opening->error);
    if (status != LINCE_OK) {
        return status;
    }
    for (size_t i = 0; i < opening->country_count; i++) {
        if (strcmp(country_code(&opening->countries[i]), country_code(&made)) == 0) {
            json_decref(opening->countries[i].tree);
            opening->countries[i] = made;
            return LINCE_OK;
        }
    }
    if (opening->country_count == COUNTRIES_MOST) {
        json_decref(made.tree);
        return error_set(opening->error, LINCE_ERROR_LAYOUT, "there are more than %d countries", "hay más de %d países",
                         (int)COUNTRIES_MOST);
    }
    opening->countries[opening->country_count++] = made;
    return LINCE_OK;
}

/* The file of kinds; a later one replaces an earlier one. */
static enum lince_status kinds_add(struct opening *opening, const char *source, const char *text, size_t bytes) {
    json_t *tree = NULL;
    enum lince_status status = kinds_json_read(source, text, bytes, &tree, opening->error);
    if (status == LINCE_OK) {
        json_decref(opening->kinds.tree);
        opening->kinds = (struct country_source){source, text, bytes, tree};
    }
    return status;
}

/* The same for the file of weights. */
static enum lince_status doubt_add(struct opening *opening, const char *source, const char *text, size_t bytes) {
    json_t *tree = NULL;
    enum lince_status status = doubt_json_read(source, text, bytes, &tree, opening->error);
    if (status == LINCE_OK) {
        json_decref(opening->doubt.tree);
        opening->doubt = (struct country_source){source, text, bytes, tree};
    }
    return status;
}

enum file_type { FILE_LAYOUT, FILE_COUNTRY, FILE_KINDS, FILE_DOUBT };

static enum lince_status text_add(struct opening *opening, const char *source, const char *text, size_t bytes,
                                  enum file_type type) {
    return type == FILE_COUNTRY ? country_add(opening, source, text, bytes)
           : type == FILE_KINDS ? kinds_add(opening, source, text, bytes)
           : type == FILE_DOUBT ? doubt_add(opening, source, text, bytes)
                                : source_add(opening, source, text, bytes);
}

static enum lince_status file_refuse(const char *path, int code, struct lince_error *error) {
    if (code == ENOENT) {
        return error_set(error, LINCE_ERROR_NOT_FOUND, "there is no file or folder %s",
                         "no existe el archivo o carpeta %s", path);
    }
    return error_set(error, LINCE_ERROR_UNREADABLE, "%s cannot be read: %s", "no se puede leer %s: %s", path,
                     reason_for(error, code));
}

/* The whole file in the arena; a file too large for a layout is refused before it is read. */
static enum lince_status file_read(struct arena *arena, const char *path, char **text, size_t *bytes,
                                   struct lince_error *error) {
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) {
        return file_refuse(path, errno, error);
    }
    struct stat about;
    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(file);
        return error_set(error, LINCE_ERROR_UNREADABLE, "%s is not a file", "%s no es un archivo", path);
    }
    if (about.st_size > LAYOUT_BYTES_MOST) {
        close(file);
        return error_set(error, LINCE_ERROR_LAYOUT, "%s has %lld bytes; a layout has at most %d",
                         "%s tiene %lld bytes; una plantilla tiene %d como mucho", path, (long long)about.st_size,
                         (int)LAYOUT_BYTES_MOST);
    }
    size_t room = (size_t)about.st_size;
    *text = arena_allocate(arena, room + 1);
    if (*text == NULL) {
        close(file);
        return out_of_memory(error);
    }
    *bytes = 0;
    ssize_t taken = 1;
    while (*bytes < room && (taken = read(file, *text + *bytes, room - *bytes)) > 0) {
        *bytes += (size_t)taken;
    }
    int code = errno;
    close(file);
    (*text)[*bytes] = '\0';
    return taken < 0 ? file_refuse(path, code, error) : LINCE_OK;
}

static enum lince_status file_add(struct opening *opening, const char *path, enum file_type type) {
    char *text = NULL;
    size_t bytes = 0;
    char *source = arena_copy_text(&opening->scratch, path, strlen(path));
    if (source == NULL) {
        return out_of_memory(opening->error);
    }
    enum lince_status status = file_read(&opening->scratch, path, &text, &bytes, opening->error);
    return status == LINCE_OK ? text_add(opening, source, text, bytes, type) : status;
}

static int is_layout_file(const struct dirent *entry) {
    size_t count = strlen(entry->d_name);
    return entry->d_name[0] != '.' && count > 5 && strcmp(entry->d_name + count - 5, ".json") == 0 &&
           !(count > 12 && strcmp(entry->d_name + count - 12, ".schema.json") == 0);
}

static enum lince_status folder_add(struct opening *opening, const char *folder, enum file_type type) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_layout_file, alphasort);
    if (count < 0) {
        return file_refuse(folder, errno, opening->error);
    }
    enum lince_status status = LINCE_OK;
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        status = status == LINCE_OK ? file_add(opening, path, type) : status;
        free(entries[i]);
    }
    free(entries);
    return status;
}

/* The tree of a source over those of its parents, as a new tree. */
static enum lince_status source_merge(struct opening *opening, const struct layout_source *source, json_t **merged) {
    const json_t *chain[PARENTS_MOST];
    size_t count = 0;
    for (const struct layout_source *here = source; here != NULL;) {
        chain[count++] = here->tree;
        const char *parent = json_string_value(json_object_get(here->tree, "extends"));
        const struct layout_source *found = NULL;
        for (size_t i = 0; parent != NULL && i < opening->count; i++) {
            found = strcmp(source_name(&opening->sources[i]), parent) == 0 ? &opening->sources[i] : found;
        }
        if (parent != NULL && (found == NULL || count == PARENTS_MOST)) {
            struct json_step path[] = {{"extends", 0}};
            size_t line, column;
            json_place(here->text, here->bytes, path, 1, &line, &column);
            return error_set(opening->error, LINCE_ERROR_LAYOUT,
                             "%s:%zu:%zu: there is no layout \"%.40s\", or it extends itself",
                             "%s:%zu:%zu: no existe la plantilla \"%.40s\", o se amplía a sí misma", here->source, line,
                             column, parent);
        }
        here = found;
    }
    *merged = json_deep_copy(chain[count - 1]);
    for (size_t i = count - 1; i-- > 0 && *merged != NULL;) {
        json_t *more = layout_merge(*merged, chain[i]);
        json_decref(*merged);
        *merged = more;
    }
    return *merged == NULL ? out_of_memory(opening->error) : LINCE_OK;
}

static enum lince_status all_build(struct opening *opening, struct layout_set *set) {
    set->layouts = arena_allocate_zero(&set->arena, opening->count + 1, sizeof *set->layouts);
    if (set->layouts == NULL) {
        return out_of_memory(opening->error);
    }
    for (size_t i = 0; i < opening->count; i++) {
        json_t *merged = NULL;
        enum lince_status status = source_merge(opening, &opening->sources[i], &merged);
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
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode) ? folder_add(opening, path, type) : LINCE_OK;
}

static enum lince_status builtin_add(struct opening *opening) {
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < country_builtin_count && status == LINCE_OK; i++) {
        status = country_add(opening, "built-in", country_builtin[i].text, country_builtin[i].bytes);
    }
    for (size_t i = 0; i < kind_builtin_count && status == LINCE_OK; i++) {
        status = kinds_add(opening, "built-in", kind_builtin[i].text, kind_builtin[i].bytes);
    }
    for (size_t i = 0; i < doubt_builtin_count && status == LINCE_OK; i++) {
        status = doubt_add(opening, "built-in", doubt_builtin[i].text, doubt_builtin[i].bytes);
    }
    for (size_t i = 0; i < layout_builtin_count && status == LINCE_OK; i++) {
        status = source_add(opening, "built-in", layout_builtin[i].text, layout_builtin[i].bytes);
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
    enum lince_status status = more->learned == NULL ? LINCE_OK : inner_add(opening, more->learned, ".", FILE_LAYOUT);
    if (status == LINCE_OK && more->folder != NULL) {
        status = inner_add(opening, more->folder, "countries", FILE_COUNTRY);
        status = status == LINCE_OK ? inner_add(opening, more->folder, "kinds", FILE_KINDS) : status;
        status = status == LINCE_OK ? inner_add(opening, more->folder, "doubt", FILE_DOUBT) : status;
        status = status == LINCE_OK ? folder_add(opening, more->folder, FILE_LAYOUT) : status;
    }
    if (status == LINCE_OK && more->file != NULL) {
        status = file_add(opening, more->file, file_type_of(more->file));
    }
    if (status == LINCE_OK && more->text != NULL) {
        status = source_add(opening, more->source, more->text, more->bytes);
    }
    return status;
}

static enum lince_status open_with(struct meter *meter, const struct additions *more, struct layout_set *set,
                                   struct lince_error *error) {
    *set = (struct layout_set){.meter = meter};
    arena_init(&set->arena, meter, 64 * 1024);
    struct meter *before = json_memory_use(meter);
    struct opening *opening = meter_allocate_zero(meter, 1, sizeof *opening);
    enum lince_status status = opening == NULL ? out_of_memory(error) : LINCE_OK;
    if (opening != NULL) {
        opening->meter = meter;
        opening->error = error;
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
        status = status == LINCE_OK ? all_build(opening, set) : status;
        json_decref(opening->kinds.tree);
        json_decref(opening->doubt.tree);
        for (size_t i = 0; i < opening->country_count; i++) {
            json_decref(opening->countries[i].tree);
        }
        for (size_t i = 0; i < opening->count; i++) {
            json_decref(opening->sources[i].tree);
        }
        arena_clear(&opening->scratch);
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
