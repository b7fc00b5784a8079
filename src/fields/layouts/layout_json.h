/* layout_json.h - a layout file as a JSON tree, with errors that name the line and the column. */
#ifndef LINCE_FIELDS_LAYOUTS_LAYOUT_JSON_H
#define LINCE_FIELDS_LAYOUTS_LAYOUT_JSON_H

#include <jansson.h>
#include <stddef.h>

#include "lince.h"

enum { LAYOUT_BYTES_MOST = 1 << 20 };

/* A step into a tree: a key, or an index where the key is NULL. */
struct json_step {
    const char *key;
    size_t index;
};

/* Line and column, from 1, of the value at the end of the path in a well-formed JSON text. */
void json_place(const char *text, size_t bytes, const struct json_step *path, size_t depth, size_t *line,
                size_t *column);

/*
 * Parses and validates one layout's text. `source` names it in messages: "FILE:LINE:COLUMN: ...". Gives the tree in
 * `*tree` (json_decref). Parents are not looked at.
 */
enum lince_status layout_json_read(const char *source, const char *text, size_t bytes, json_t **tree,
                                   struct lince_error *error);

#endif
