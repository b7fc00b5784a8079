/* json_check.h - checks a JSON file of data and reports errors with line and column. */
#ifndef LINCE_BASE_JSON_CHECK_H
#define LINCE_BASE_JSON_CHECK_H

#include <jansson.h>
#include <stddef.h>

#include "lince.h"

/* A step into a tree: a key, or an index if the key is NULL. */
struct json_step {
    const char *key;
    size_t index;
};

/* Line and column, from 1, of the value at the end of the path in well-formed JSON text. */
void json_place(const char *text, size_t bytes, const struct json_step *path, size_t depth, size_t *line,
                size_t *column);

enum { JSON_PATH_MOST = 8 };

struct json_check {
    const char *source, *text;
    size_t bytes;
    struct json_step path[JSON_PATH_MOST];
    size_t depth;
    struct lince_error *error;
};

struct json_member {
    const char *key;
    const char *kind; /* s string, b boolean, n number, a array, o object */
};

/* A kind of file, and the check of its tree. */
struct json_kind {
    const char *english, *spanish; /* what was being read, before the file's name: "the layout", "la plantilla" */
    enum lince_status (*check)(struct json_check *check, json_t *tree);
};

/*
 * Parses and checks a text. Gives the tree (json_decref it), or NULL after a failure: MEMORY_LIMIT, or LAYOUT with the
 * place.
 */
enum lince_status check_load(const struct json_kind *kind, const char *source, const char *text, size_t bytes,
                             json_t **tree, struct lince_error *error);

/* Fails with the reason in both languages and the place that the path leads to. */
enum lince_status check_refuse(const struct json_check *check, const char *english, const char *spanish, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* Steps into a member, or into an item if the key is NULL; and back. */
void check_enter(struct json_check *check, const char *key, size_t index);
void check_leave(struct json_check *check);

/* Checks that every key is known and its value is of its kind. */
enum lince_status check_members(struct json_check *check, json_t *object, const struct json_member *members);
enum lince_status check_needed(struct json_check *check, const json_t *object, const char *key);
/* `names` ends with NULL. */
enum lince_status check_one_of(struct json_check *check, const char *value, const char *const *names);
enum lince_status check_range(struct json_check *check, const json_t *object, const char *key, double least,
                              double most);

#endif
