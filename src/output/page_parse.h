/* page_parse.h - a page again out of the JSON that it was written as, for other forms of it. */
#ifndef LINCE_OUTPUT_PAGE_PARSE_H
#define LINCE_OUTPUT_PAGE_PARSE_H

#include <jansson.h>

#include "lince.h"

struct meter;

/*
 * Gives the page (free with lince_page_free) on `meter`: sizes, turn, lines and blocks; not its warnings and timings.
 * Since JSON has all digits that a page has, every form of it is the same bytes as before. A page without blocks, as
 * versions before 0.1 wrote it, is one paragraph. DAMAGED where a member is missing or of another kind, MEMORY_LIMIT.
 */
enum lince_status page_parse(const json_t *tree, struct meter *meter, struct lince_page **page,
                             struct lince_error *error);

#endif
