/* kind.c - checks the file of kinds and compiles its phrases. */
#include "fields/layouts/kind.h"

#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/json_check.h"

static const char *const groups[] = {"none", "payment", "sale", "account", "tax", NULL};

static const struct {
    const char *name;
    enum page_group group;
} kinds_known[KIND_COUNT] = {
    [KIND_NONE] = {"none", GROUP_NONE},
    [KIND_PAYMENT_MADE] = {"payment_made", GROUP_PAYMENT},
    [KIND_PAYMENT_RECEIVED] = {"payment_received", GROUP_PAYMENT},
    [KIND_PAYMENT_REQUESTED] = {"payment_requested", GROUP_PAYMENT},
    [KIND_PAYMENT_FAILED] = {"payment_failed", GROUP_PAYMENT},
    [KIND_NOTIFICATION] = {"notification", GROUP_PAYMENT},
    [KIND_BANK_MOVEMENTS] = {"bank_movements", GROUP_ACCOUNT},
    [KIND_STATEMENT] = {"statement", GROUP_ACCOUNT},
    [KIND_FISCAL_SALE] = {"fiscal_sale", GROUP_SALE},
    [KIND_INVOICE] = {"invoice", GROUP_SALE},
    [KIND_CREDIT_NOTE] = {"credit_note", GROUP_SALE},
    [KIND_QUOTE] = {"quote", GROUP_SALE},
    [KIND_WITHHOLDING] = {"withholding", GROUP_TAX},
};

const char *kind_name(enum page_kind kind) {
    return (size_t)kind < KIND_COUNT ? kinds_known[kind].name : NULL;
}

const char *group_name(enum page_group group) {
    return (size_t)group < GROUP_COUNT ? groups[group] : NULL;
}

enum page_group group_from_name(const char *name) {
    for (size_t i = 0; i < GROUP_COUNT; i++) {
        if (strcmp(groups[i], name) == 0) {
            return (enum page_group)i;
        }
    }
    return GROUP_NONE;
}

enum page_group kind_group(enum page_kind kind) {
    return kinds_known[kind].group;
}

enum page_kind kind_from_name(const char *name) {
    for (size_t i = 1; i < KIND_COUNT; i++) {
        if (strcmp(kinds_known[i].name, name) == 0) {
            return (enum page_kind)i;
        }
    }
    return KIND_NONE;
}

/* Texts with an optional weight; a negative one counts against. */
static enum lince_status phrases_check(struct json_check *check, const json_t *list) {
    static const struct json_member members[] = {{"text", "s"},  {"weight", "n"},  {"anywhere", "b"},
                                                 {"alone", "b"}, {"heading", "b"}, {NULL, NULL}};
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *item = json_array_get(list, i);
        check_enter(check, NULL, i);
        if (!json_is_object(item)) {
            return check_refuse(check, "an object is missing here", "aquí falta un objeto");
        }
        enum lince_status status = check_members(check, item, members);
        status = status == LINCE_OK ? check_needed(check, item, "text") : status;
        status = status == LINCE_OK ? check_needed(check, item, "weight") : status;
        status = status == LINCE_OK ? check_range(check, item, "weight", -10, 10) : status;
        if (status != LINCE_OK) {
            return status;
        }
        check_leave(check);
    }
    return LINCE_OK;
}

static enum lince_status groups_check(struct json_check *check, const json_t *tree) {
    const char *name;
    json_t *list;
    check_enter(check, "groups", 0);
    json_object_foreach(json_object_get((json_t *)(uintptr_t)tree, "groups"), name, list) {
        check_enter(check, name, 0);
        enum lince_status status = check_one_of(check, name, groups);
        if (status == LINCE_OK && !json_is_array(list)) {
            status = check_refuse(check, "\"%s\" must be an array", "\"%s\" debe ser una lista", name);
        }
        status = status == LINCE_OK ? phrases_check(check, list) : status;
        if (status != LINCE_OK) {
            return status;
        }
        check_leave(check);
    }
    check_leave(check);
    return LINCE_OK;
}

