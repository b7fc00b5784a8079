/* trial.c - reads every page with the layouts in use and with one more, and compares the values. */
#include "fields/learn/trial.h"

#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/json_memory.h"
#include "fields/page_json.h"

enum { DIFFERENCES_MOST = 200, BLOCK_BYTES = 256 << 10 };

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to try a layout; raise the memory limit",
                     "no hay memoria para probar una plantilla; suba el límite de memoria");
}

/* All lines folded as one text. */
static bool texts_fold(struct arena *arena, struct trial_page *page) {
    size_t bytes = 1, used = 0;
    for (size_t i = 0; i < page->page.line_count; i++) {
        bytes += strlen(page->page.lines[i].text) + 1;
    }
    char *text = arena_allocate(arena, bytes);
    for (size_t i = 0; text != NULL && i < page->page.line_count; i++) {
        size_t count = strlen(page->page.lines[i].text);
        memcpy(text + used, page->page.lines[i].text, count);
        used += count;
        text[used++] = ' ';
    }
    return text != NULL && fold_text(arena, text, used, &page->texts);
}

enum lince_status trial_begin(struct trial *trial, struct meter *meter, const struct learn_folders *folders,
                              const struct layout_set *set, const struct learn_document *documents, size_t count,
                              struct lince_error *error) {
    *trial = (struct trial){.meter = meter, .folders = folders, .set = set};
    arena_init(&trial->arena, meter, BLOCK_BYTES);
    trial->pages = arena_allocate_zero(&trial->arena, count + 1, sizeof *trial->pages);
    enum lince_status status = trial->pages == NULL ? out_of_memory(error) : LINCE_OK;
    for (size_t i = 0; trial->pages != NULL && i < count && status == LINCE_OK; i++) {
        struct trial_page *page = &trial->pages[trial->page_count++];
        page->document = &documents[i];
        status = page_json_read(&trial->arena, documents[i].page, &page->page, error);
        status = status == LINCE_OK ? record_extract(&trial->arena, set, NULL, 0, &page->page, &page->before, error)
                                    : status;
        status = status == LINCE_OK && !texts_fold(&trial->arena, page) ? out_of_memory(error) : status;
    }
    return status;
}

void trial_end(struct trial *trial) {
    arena_clear(&trial->arena);
}

size_t trial_page_count(const struct trial *trial) {
    return trial->page_count;
}

size_t trial_text_count(const struct trial *trial, const char *key) {
    size_t count = 0;
    for (size_t i = 0; i < trial->page_count; i++) {
        count += strstr(trial->pages[i].texts.plain, key) != NULL;
    }
    return count;
}

const struct layout *trial_layout_of(const struct trial *trial, const struct learn_document *document) {
    for (size_t i = 0; trial->pages != NULL && i < trial->page_count; i++) {
        const struct trial_page *page = &trial->pages[i];
        if (page->document == document && page->before.layout != NULL) {
            return layout_set_find(trial->set, page->before.layout);
        }
    }
    return NULL;
}

static const char *value_of(const struct record *record, const char *name) {
    const struct record_field *field = record_find(record, name);
    return field == NULL ? NULL : field->value;
}

static bool is_same(struct arena *arena, const struct record_field *field, const char *left, const char *right) {
    if (left == NULL || right == NULL) {
        return left == right;
    }
    return lesson_value_is_same(arena, field == NULL ? VALUE_REFERENCE : field->type, left, right);
}

bool trial_is_wrong(const struct trial *trial, const struct learn_document *document) {
    for (size_t i = 0; i < trial->page_count; i++) {
        const struct trial_page *page = &trial->pages[i];
        if (page->document != document) {
            continue;
        }
        const char *name;
        json_t *value;
        for (size_t j = 0; j < page->before.field_count; j++) {
            if (json_object_get(document->right, page->before.fields[j].name) == NULL) {
                return true;
            }
        }
        json_object_foreach((json_t *)(uintptr_t)document->right, name, value) {
            const struct record_field *field = record_find(&page->before, name);
            struct arena arena;
            arena_init(&arena, trial->meter, 1024);
            bool same = is_same(&arena, field, field == NULL ? NULL : field->value, json_string_value(value));
            arena_clear(&arena);
            if (!same) {
                return true;
            }
        }
    }
    return false;
}

enum lince_status trial_set_open(struct meter *meter, const struct learn_folders *folders, const json_t *tree,
                                 struct layout_set *set, struct lince_error *error) {
    struct buffer buffer;
    buffer_init(&buffer, meter);
    json_memory_write(tree, JSON_COMPACT, &buffer);
    const struct layout_sources sources = {folders->learned, folders->folder,
                                           json_string_value(json_object_get(tree, "name")), buffer.bytes,
                                           buffer.used_bytes};
    enum lince_status status =
        !buffer.refused ? layout_set_open_from(meter, &sources, set, error) : out_of_memory(error);
    buffer_free(&buffer);
    return status;
}

