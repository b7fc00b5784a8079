/* layout_json.c - what may stand in a layout file, and where in the file it does not. */
#include "fields/layouts/layout_json.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "fields/values/value.h"

struct cursor {
    const char *text;
    size_t bytes, at;
};

static void skip_space(struct cursor *cursor) {
    while (cursor->at < cursor->bytes && strchr(" \t\r\n,:", cursor->text[cursor->at]) != NULL &&
           cursor->text[cursor->at] != '\0') {
        cursor->at++;
    }
}

static void skip_string(struct cursor *cursor) {
    for (cursor->at++; cursor->at < cursor->bytes && cursor->text[cursor->at] != '"'; cursor->at++) {
        cursor->at += cursor->text[cursor->at] == '\\';
    }
    cursor->at++;
}

/* Skips one value: a string, a bracketed thing with all inside, or a bare word. */
static void skip_value(struct cursor *cursor) {
    size_t depth = 0;
    do {
        skip_space(cursor);
        if (cursor->at >= cursor->bytes) {
            return;
        }
        char c = cursor->text[cursor->at];
        if (c == '"') {
            skip_string(cursor);
        } else if (c == '{' || c == '[') {
            depth++;
            cursor->at++;
        } else if (c == '}' || c == ']') {
            if (depth == 0) {
                return;
            }
            depth--;
            cursor->at++;
        } else {
            while (cursor->at < cursor->bytes && strchr(" \t\r\n,:]}", cursor->text[cursor->at]) == NULL) {
                cursor->at++;
            }
        }
    } while (depth > 0);
}

/* Moves into an object or array as far as the step's value; false when it is not there. */
static bool step_into(struct cursor *cursor, struct json_step step) {
    skip_space(cursor);
    cursor->at++;
    for (size_t index = 0;; index++) {
        skip_space(cursor);
        if (cursor->at >= cursor->bytes || cursor->text[cursor->at] == '}' || cursor->text[cursor->at] == ']') {
            return false;
        }
        if (step.key == NULL) {
            if (index == step.index) {
                return true;
            }
        } else {
            size_t from = cursor->at + 1;
            skip_string(cursor);
            size_t count = cursor->at - from - 1;
            if (count == strlen(step.key) && memcmp(cursor->text + from, step.key, count) == 0) {
                skip_space(cursor);
                return true;
            }
        }
        skip_value(cursor);
    }
}

void json_place(const char *text, size_t bytes, const struct json_step *path, size_t depth, size_t *line,
                size_t *column) {
    struct cursor cursor = {text, bytes, 0};
    skip_space(&cursor);
    size_t found = cursor.at;
    for (size_t i = 0; i < depth && step_into(&cursor, path[i]); i++) {
        found = cursor.at;
    }
    *line = 1;
    *column = 1;
    for (size_t i = 0; i < found && i < bytes; i++) {
        if (text[i] == '\n') {
            *line += 1;
            *column = 1;
        } else if (((unsigned char)text[i] & 0xC0) != 0x80) {
            *column += 1;
        }
    }
}

enum { PATH_MOST = 8 };

struct check {
    const char *source, *text;
    size_t bytes;
    struct json_step path[PATH_MOST];
    size_t depth;
    struct lince_error *error;
};

