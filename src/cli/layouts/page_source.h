/* page_source.h - a page to work on, from an image (read now) or from JSON that `lince read` wrote before. */
#ifndef LINCE_CLI_LAYOUTS_PAGE_SOURCE_H
#define LINCE_CLI_LAYOUTS_PAGE_SOURCE_H

#include "base/arena.h"
#include "base/meter.h"
#include "fields/record.h"

/* Gives the page in `arena`. JSON begins with a brace: the first page of an ndjson file counts. */
enum lince_status page_source_open(const char *path, struct arena *arena, struct record_page *page,
                                   struct lince_error *error);

#endif
