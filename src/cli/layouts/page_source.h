/* page_source.h - a page to work on, from an image or from the JSON of an earlier `lince read`. */
#ifndef LINCE_CLI_LAYOUTS_PAGE_SOURCE_H
#define LINCE_CLI_LAYOUTS_PAGE_SOURCE_H

#include "base/arena.h"
#include "base/meter.h"
#include "fields/record.h"

/* Gives the page in `arena`. A file that begins with a brace is JSON; the first page of an ndjson file is used. */
enum lince_status page_source_open(const char *path, struct arena *arena, struct record_page *page,
                                   struct lince_error *error);

#endif
