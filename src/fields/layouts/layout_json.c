/* layout_json.c - checks a layout file, and reports where it is wrong. */
#include "fields/layouts/layout_json.h"

#include <string.h>

#include "base/error.h"
#include "base/json_check.h"
#include "fields/layouts/kind.h"
#include "fields/values/value.h"

/* Bytes of a text (patterns are the longest) and of a name in a layout. */
enum { TEXT_MOST = 1600, NAME_MOST = 40 };

/* Texts with an optional weight: labels, anchors, headings. */
static enum lince_status phrases_check(struct json_check *check, const char *key, const json_t *array) {
    static const struct json_member members[] = {{"text", "s"}, {"weight", "n"}, {NULL, NULL}};
    enum lince_status status = LINCE_OK;
    if (array == NULL) {
        return LINCE_OK;
    }
    check_enter(check, key, 0);
    for (size_t i = 0; i < json_array_size(array) && status == LINCE_OK; i++) {
        json_t *item = json_array_get(array, i);
        check_enter(check, NULL, i);
        json_t *text = json_is_object(item) ? json_object_get(item, "text") : item;
        if (json_is_object(item)) {
            status = check_members(check, item, members);
            status = status == LINCE_OK ? check_range(check, item, "weight", 0, 10) : status;
        }
        if (status == LINCE_OK && !json_is_string(text)) {
            status = check_refuse(check, "a text is missing: write \"label\" or {\"text\": \"label\", \"weight\": 0.8}",
                                  "falta un texto: escriba \"etiqueta\" o {\"text\": \"etiqueta\", \"weight\": 0.8}");
        }
        if (status == LINCE_OK && (json_string_length(text) == 0 || json_string_length(text) > TEXT_MOST)) {
            status = check_refuse(check, "the text has %zu bytes; it must have 1 to 1600",
                                  "el texto tiene %zu bytes; debe tener de 1 a 1600", json_string_length(text));
        }
        if (status == LINCE_OK) {
            check_leave(check);
        }
    }
    if (status == LINCE_OK) {
        check_leave(check);
    }
    return status;
}

static enum lince_status places_check(struct json_check *check, const json_t *array) {
    static const char *const places[] = {"after", "right", "below", "column", "paragraph", "section", "above", NULL};
    if (array == NULL) {
        return LINCE_OK;
    }
    check_enter(check, "where", 0);
    for (size_t i = 0; i < json_array_size(array); i++) {
        check_enter(check, NULL, i);
        const char *text = json_string_value(json_array_get(array, i));
        enum lince_status status = check_one_of(check, text == NULL ? "" : text, places);
        if (status != LINCE_OK) {
            return status;
        }
        check_leave(check);
    }
    check_leave(check);
    return LINCE_OK;
}

static enum lince_status word_check(struct json_check *check, const json_t *object, const char *key,
                                    const char *const *names) {
    const char *text = json_string_value(json_object_get(object, key));
    if (text == NULL) {
        return LINCE_OK;
    }
    check_enter(check, key, 0);
    enum lince_status status = check_one_of(check, text, names);
    if (status == LINCE_OK) {
        check_leave(check);
    }
    return status;
}

static enum lince_status field_check(struct json_check *check, json_t *field, bool inherits) {
    static const struct json_member members[] = {
        {"type", "s"},     {"labels", "a"},   {"where", "a"},       {"free", "s"},   {"side", "s"},
        {"priority", "n"}, {"required", "b"}, {"asked", "b"},       {"hidden", "b"}, {"largest", "b"},
        {"default", "s"},  {"pattern", "s"},  {"description", "s"}, {NULL, NULL}};
    static const char *const frees[] = {"none", "any", "only", "largest", "brand", "head", "near", "other", NULL};
    static const char *const sides[] = {"none", "origin", "destination", NULL};
    const char *types[VALUE_TYPE_COUNT + 1] = {NULL};
    for (size_t i = 0; i < VALUE_TYPE_COUNT; i++) {
        types[i] = value_type_name((enum value_type)i);
    }
    enum lince_status status = check_members(check, field, members);
    if (status == LINCE_OK && !inherits) {
        status = check_needed(check, field, "type");
    }
    status = status == LINCE_OK ? word_check(check, field, "type", types) : status;
    status = status == LINCE_OK ? word_check(check, field, "free", frees) : status;
    status = status == LINCE_OK ? word_check(check, field, "side", sides) : status;
    status = status == LINCE_OK ? check_range(check, field, "priority", 0, 10) : status;
    status = status == LINCE_OK ? places_check(check, json_object_get(field, "where")) : status;
    return status == LINCE_OK ? phrases_check(check, "labels", json_object_get(field, "labels")) : status;
}

static bool name_is_valid(const char *name) {
    size_t count = strlen(name);
    return count >= 1 && count <= NAME_MOST && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == count;
}

static enum lince_status fields_check(struct json_check *check, json_t *tree) {
    json_t *fields = json_object_get(tree, "fields"), *field;
    bool inherits = json_object_get(tree, "extends") != NULL;
    const char *name;
    check_enter(check, "fields", 0);
    if (json_object_size(fields) > 64) {
        return check_refuse(check, "there are %zu fields; at most 64 are allowed",
                            "hay %zu campos; se permiten 64 como mucho", json_object_size(fields));
    }
    json_object_foreach(fields, name, field) {
        check_enter(check, name, 0);
        if (!name_is_valid(name)) {
            return check_refuse(check, "a name has 1 to 40 of a-z, 0-9, _ and -",
                                "un nombre tiene de 1 a 40 de a-z, 0-9, _ y -");
        }
        if (!json_is_null(field)) {
            if (!json_is_object(field)) {
                return check_refuse(check, "a field must be an object, or null to take it away",
                                    "un campo debe ser un objeto, o null para quitarlo");
            }
            enum lince_status status = field_check(check, field, inherits);
            if (status != LINCE_OK) {
                return status;
            }
        }
        check_leave(check);
    }
    check_leave(check);
    return LINCE_OK;
}

