/* page_json.h - a page of lines from JSON, as `lince read -f ndjson` writes it and as layouts' examples contain it. */
#ifndef LINCE_FIELDS_PAGE_JSON_H
#define LINCE_FIELDS_PAGE_JSON_H

#include <jansson.h>

#include "fields/record.h"

struct arena;

/*
 * Members used: width, height, lines: [{text, box: [x0, y0, x1, y1], confidence?, words?: [{text, box, confidence?}]}],
 * codes?: [{kind, content, box}].
 * Everything goes to the arena; `tree` may be freed afterwards. LINCE_ERROR_DAMAGED if a member is missing or of
 * another kind, LINCE_ERROR_MEMORY_LIMIT.
 */
enum lince_status page_json_read(struct arena *arena, const json_t *tree, struct record_page *page,
                                 struct lince_error *error);

/*
 * The lines of such a page as a record takes them. Letters are of no use for it, and only so much JSON of a document is
 * kept. The caller owns the array; json_memory_was_refused tells whether it is whole.
 */
json_t *page_json_lines_without_letters(const json_t *lines);

#endif