static enum lince_status refuse(const struct check *check, const char *english, const char *spanish, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

static enum lince_status refuse(const struct check *check, const char *english, const char *spanish, ...) {
    size_t line, column;
    char reason[320];
    json_place(check->text, check->bytes, check->path, check->depth, &line, &column);
    enum lince_language language = check->error == NULL ? LINCE_ENGLISH : check->error->language;
    va_list arguments;
    va_start(arguments, spanish);
    vsnprintf(reason, sizeof reason, in_language(language, english, spanish), arguments);
    va_end(arguments);
    return error_set(check->error, LINCE_ERROR_LAYOUT, "%s:%zu:%zu: %s", "%s:%zu:%zu: %s", check->source, line, column,
                     reason);
}

static void enter(struct check *check, const char *key, size_t index) {
    if (check->depth < PATH_MOST) {
        check->path[check->depth] = (struct json_step){key, index};
    }
    check->depth++;
}

static void leave(struct check *check) {
    check->depth--;
}

struct member {
    const char *key;
    const char *kind; /* s string, b boolean, n number, a array, o object */
};

static bool kind_is(const json_t *value, char kind) {
    switch (kind) {
    case 's':
        return json_is_string(value);
    case 'b':
        return json_is_boolean(value);
    case 'n':
        return json_is_number(value);
    case 'a':
        return json_is_array(value);
    default:
        return json_is_object(value);
    }
}

static const char *kind_name(char kind, bool spanish) {
    switch (kind) {
    case 's':
        return spanish ? "un texto" : "a string";
    case 'b':
        return spanish ? "true o false" : "true or false";
    case 'n':
        return spanish ? "un número" : "a number";
    case 'a':
        return spanish ? "una lista" : "an array";
    default:
        return spanish ? "un objeto" : "an object";
    }
}

/* Every key is known and its value of its kind. */
static enum lince_status members_check(struct check *check, json_t *object, const struct member *members) {
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        const struct member *member = members;
        while (member->key != NULL && strcmp(member->key, key) != 0) {
            member++;
        }
        enter(check, key, 0);
        if (member->key == NULL) {
            return refuse(check, "\"%s\" is not known here; see docs/layouts.md for what may stand here.",
                          "aquí no se conoce \"%s\"; vea en docs/layouts.md lo que puede estar aquí.", key);
        }
        if (!kind_is(value, member->kind[0])) {
            bool spanish = check->error != NULL && check->error->language == LINCE_SPANISH;
            return refuse(check, "\"%s\" must be %s.", "\"%s\" debe ser %s.", key, kind_name(member->kind[0], spanish));
        }
        leave(check);
    }
    return LINCE_OK;
}

static enum lince_status needed_check(struct check *check, const json_t *object, const char *key) {
    if (json_object_get(object, key) == NULL) {
        return refuse(check, "\"%s\" is missing.", "falta \"%s\".", key);
    }
    return LINCE_OK;
}

static enum lince_status one_of_check(struct check *check, const char *value, const char *const *names) {
    char all[240] = "";
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], value) == 0) {
            return LINCE_OK;
        }
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    return refuse(check, "\"%.40s\" is none of: %s.", "\"%.40s\" no es ninguno de: %s.", value, all);
}

static enum lince_status range_check(struct check *check, const json_t *object, const char *key, double least,
                                     double most) {
    json_t *value = json_object_get(object, key);
    if (value == NULL) {
        return LINCE_OK;
    }
    double number = json_number_value(value);
    enter(check, key, 0);
    if (!(number >= least && number <= most)) {
        return refuse(check, "\"%s\" is %g; it must be from %g to %g.", "\"%s\" es %g; debe ir de %g a %g.", key,
                      number, least, most);
    }
    leave(check);
    return LINCE_OK;
}

/* Texts with an optional weight: labels, anchors, headings. */
static enum lince_status phrases_check(struct check *check, const char *key, const json_t *array) {
    static const struct member members[] = {{"text", "s"}, {"weight", "n"}, {NULL, NULL}};
    enum lince_status status = LINCE_OK;
    if (array == NULL) {
        return LINCE_OK;
    }
    enter(check, key, 0);
    for (size_t i = 0; i < json_array_size(array) && status == LINCE_OK; i++) {
        json_t *item = json_array_get(array, i);
        enter(check, NULL, i);
        json_t *text = json_is_object(item) ? json_object_get(item, "text") : item;
        if (json_is_object(item)) {
            status = members_check(check, item, members);
            status = status == LINCE_OK ? range_check(check, item, "weight", 0, 10) : status;
        }
        if (status == LINCE_OK && !json_is_string(text)) {
            status = refuse(check, "a text is missing: write \"label\" or {\"text\": \"label\", \"weight\": 0.8}.",
                            "falta un texto: escriba \"etiqueta\" o {\"text\": \"etiqueta\", \"weight\": 0.8}.");
        }
        if (status == LINCE_OK && (json_string_length(text) == 0 || json_string_length(text) > 1600)) {
            status = refuse(check, "the text has %zu bytes; it must have 1 to 1600.",
                            "el texto tiene %zu bytes; debe tener de 1 a 1600.", json_string_length(text));
        }
        if (status == LINCE_OK) {
            leave(check);
        }
    }
    if (status == LINCE_OK) {
        leave(check);
    }
    return status;
}

static enum lince_status places_check(struct check *check, const json_t *array) {
    static const char *const places[] = {"after", "right", "below", "column", "paragraph", "section", "above", NULL};
    if (array == NULL) {
        return LINCE_OK;
    }
    enter(check, "where", 0);
    for (size_t i = 0; i < json_array_size(array); i++) {
        enter(check, NULL, i);
        const char *text = json_string_value(json_array_get(array, i));
        enum lince_status status = one_of_check(check, text == NULL ? "" : text, places);
        if (status != LINCE_OK) {
            return status;
        }
        leave(check);
    }
    leave(check);
    return LINCE_OK;
}

