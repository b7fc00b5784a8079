/* learned.c - adds learned layouts one by one, and tries to build each before the set is built with them. */
#include "fields/layouts/learned.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/meter.h"
#include "base/reason.h"
#include "fields/layouts/opening.h"

/* A refusal of memory is no fault of the file. */
static enum lince_status fault_pass_over(struct opening *opening, const char *file, const struct lince_error *fault) {
    return fault->status == LINCE_ERROR_MEMORY_LIMIT ? opening_no_memory(opening->error)
                                                     : opening_pass_over(opening, file, fault->message);
}

static struct lince_error fault_begin(const struct opening *opening) {
    struct lince_error fault = LINCE_ERROR_INIT;
    fault.language = opening->error == NULL ? fault.language : opening->error->language;
    return fault;
}

static enum lince_status file_try(struct opening *opening, const char *path) {
    struct lince_error *outer = opening->error, fault = fault_begin(opening);
    struct arena_mark mark = arena_mark(&opening->scratch);
    opening->error = &fault;
    opening->is_learned = true;
    enum lince_status status = opening_file_add(opening, path, FILE_LAYOUT);
    opening->is_learned = false;
    opening->error = outer;
    if (status == LINCE_OK) {
        return LINCE_OK;
    }
    arena_rewind(&opening->scratch, mark);
    return fault_pass_over(opening, path, &fault);
}

enum lince_status learned_add(struct opening *opening, const char *folder) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, opening_is_layout_file, alphasort);
    if (count < 0) {
        int code = errno;
        struct lince_error fault = fault_begin(opening);
        if (code == ENOENT) {
            return LINCE_OK; /* nothing was learned yet */
        }
        error_set(&fault, LINCE_ERROR_UNREADABLE, "%s cannot be read: %s", "no se puede leer %s: %s", folder,
                  reason_for(&fault, code));
        return fault_pass_over(opening, folder, &fault);
    }
    enum lince_status status = LINCE_OK;
    for (int i = 0; i < count; i++) {
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        status = status == LINCE_OK ? file_try(opening, path) : status;
        free(entries[i]);
    }
    free(entries);
    return status;
}

/* Builds one layout and forgets it. */
static enum lince_status source_try(struct opening *opening, size_t index, struct lince_error *fault) {
    struct layout_set probe = *opening->set;
    struct layout layout = {0};
    json_t *merged = NULL;
    struct lince_error *outer = opening->error;
    opening->error = fault;
    arena_init(&probe.arena, opening->meter, 16 * 1024);
    enum lince_status status = opening_merge(opening, &opening->sources[index], &merged);
    if (status == LINCE_OK) {
        status = layout_build(opening->meter, &probe, &opening->sources[index], merged, &layout, fault);
        layout_release(&layout);
    }
    json_decref(merged);
    arena_clear(&probe.arena);
    opening->error = outer;
    return status;
}

/* The learned layout that stands for another one among the parents of a source; `count` if there is none. */
static size_t replacing_parent(const struct opening *opening, size_t index) {
    for (size_t depth = 0; depth < opening->count; depth++) {
        const char *parent = json_string_value(json_object_get(opening->sources[index].tree, "extends"));
        size_t found = opening->count;
        for (size_t i = 0; parent != NULL && i < opening->count; i++) {
            const char *name = json_string_value(json_object_get(opening->sources[i].tree, "name"));
            found = name != NULL && strcmp(name, parent) == 0 ? i : found;
        }
        if (found == opening->count || (opening->sources[found].is_learned && opening->sources[found].former != NULL)) {
            return found;
        }
        index = found;
    }
    return opening->count;
}

/* Tries one source; if a learned layout is at fault, that one is dropped. */
static enum lince_status source_sift(struct opening *opening, size_t index, bool *is_dropped) {
    bool is_learned = opening->sources[index].is_learned;
    size_t at_fault = is_learned ? index : replacing_parent(opening, index);
    struct lince_error fault = fault_begin(opening);
    *is_dropped = false;
    if (at_fault == opening->count || source_try(opening, index, &fault) == LINCE_OK) {
        return LINCE_OK;
    }
    *is_dropped = true;
    enum lince_status status = fault_pass_over(opening, opening->sources[at_fault].source, &fault);
    opening_drop(opening, at_fault);
    return status;
}

enum lince_status learned_sift(struct opening *opening) {
    bool is_settled = false;
    while (!is_settled) { /* what is dropped may have been the parent of another one */
        is_settled = true;
        for (size_t i = 0; i < opening->count; i++) {
            bool is_dropped;
            enum lince_status status = source_sift(opening, i, &is_dropped);
            if (status != LINCE_OK) {
                return status;
            }
            is_settled = is_settled && !is_dropped;
            i -= is_dropped && i > 0;
        }
    }
    return LINCE_OK;
}
