/* page_parse.h - rebuilds a page from its JSON, to write it in other forms. */
#ifndef LINCE_OUTPUT_PAGE_PARSE_H
#define LINCE_OUTPUT_PAGE_PARSE_H

#include <jansson.h>

#include "lince.h"

struct meter;

/*
 * Gives the page on `meter`: sizes, turn, lines and blocks, without its warnings and timings; free it with
 * lince_page_free. JSON has all digits of a page, so every form of it has the same bytes as before. A page without
 * blocks, as versions before 0.1 wrote it, is one paragraph. DAMAGED if a member is missing or of another kind,
 * MEMORY_LIMIT.
 */
enum lince_status page_parse(const json_t *tree, struct meter *meter, struct lince_page **page,
                             struct lince_error *error);

#endif