static enum lince_status word_check(struct check *check, const json_t *object, const char *key,
                                    const char *const *names) {
    const char *text = json_string_value(json_object_get(object, key));
    if (text == NULL) {
        return LINCE_OK;
    }
    enter(check, key, 0);
    enum lince_status status = one_of_check(check, text, names);
    if (status == LINCE_OK) {
        leave(check);
    }
    return status;
}

static enum lince_status field_check(struct check *check, json_t *field, bool inherits) {
    static const struct member members[] = {
        {"type", "s"},     {"labels", "a"},      {"where", "a"},  {"free", "s"},    {"side", "s"},
        {"priority", "n"}, {"required", "b"},    {"hidden", "b"}, {"largest", "b"}, {"default", "s"},
        {"pattern", "s"},  {"description", "s"}, {NULL, NULL}};
    static const char *const frees[] = {"none", "any", "only", "largest", "brand", "head", "near", "other", NULL};
    static const char *const sides[] = {"none", "origin", "destination", NULL};
    const char *types[VALUE_TYPE_COUNT + 1] = {NULL};
    for (size_t i = 0; i < VALUE_TYPE_COUNT; i++) {
        types[i] = value_type_name((enum value_type)i);
    }
    enum lince_status status = members_check(check, field, members);
    if (status == LINCE_OK && !inherits) {
        status = needed_check(check, field, "type");
    }
    status = status == LINCE_OK ? word_check(check, field, "type", types) : status;
    status = status == LINCE_OK ? word_check(check, field, "free", frees) : status;
    status = status == LINCE_OK ? word_check(check, field, "side", sides) : status;
    status = status == LINCE_OK ? range_check(check, field, "priority", 0, 10) : status;
    status = status == LINCE_OK ? places_check(check, json_object_get(field, "where")) : status;
    return status == LINCE_OK ? phrases_check(check, "labels", json_object_get(field, "labels")) : status;
}

static bool name_is_valid(const char *name) {
    size_t count = strlen(name);
    return count >= 1 && count <= 40 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == count;
}

static enum lince_status fields_check(struct check *check, json_t *tree) {
    json_t *fields = json_object_get(tree, "fields"), *field;
    bool inherits = json_object_get(tree, "extends") != NULL;
    const char *name;
    enter(check, "fields", 0);
    if (json_object_size(fields) > 64) {
        return refuse(check, "there are %zu fields; at most 64 are allowed.",
                      "hay %zu campos; se permiten 64 como mucho.", json_object_size(fields));
    }
    json_object_foreach(fields, name, field) {
        enter(check, name, 0);
        if (!name_is_valid(name)) {
            return refuse(check, "a name has 1 to 40 of a-z, 0-9, _ and -.",
                          "un nombre tiene de 1 a 40 de a-z, 0-9, _ y -.");
        }
        if (!json_is_null(field)) {
            if (!json_is_object(field)) {
                return refuse(check, "a field must be an object, or null to take it away.",
                              "un campo debe ser un objeto, o null para quitarlo.");
            }
            enum lince_status status = field_check(check, field, inherits);
            if (status != LINCE_OK) {
                return status;
            }
        }
        leave(check);
    }
    leave(check);
    return LINCE_OK;
}

static enum lince_status recognise_check(struct check *check, json_t *tree) {
    static const struct member members[] = {
        {"threshold", "n"}, {"anchors", "a"}, {"against", "a"}, {"aspect", "a"}, {NULL, NULL}};
    json_t *recognise = json_object_get(tree, "recognise");
    if (recognise == NULL) {
        return LINCE_OK;
    }
    enter(check, "recognise", 0);
    enum lince_status status = members_check(check, recognise, members);
    status = status == LINCE_OK ? range_check(check, recognise, "threshold", 0, 100) : status;
    status = status == LINCE_OK ? phrases_check(check, "anchors", json_object_get(recognise, "anchors")) : status;
    status = status == LINCE_OK ? phrases_check(check, "against", json_object_get(recognise, "against")) : status;
    json_t *aspect = json_object_get(recognise, "aspect");
    if (status == LINCE_OK && aspect != NULL) {
        double least = json_number_value(json_array_get(aspect, 0)),
               most = json_number_value(json_array_get(aspect, 1));
        enter(check, "aspect", 0);
        if (json_array_size(aspect) != 2 || !(least > 0) || !(most >= least)) {
            return refuse(check, "\"aspect\" is two numbers, least and most width/height: [0.4, 0.8].",
                          "\"aspect\" son dos números, ancho/alto mínimo y máximo: [0.4, 0.8].");
        }
        leave(check);
    }
    if (status == LINCE_OK) {
        leave(check);
    }
    return status;
}

