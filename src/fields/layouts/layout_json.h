/* layout_json.h - a layout file as a JSON tree, with errors that name the line and the column. */
#ifndef LINCE_FIELDS_LAYOUTS_LAYOUT_JSON_H
#define LINCE_FIELDS_LAYOUTS_LAYOUT_JSON_H

#include <jansson.h>
#include <stddef.h>

#include "base/json_check.h"
#include "lince.h"

enum { LAYOUT_BYTES_MOST = 1 << 20 };

/*
 * Parses and checks one layout's text. `source` names it in messages: "FILE:LINE:COLUMN: ...". Gives the tree in
 * `*tree`; free it with json_decref. Ignores parents.
 */
enum lince_status layout_json_read(const char *source, const char *text, size_t bytes, json_t **tree,
                                   struct lince_error *error);

#endif
