/* pages_now.h - the pages of a file that is read for a waiting client and is not stored, with their fields. */
#ifndef LINCE_SERVE_V1_NOW_PAGES_NOW_H
#define LINCE_SERVE_V1_NOW_PAGES_NOW_H

#include "serve/http/request.h"

struct pages_way;

/* Another way than JSON: "ndjson", "csv", "xlsx"; or the first one that `accept` (may be NULL) names. NULL: none. */
const struct pages_way *pages_now_find(const char *name);
const struct pages_way *pages_now_accepted(const char *accept);

/*
 * Takes the answer to the first of these pages of the uploaded file, and asks for the others: all, or one (`is_one`).
 * The answer to the client has each page, or why it could not be read, and the fields of the document. `way` NULL: as
 * JSON.
 */
void pages_now_begin(struct request *request, const struct pages_way *way, bool is_one);
/* Continues what pages_now_begin began; false if nothing was begun. */
bool pages_now_goes_on(struct request *request);

#endif
