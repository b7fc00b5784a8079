/*
 * record_over_pages.h - the fields of a document with several pages, such as an invoice that continues on its second
 * page.
 */
#ifndef LINCE_WORKER_RECORD_OVER_PAGES_H
#define LINCE_WORKER_RECORD_OVER_PAGES_H

#include "lince.h"

struct buffer;
struct meter;

/*
 * Appends {"page": {}, "record": ...} to `body`, in which a field also has its page, from 1. `pages` is a JSON array of
 * the first pages, each with its own record; failed ones are skipped. The lines of all pages are read as one long page.
 * If the pages are several receipts, according to their references, the fields are those of the first, and a reason for
 * review says so; each page keeps its own. DAMAGED, MEMORY_LIMIT, ARGUMENT.
 */
enum lince_status record_over_pages(const struct lince_layouts *layouts, const char *const *names, size_t name_count,
                                    const char *pages, size_t pages_bytes, struct meter *meter, struct buffer *body,
                                    struct lince_error *error);

#endif