static enum lince_status kinds_check(struct json_check *check, const json_t *tree) {
    static const struct json_member members[] = {{"group", "s"}, {"phrases", "a"}, {NULL, NULL}};
    const char *names[KIND_COUNT] = {NULL}, *name;
    json_t *kind;
    for (size_t i = 1; i < KIND_COUNT; i++) {
        names[i - 1] = kinds_known[i].name;
    }
    check_enter(check, "kinds", 0);
    json_object_foreach(json_object_get((json_t *)(uintptr_t)tree, "kinds"), name, kind) {
        check_enter(check, name, 0);
        enum lince_status status = check_one_of(check, name, names);
        if (status == LINCE_OK && !json_is_object(kind)) {
            status = check_refuse(check, "an object is missing here", "aquí falta un objeto");
        }
        status = status == LINCE_OK ? check_members(check, kind, members) : status;
        check_enter(check, "phrases", 0);
        status = status == LINCE_OK ? phrases_check(check, json_object_get(kind, "phrases")) : status;
        if (status != LINCE_OK) {
            return status;
        }
        check_leave(check);
        check_leave(check);
    }
    check_leave(check);
    return LINCE_OK;
}

/* The lists of words that are no evidence, in the order of enum aside_kind. */
static const char *const asides[] = {"ignore", "conditions", "written"};

static enum lince_status asides_check(struct json_check *check, const json_t *tree) {
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < sizeof asides / sizeof *asides && status == LINCE_OK; i++) {
        const json_t *list = json_object_get(tree, asides[i]);
        check_enter(check, asides[i], 0);
        for (size_t k = 0; k < json_array_size(list) && status == LINCE_OK; k++) {
            check_enter(check, NULL, k);
            if (!json_is_string(json_array_get(list, k))) {
                return check_refuse(check, "a text is missing here", "aquí falta un texto");
            }
            check_leave(check);
        }
        check_leave(check);
    }
    return status;
}

static enum lince_status tree_check(struct json_check *check, json_t *tree) {
    static const struct json_member members[] = {{"$schema", "s"}, {"schema", "n"}, {"groups", "o"},
                                                 {"kinds", "o"},   {"ignore", "a"}, {"conditions", "a"},
                                                 {"written", "a"}, {NULL, NULL}};
    enum lince_status status = LINCE_OK;
    if (!json_is_object(tree)) {
        status = check_refuse(check, "a file of kinds is a JSON object", "un archivo de clases es un objeto JSON");
    }
    status = status == LINCE_OK ? check_members(check, tree, members) : status;
    status = status == LINCE_OK ? asides_check(check, tree) : status;
    status = status == LINCE_OK ? groups_check(check, tree) : status;
    return status == LINCE_OK ? kinds_check(check, tree) : status;
}

enum lince_status kinds_json_read(const char *source, const char *text, size_t bytes, json_t **tree,
                                  struct lince_error *error) {
    static const struct json_kind kind = {"the kinds of pages in", "las clases de páginas de", tree_check};
    return check_load(&kind, source, text, bytes, tree, error);
}

struct compiling_kinds {
    struct arena *arena;
    const char *source;
    const json_t *words;
    struct kind_book *kinds;
    struct lince_error *error;
};

static enum lince_status out_of_memory(struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the kinds of pages; raise the memory limit",
                     "no hay memoria para las clases de páginas; suba el límite de memoria");
}