static enum lince_status recognise_check(struct json_check *check, json_t *tree) {
    static const struct json_member members[] = {
        {"threshold", "n"}, {"anchors", "a"}, {"against", "a"}, {"aspect", "a"}, {NULL, NULL}};
    json_t *recognise = json_object_get(tree, "recognise");
    if (recognise == NULL) {
        return LINCE_OK;
    }
    check_enter(check, "recognise", 0);
    enum lince_status status = check_members(check, recognise, members);
    status = status == LINCE_OK ? check_range(check, recognise, "threshold", 0, 100) : status;
    status = status == LINCE_OK ? phrases_check(check, "anchors", json_object_get(recognise, "anchors")) : status;
    status = status == LINCE_OK ? phrases_check(check, "against", json_object_get(recognise, "against")) : status;
    json_t *aspect = json_object_get(recognise, "aspect");
    if (status == LINCE_OK && aspect != NULL) {
        double least = json_number_value(json_array_get(aspect, 0)),
               most = json_number_value(json_array_get(aspect, 1));
        check_enter(check, "aspect", 0);
        if (json_array_size(aspect) != 2 || !(least > 0) || !(most >= least)) {
            return check_refuse(check, "\"aspect\" is two numbers, least and most width/height: [0.4, 0.8]",
                                "\"aspect\" son dos números, ancho/alto mínimo y máximo: [0.4, 0.8]");
        }
        check_leave(check);
    }
    if (status == LINCE_OK) {
        check_leave(check);
    }
    return status;
}

static enum lince_status lists_check(struct json_check *check, json_t *tree) {
    static const struct json_member sections[] = {{"origin", "a"}, {"destination", "a"}, {NULL, NULL}};
    json_t *object = json_object_get(tree, "sections");
    enum lince_status status = phrases_check(check, "ignore", json_object_get(tree, "ignore"));
    status = status == LINCE_OK ? phrases_check(check, "end", json_object_get(tree, "end")) : status;
    if (status == LINCE_OK && object != NULL) {
        check_enter(check, "sections", 0);
        status = check_members(check, object, sections);
        status = status == LINCE_OK ? phrases_check(check, "origin", json_object_get(object, "origin")) : status;
        status =
            status == LINCE_OK ? phrases_check(check, "destination", json_object_get(object, "destination")) : status;
        if (status == LINCE_OK) {
            check_leave(check);
        }
    }
    const char *key;
    json_t *value;
    json_object_foreach(json_object_get(tree, "words"), key, value) {
        if (status == LINCE_OK && !json_is_string(value)) {
            check_enter(check, "words", 0);
            check_enter(check, key, 0);
            status = check_refuse(check, "\"%s\" must be a text of words parted by |",
                                  "\"%s\" debe ser un texto de palabras separadas por |", key);
        }
    }
    return status;
}

static enum lince_status tree_check(struct json_check *check, json_t *tree) {
    static const struct json_member members[] = {
        {"$schema", "s"}, {"schema", "n"},    {"name", "s"},     {"title", "s"},    {"description", "s"},
        {"extends", "s"}, {"generic", "b"},   {"learned", "b"},  {"currency", "s"}, {"country", "s"},
        {"group", "s"},   {"recognise", "o"}, {"words", "o"},    {"sections", "o"}, {"ignore", "a"},
        {"end", "a"},     {"fields", "o"},    {"examples", "a"}, {NULL, NULL}};
    const char *groups[GROUP_COUNT] = {NULL};
    for (size_t i = 0; i + 1 < GROUP_COUNT; i++) { /* all but "none" */
        groups[i] = group_name((enum page_group)(i + 1));
    }
    if (!json_is_object(tree)) {
        return check_refuse(check, "a layout is a JSON object", "una plantilla es un objeto JSON");
    }
    enum lince_status status = check_members(check, tree, members);
    status = status == LINCE_OK ? check_needed(check, tree, "name") : status;
    status = status == LINCE_OK ? check_needed(check, tree, "fields") : status;
    if (status == LINCE_OK && !name_is_valid(json_string_value(json_object_get(tree, "name")))) {
        check_enter(check, "name", 0);
        status = check_refuse(check, "a name has 1 to 40 of a-z, 0-9, _ and -",
                              "un nombre tiene de 1 a 40 de a-z, 0-9, _ y -");
    }
    status = status == LINCE_OK ? check_range(check, tree, "schema", 1, 1) : status;
    status = status == LINCE_OK ? word_check(check, tree, "group", groups) : status;
    status = status == LINCE_OK ? recognise_check(check, tree) : status;
    status = status == LINCE_OK ? lists_check(check, tree) : status;
    return status == LINCE_OK ? fields_check(check, tree) : status;
}

enum lince_status layout_json_read(const char *source, const char *text, size_t bytes, json_t **tree,
                                   struct lince_error *error) {
    static const struct json_kind kind = {"the layout", "la plantilla", tree_check};
    *tree = NULL;
    if (bytes > LAYOUT_BYTES_MOST) {
        return error_set(error, LINCE_ERROR_LAYOUT, "%s has %zu bytes; a layout has at most %d",
                         "%s tiene %zu bytes; una plantilla tiene %d como mucho", source, bytes,
                         (int)LAYOUT_BYTES_MOST);
    }
    return check_load(&kind, source, text, bytes, tree, error);
}