static enum lince_status lists_check(struct check *check, json_t *tree) {
    static const struct member sections[] = {{"origin", "a"}, {"destination", "a"}, {NULL, NULL}};
    json_t *object = json_object_get(tree, "sections");
    enum lince_status status = phrases_check(check, "ignore", json_object_get(tree, "ignore"));
    status = status == LINCE_OK ? phrases_check(check, "end", json_object_get(tree, "end")) : status;
    if (status == LINCE_OK && object != NULL) {
        enter(check, "sections", 0);
        status = members_check(check, object, sections);
        status = status == LINCE_OK ? phrases_check(check, "origin", json_object_get(object, "origin")) : status;
        status =
            status == LINCE_OK ? phrases_check(check, "destination", json_object_get(object, "destination")) : status;
        if (status == LINCE_OK) {
            leave(check);
        }
    }
    const char *key;
    json_t *value;
    json_object_foreach(json_object_get(tree, "words"), key, value) {
        if (status == LINCE_OK && !json_is_string(value)) {
            enter(check, "words", 0);
            enter(check, key, 0);
            status = refuse(check, "\"%s\" must be a text of words parted by |.",
                            "\"%s\" debe ser un texto de palabras separadas por |.", key);
        }
    }
    return status;
}

static enum lince_status tree_check(struct check *check, json_t *tree) {
    static const struct member members[] = {
        {"$schema", "s"}, {"schema", "n"},   {"name", "s"},      {"title", "s"}, {"description", "s"}, {"extends", "s"},
        {"generic", "b"}, {"currency", "s"}, {"recognise", "o"}, {"words", "o"}, {"sections", "o"},    {"ignore", "a"},
        {"end", "a"},     {"fields", "o"},   {"examples", "a"},  {NULL, NULL}};
    if (!json_is_object(tree)) {
        return refuse(check, "a layout is a JSON object.", "una plantilla es un objeto JSON.");
    }
    enum lince_status status = members_check(check, tree, members);
    status = status == LINCE_OK ? needed_check(check, tree, "name") : status;
    status = status == LINCE_OK ? needed_check(check, tree, "fields") : status;
    if (status == LINCE_OK && !name_is_valid(json_string_value(json_object_get(tree, "name")))) {
        enter(check, "name", 0);
        status =
            refuse(check, "a name has 1 to 40 of a-z, 0-9, _ and -.", "un nombre tiene de 1 a 40 de a-z, 0-9, _ y -.");
    }
    status = status == LINCE_OK ? range_check(check, tree, "schema", 1, 1) : status;
    status = status == LINCE_OK ? recognise_check(check, tree) : status;
    status = status == LINCE_OK ? lists_check(check, tree) : status;
    return status == LINCE_OK ? fields_check(check, tree) : status;
}

enum lince_status layout_json_read(const char *source, const char *text, size_t bytes, json_t **tree,
                                   struct lince_error *error) {
    *tree = NULL;
    if (bytes > LAYOUT_BYTES_MOST) {
        return error_set(error, LINCE_ERROR_LAYOUT, "%s has %zu bytes; a layout has at most %d.",
                         "%s tiene %zu bytes; una plantilla tiene %d como mucho.", source, bytes,
                         (int)LAYOUT_BYTES_MOST);
    }
    json_error_t where;
    json_memory_was_refused();
    json_t *made = json_loadb(text, bytes, JSON_REJECT_DUPLICATES, &where);
    if (made == NULL) {
        if (json_error_code(&where) == json_error_out_of_memory || json_memory_was_refused()) {
            return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "No memory to read the layout %s.",
                             "No hay memoria para leer la plantilla %s.", source);
        }
        return error_set(error, LINCE_ERROR_LAYOUT, "%s:%d:%d: %s", "%s:%d:%d: %s", source, where.line, where.column,
                         where.text);
    }
    struct check check = {.source = source, .text = text, .bytes = bytes, .error = error};
    enum lince_status status = tree_check(&check, made);
    if (status != LINCE_OK) {
        json_decref(made);
        return status;
    }
    *tree = made;
    return LINCE_OK;
}