static enum lince_status refuse_phrase(const struct compiling_kinds *compiling, enum phrase_status status,
                                       const char *text) {
    if (status == PHRASE_MEMORY) {
        return out_of_memory(compiling->error);
    }
    if (status == PHRASE_TOO_MANY) {
        return error_set(compiling->error, LINCE_ERROR_LAYOUT,
                         "%s: too much at the phrase \"%.60s\": at most 12 parts, 160 choices a list, %d phrases",
                         "%s: demasiado en la frase \"%.60s\": como mucho 12 partes, 160 opciones por lista, %d frases",
                         compiling->source, text, KIND_PHRASES_MOST);
    }
    return error_set(
        compiling->error, LINCE_ERROR_LAYOUT,
        "%s: the phrase \"%.60s\" has a bracket that is not closed or has another inside, or all of it is optional",
        "%s: la frase \"%.60s\" tiene un paréntesis sin cerrar o con otro dentro, o toda ella es opcional",
        compiling->source, text);
}

static enum lince_status asides_add(struct compiling_kinds *compiling, const json_t *tree) {
    for (size_t i = 0; i < sizeof asides / sizeof *asides; i++) {
        const json_t *list = json_object_get(tree, asides[i]);
        const struct phrase like = {.kind = PHRASE_IGNORE, .field = (uint16_t)i, .weight = 1};
        for (size_t k = 0; k < json_array_size(list); k++) {
            const char *text = json_string_value(json_array_get(list, k));
            enum phrase_status status =
                phrase_add(&compiling->kinds->asides, compiling->arena, text, compiling->words, &like);
            if (status != PHRASE_OK) {
                return refuse_phrase(compiling, status, text);
            }
        }
    }
    return LINCE_OK;
}

static enum lince_status phrases_add(struct compiling_kinds *compiling, const json_t *list, struct kind_mark mark) {
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        const char *text = json_string_value(json_object_get(item, "text"));
        struct phrase like = {
            .kind = PHRASE_ANCHOR,
            .field = (uint16_t)compiling->kinds->mark_count,
            .weight = (float)json_number_value(json_object_get(item, "weight")),
        };
        enum phrase_status status =
            compiling->kinds->mark_count == KIND_PHRASES_MOST
                ? PHRASE_TOO_MANY
                : phrase_add(&compiling->kinds->book, compiling->arena, text, compiling->words, &like);
        if (status != PHRASE_OK) {
            return refuse_phrase(compiling, status, text);
        }
        mark.anywhere = json_is_true(json_object_get(item, "anywhere"));
        mark.alone = json_is_true(json_object_get(item, "alone"));
        mark.heading = json_is_true(json_object_get(item, "heading"));
        compiling->kinds->marks[compiling->kinds->mark_count++] = mark;
    }
    return LINCE_OK;
}

static enum lince_status tree_compile(struct compiling_kinds *compiling, const json_t *tree) {
    const char *name;
    json_t *item;
    enum lince_status status = asides_add(compiling, tree);
    json_object_foreach(json_object_get((json_t *)(uintptr_t)tree, "groups"), name, item) {
        struct kind_mark mark = {.group = group_from_name(name), .kind = KIND_NONE};
        status = status == LINCE_OK ? phrases_add(compiling, item, mark) : status;
    }
    json_object_foreach(json_object_get((json_t *)(uintptr_t)tree, "kinds"), name, item) {
        enum page_kind kind = kind_from_name(name);
        struct kind_mark mark = {.group = kind_group(kind), .kind = kind};
        status = status == LINCE_OK ? phrases_add(compiling, json_object_get(item, "phrases"), mark) : status;
    }
    return status;
}

enum lince_status kinds_build(struct arena *arena, const char *source, const json_t *tree, const char *tax_words,
                              struct kind_book *kinds, struct lince_error *error) {
    json_t *words = json_object();
    *kinds = (struct kind_book){0};
    kinds->marks = arena_allocate_zero(arena, KIND_PHRASES_MOST, sizeof *kinds->marks);
    if (words == NULL || kinds->marks == NULL || json_object_set_new(words, "TAX", json_string(tax_words)) != 0) {
        json_decref(words);
        return out_of_memory(error);
    }
    struct compiling_kinds compiling = {arena, source, words, kinds, error};
    enum lince_status status = tree_compile(&compiling, tree);
    json_decref(words);
    return status;
}
