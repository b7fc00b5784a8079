/* json_check.c - reports what is wrong in a JSON file and where: "FILE:LINE:COLUMN: ...". */
#include "base/json_check.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "base/utf8.h"

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

/* Skips one value: a string, an object or array with its content, or a bare word. */
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

/* Moves to the step's value inside an object or array; false if it is not there. */
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
        } else if (utf8_begins(text[i])) {
            *column += 1;
        }
    }
}

enum lince_status check_refuse(const struct json_check *check, const char *english, const char *spanish, ...) {
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

static const char *fault_text(enum lince_language language, enum json_error_code code) {
    switch (code) {
    case json_error_premature_end_of_input:
        return in_language(language, "the JSON ends too early", "el JSON termina antes de tiempo");
    case json_error_end_of_input_expected:
        return in_language(language, "something follows the JSON", "hay algo después del JSON");
    case json_error_duplicate_key:
        return in_language(language, "a member is there twice", "un miembro está dos veces");
    case json_error_invalid_utf8:
        return in_language(language, "the text is not UTF-8", "el texto no está en UTF-8");
    case json_error_stack_overflow:
        return in_language(language, "the JSON is nested too deeply", "el JSON tiene demasiados niveles");
    default:
        return in_language(language, "this is not valid JSON", "esto no es JSON válido");
    }
}

enum lince_status check_load(const struct json_kind *kind, const char *source, const char *text, size_t bytes,
                             json_t **tree, struct lince_error *error) {
    json_error_t where;
    json_memory_was_refused();
    *tree = json_memory_load(text, bytes, JSON_REJECT_DUPLICATES, &where);
    if (*tree == NULL && (json_error_code(&where) == json_error_out_of_memory || json_memory_was_refused())) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory to read %s %s", "no hay memoria para leer %s %s",
                         in_language(error == NULL ? LINCE_ENGLISH : error->language, kind->english, kind->spanish),
                         source);
    }
    if (*tree == NULL) {
        return error_set(error, LINCE_ERROR_LAYOUT, "%s:%d:%d: %s", "%s:%d:%d: %s", source, where.line, where.column,
                         fault_text(error == NULL ? LINCE_ENGLISH : error->language, json_error_code(&where)));
    }
    struct json_check check = {.source = source, .text = text, .bytes = bytes, .error = error};
    enum lince_status status = kind->check(&check, *tree);
    if (status != LINCE_OK) {
        json_decref(*tree);
        *tree = NULL;
    }
    return status;
}

void check_enter(struct json_check *check, const char *key, size_t index) {
    if (check->depth < JSON_PATH_MOST) {
        check->path[check->depth] = (struct json_step){key, index};
    }
    check->depth++;
}

void check_leave(struct json_check *check) {
    check->depth--;
}

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

enum lince_status check_members(struct json_check *check, json_t *object, const struct json_member *members) {
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        const struct json_member *member = members;
        while (member->key != NULL && strcmp(member->key, key) != 0) {
            member++;
        }
        check_enter(check, key, 0);
        if (member->key == NULL) {
            return check_refuse(check, "\"%s\" is not known here; docs/layouts.md lists the names that are",
                                "aquí no se conoce \"%s\"; docs/layouts.md dice cuáles se conocen", key);
        }
        if (!kind_is(value, member->kind[0])) {
            bool spanish = check->error != NULL && check->error->language == LINCE_SPANISH;
            return check_refuse(check, "\"%s\" must be %s", "\"%s\" debe ser %s", key,
                                kind_name(member->kind[0], spanish));
        }
        check_leave(check);
    }
    return LINCE_OK;
}

enum lince_status check_needed(struct json_check *check, const json_t *object, const char *key) {
    if (json_object_get(object, key) == NULL) {
        return check_refuse(check, "\"%s\" is missing", "falta \"%s\"", key);
    }
    return LINCE_OK;
}

enum lince_status check_one_of(struct json_check *check, const char *value, const char *const *names) {
    char all[240] = "";
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(names[i], value) == 0) {
            return LINCE_OK;
        }
        snprintf(all + strlen(all), sizeof all - strlen(all), "%s%s", i == 0 ? "" : ", ", names[i]);
    }
    return check_refuse(check, "\"%.40s\" is none of: %s", "\"%.40s\" no es ninguno de: %s", value, all);
}

enum lince_status check_range(struct json_check *check, const json_t *object, const char *key, double least,
                              double most) {
    json_t *value = json_object_get(object, key);
    if (value == NULL) {
        return LINCE_OK;
    }
    double number = json_number_value(value);
    check_enter(check, key, 0);
    if (!(number >= least && number <= most)) {
        return check_refuse(check, "\"%s\" is %g; it must be from %g to %g", "\"%s\" es %g; debe ir de %g a %g", key,
                            number, least, most);
    }
    check_leave(check);
    return LINCE_OK;
}