/* Counts of one proposal. */
struct changes {
    size_t better, worse, same, changed;
    bool strays; /* it took a page of another layout */
    json_t *differences;
};

static void difference_add(struct changes *changes, const struct trial_page *page, const char *name, const char *before,
                           const char *after, const char *is) {
    if (json_array_size(changes->differences) < DIFFERENCES_MOST) {
        json_t *right = json_object_get(page->document->right, name);
        json_array_append_new(changes->differences,
                              json_pack("{s:s, s:s, s:O?, s:s?, s:s?, s:s}", "document", page->document->id, "field",
                                        name, "right", right, "before", before, "after", after, "is", is));
    }
}

static void field_compare(struct changes *changes, struct arena *arena, const struct trial_page *page,
                          const struct record *after, const char *name) {
    const struct record_field *old = record_find(&page->before, name), *new = record_find(after, name);
    const char *before = value_of(&page->before, name), *now = value_of(after, name);
    const char *right = json_string_value(json_object_get(page->document->right, name));
    bool changed = !is_same(arena, old != NULL ? old : new, before, now);
    if (page->document->right == NULL) {
        changes->changed += changed;
        if (changed) {
            difference_add(changes, page, name, before, now, "changed");
        }
        return;
    }
    bool was = is_same(arena, old, before, right), is = is_same(arena, new, now, right);
    changes->better += !was && is;
    changes->worse += was && !is;
    changes->same += was == is;
    if (was != is) {
        difference_add(changes, page, name, before, now, is ? "better" : "worse");
    }
}

static void page_compare(struct changes *changes, struct arena *arena, const struct trial_page *page,
                         const struct record *after) {
    const char *name;
    json_t *value;
    for (size_t i = 0; i < after->field_count; i++) {
        field_compare(changes, arena, page, after, after->fields[i].name);
    }
    for (size_t i = 0; i < page->before.field_count; i++) {
        if (record_find(after, page->before.fields[i].name) == NULL) {
            field_compare(changes, arena, page, after, page->before.fields[i].name);
        }
    }
    json_object_foreach((json_t *)(uintptr_t)page->document->right, name, value) {
        if (record_find(after, name) == NULL && record_find(&page->before, name) == NULL) {
            field_compare(changes, arena, page, after, name);
        }
    }
}

/* Whether the new layout is learned from the page. */
static bool is_of_group(const struct trial_page *page, struct lesson *const *group, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (group[i]->document == page->document) {
            return true;
        }
    }
    return false;
}

/* Whether the page is another sender's: a layout read it before that is neither the new one nor generic. */
static bool is_strayed(const struct trial *trial, const struct trial_page *page, const char *name) {
    const struct layout *had = page->before.layout == NULL ? NULL : layout_set_find(trial->set, page->before.layout);
    return had != NULL && !had->generic && strcmp(had->name, name) != 0;
}

enum lince_status trial_run(struct trial *trial, json_t *tree, struct lesson *const *group, size_t count,
                            json_t **proposal, struct lince_error *error) {
    const char *name = json_string_value(json_object_get(tree, "name"));
    struct changes changes = {.differences = json_array()};
    struct layout_set set = {0};
    enum lince_status status = trial_set_open(trial->meter, trial->folders, tree, &set, error);
    for (size_t i = 0; i < trial->page_count && status == LINCE_OK; i++) {
        const struct trial_page *page = &trial->pages[i];
        struct arena arena;
        struct record after;
        arena_init(&arena, trial->meter, 16 * 1024);
        status = record_extract(&arena, &set, NULL, 0, &page->page, &after, error);
        if (status == LINCE_OK) {
            bool taken = after.layout != NULL && strcmp(after.layout, name) == 0;
            changes.strays =
                changes.strays || (taken && !is_of_group(page, group, count) && is_strayed(trial, page, name));
            page_compare(&changes, &arena, page, &after);
        }
        arena_clear(&arena);
    }
    layout_set_close(&set);
    if (status != LINCE_OK) {
        json_decref(changes.differences);
        return status;
    }
    json_t *documents = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(documents, json_string(group[i]->document->id));
    }
    *proposal = json_pack("{s:s, s:O, s:o, s:I, s:I, s:I, s:I, s:b, s:o}", "name", name, "layout", tree, "documents",
                          documents, "better", (json_int_t)changes.better, "worse", (json_int_t)changes.worse, "same",
                          (json_int_t)changes.same, "changed", (json_int_t)changes.changed, "safe",
                          changes.worse == 0 && !changes.strays, "differences", changes.differences);
    if (json_memory_was_refused()) { /* a refused difference would be missing in silence */
        json_decref(*proposal);
        *proposal = NULL;
    }
    return *proposal == NULL ? out_of_memory(error) : LINCE_OK;
}
