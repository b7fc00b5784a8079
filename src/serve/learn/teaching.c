/* teaching.c - from the store's documents to proposals. */
#include "serve/learn/teaching.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/json_memory.h"
#include "fields/learn/kept.h"
#include "fields/learn/learn.h"
#include "fields/learn/learn_text.h"
#include "store/keys.h"
#include "store/store.h"

void teaching_folder(const char *data, char folder[PATH_MAX]) {
    snprintf(folder, PATH_MAX, "%s/layouts", data);
}

static int is_layout(const struct dirent *entry) {
    size_t bytes = strlen(entry->d_name);
    return bytes > 5 && strcmp(entry->d_name + bytes - 5, ".json") == 0;
}

json_t *teaching_kept(const char *folder) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_layout, alphasort);
    json_t *list = json_array();
    for (int i = 0; i < count; i++) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)strlen(entries[i]->d_name) - 5, entries[i]->d_name);
        json_t *layout = learn_kept(folder, name);
        if (layout != NULL) {
            json_t *title = json_object_get(layout, "title");
            json_array_append_new(list, json_pack("{s:s, s:O, s:b}", "name", name, "title", title, "learned", 1));
        }
        json_decref(layout);
        free(entries[i]);
    }
    free(entries);
    return list;
}

/* {"monto": "1234.50", ...}: all fields of a document, after people's corrections. */
static json_t *right_values(const struct taught_document *document) {
    json_t *right = json_object();
    for (size_t i = 0; i < document->right_count; i++) {
        json_object_set_new(right, document->right[i].name, json_string(document->right[i].value));
    }
    return right;
}

/* Parses the pages; what was allocated hangs on `trees`. False when memory is refused. */
static bool documents_parse(const struct taught_document *rows, size_t count, struct learn_document *documents,
                            json_t *trees) {
    (void)json_memory_was_refused();
    for (size_t i = 0; i < count; i++) {
        json_t *page = json_memory_load_text(rows[i].page, 0, NULL);
        json_t *right = rows[i].is_known ? right_values(&rows[i]) : NULL;
        if (page == NULL || json_array_append_new(trees, page) != 0 ||
            (right != NULL && json_array_append_new(trees, right) != 0)) {
            return false;
        }
        documents[i] = (struct learn_document){rows[i].id, page, right};
    }
    return !json_memory_was_refused(); /* a refused value would be missing in silence */
}

enum lince_status teaching_run(struct store *store, struct meter *meter, const struct teaching *wanted,
                               json_t **proposals, struct lince_error *error) {
    struct arena arena;
    struct taught_document *rows;
    size_t count = 0;
    struct learn_choice choice = {wanted->accept, wanted->accept_safe};
    struct meter *before = json_memory_use(meter);
    json_t *trees = json_array();
    *proposals = NULL;
    arena_init(&arena, meter, 64 * 1024);
    enum lince_status status =
        store_taught(store, wanted->known_most, wanted->other_most, &arena, &rows, &count, error);
    struct learn_document *documents = arena_allocate(&arena, (count + 1) * sizeof *documents);
    if (status == LINCE_OK && (documents == NULL || !documents_parse(rows, count, documents, trees))) {
        status =
            error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to learn from %zu documents; raise the memory limit",
                      "no hay memoria para aprender de %zu documentos; suba el límite de memoria", count);
    }
    if (status == LINCE_OK) {
        const struct learn_folders folders = {wanted->folder, getenv("LINCE_LAYOUTS")};
        status = learn_propose(meter, &folders, documents, count, proposals, error);
    }
    if (status == LINCE_OK) {
        status = learn_accept(wanted->folder, *proposals, &choice, error);
    }
    if (status != LINCE_OK) {
        json_decref(*proposals);
        *proposals = NULL;
    }
    json_decref(trees);
    arena_clear(&arena);
    json_memory_use(before);
    return status;
}

void teaching_audit(struct store *store, const char *actor, const json_t *proposals) {
    for (size_t i = 0; i < json_array_size(proposals); i++) {
        const json_t *proposal = json_array_get(proposals, i);
        if (json_is_true(json_object_get(proposal, "accepted"))) {
            store_audit(store, actor, "learn", json_string_value(json_object_get(proposal, "name")), NULL);
        }
    }
}
