/* opening.c - files and texts become sources; a later one replaces an earlier one of its name. */
#include "fields/layouts/opening.h"

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

enum { PARENTS_MOST = 4 };

enum lince_status opening_no_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the layouts; raise the memory limit",
                     "no hay memoria para las plantillas; suba el límite de memoria");
}

static const char *source_name(const struct layout_source *source) {
    const char *name = json_string_value(json_object_get(source->tree, "name"));
    return name == NULL ? "" : name;
}

static void source_free(struct layout_source *source) {
    json_decref(source->tree);
    if (source->former != NULL) {
        source_free(source->former);
    }
}

void opening_drop(struct opening *opening, size_t index) {
    struct layout_source *source = &opening->sources[index];
    json_decref(source->tree);
    if (source->former != NULL) {
        *source = *source->former;
        return;
    }
    opening->count--;
    memmove(source, source + 1, (opening->count - index) * sizeof *source);
}

enum lince_status opening_pass_over(struct opening *opening, const char *file, const char *reason) {
    struct layout_set *set = opening->set;
    if (set->passed_count < PASSED_MOST) {
        char *file_copy = arena_copy_text(&set->arena, file, strlen(file));
        char *reason_copy = arena_copy_text(&set->arena, reason, strlen(reason));
        if (file_copy == NULL || reason_copy == NULL) {
            return opening_no_memory(opening->error);
        }
        set->passed[set->passed_count] = (struct layout_passed){file_copy, reason_copy};
    }
    set->passed_count++;
    return LINCE_OK;
}

static enum lince_status too_many(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_LAYOUT, "there are more than %d layouts", "hay más de %d plantillas",
                     (int)LAYOUTS_MOST);
}

/* Layouts that the user names come first: if there is no room, the last learned one goes. */
static enum lince_status room_make(struct opening *opening) {
    for (size_t i = opening->count; i-- > 0 && !opening->is_learned;) {
        if (opening->sources[i].is_learned) {
            struct lince_error reason = LINCE_ERROR_INIT;
            reason.language = opening->error == NULL ? reason.language : opening->error->language;
            too_many(&reason);
            enum lince_status status = opening_pass_over(opening, opening->sources[i].source, reason.message);
            opening_drop(opening, i);
            if (status != LINCE_OK || opening->count < LAYOUTS_MOST) {
                return status;
            }
        }
    }
    return too_many(opening->error);
}

/* A learned layout keeps the one that it replaces, for the case that it cannot be built. */
static enum lince_status source_replace(struct opening *opening, struct layout_source *former,
                                        struct layout_source made) {
    if (!made.is_learned) {
        source_free(former);
    } else {
        made.former = arena_allocate(&opening->scratch, sizeof *former);
        if (made.former == NULL) {
            json_decref(made.tree);
            return opening_no_memory(opening->error);
        }
        *made.former = *former;
    }
    *former = made;
    return LINCE_OK;
}

/* Adds the tree. It replaces a layout of the same name from an earlier source. */
static enum lince_status source_add(struct opening *opening, const char *source, const char *text, size_t bytes) {
    struct layout_source made = {.source = source, .text = text, .bytes = bytes, .is_learned = opening->is_learned};
    enum lince_status status = layout_json_read(source, text, bytes, &made.tree, opening->error);
    if (status != LINCE_OK) {
        return status;
    }
    for (size_t i = 0; i < opening->count; i++) {
        if (strcmp(source_name(&opening->sources[i]), source_name(&made)) == 0) {
            return source_replace(opening, &opening->sources[i], made);
        }
    }
    status = opening->count == LAYOUTS_MOST ? room_make(opening) : LINCE_OK;
    if (status != LINCE_OK) {
        json_decref(made.tree);
        return status;
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
            bool kept = said_keep(json_object_get(opening->countries[i].tree, "languages"),
                                  json_object_get(made.tree, "languages"));
            json_decref(opening->countries[i].tree);
            opening->countries[i] = made;
            return kept ? LINCE_OK : opening_no_memory(opening->error);
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

enum lince_status opening_text_add(struct opening *opening, const char *source, const char *text, size_t bytes,
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
        return opening_no_memory(error);
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

enum lince_status opening_file_add(struct opening *opening, const char *path, enum file_type type) {
    char *text = NULL;
    size_t bytes = 0;
    char *source = arena_copy_text(&opening->scratch, path, strlen(path));
    if (source == NULL) {
        return opening_no_memory(opening->error);
    }
    enum lince_status status = file_read(&opening->scratch, path, &text, &bytes, opening->error);
    return status == LINCE_OK ? opening_text_add(opening, source, text, bytes, type) : status;
}

int opening_is_layout_file(const struct dirent *entry) {
    size_t count = strlen(entry->d_name);
    return entry->d_name[0] != '.' && count > 5 && strcmp(entry->d_name + count - 5, ".json") == 0 &&
           !(count > 12 && strcmp(entry->d_name + count - 12, ".schema.json") == 0);
}

enum lince_status opening_folder_add(struct opening *opening, const char *folder, enum file_type type) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, opening_is_layout_file, alphasort);
    if (count < 0) {
        return file_refuse(folder, errno, opening->error);
    }
    enum lince_status status = LINCE_OK;
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        status = status == LINCE_OK ? opening_file_add(opening, path, type) : status;
        free(entries[i]);
    }
    free(entries);
    return status;
}

enum lince_status opening_merge(struct opening *opening, const struct layout_source *source, json_t **merged) {
    const json_t *chain[PARENTS_MOST];
    size_t count = 0;
    const struct layout_source *here = source;
    do {
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
    } while (here != NULL);
    *merged = json_deep_copy(chain[count - 1]);
    for (size_t i = count - 1; i-- > 0 && *merged != NULL;) {
        json_t *more = layout_merge(*merged, chain[i]);
        json_decref(*merged);
        *merged = more;
    }
    return *merged == NULL ? opening_no_memory(opening->error) : LINCE_OK;
}

void opening_end(struct opening *opening) {
    json_decref(opening->kinds.tree);
    json_decref(opening->doubt.tree);
    for (size_t i = 0; i < opening->country_count; i++) {
        json_decref(opening->countries[i].tree);
    }
    for (size_t i = 0; i < opening->count; i++) {
        source_free(&opening->sources[i]);
    }
    arena_clear(&opening->scratch);
}
