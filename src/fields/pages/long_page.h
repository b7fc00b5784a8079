/*
 * long_page.h - the pages of a document one below another, as one page for extraction: an invoice may continue on its
 * second page.
 */
#ifndef LINCE_FIELDS_PAGES_LONG_PAGE_H
#define LINCE_FIELDS_PAGES_LONG_PAGE_H

#include <stddef.h>
#include <stdint.h>

#include "fields/record.h"

/* Where a page is on the long one. */
struct long_page_part {
    uint32_t number;   /* from 1 on */
    size_t first_line; /* of all lines */
    double top_px, height_px;
};

struct long_page {
    struct record_page whole; /* its width is that of the widest page */
    struct long_page_part *parts;
    size_t part_count;
};

/* Room for `parts_most` pages in `arena`, which owns everything. MEMORY_LIMIT. */
enum lince_status long_page_begin(struct arena *arena, size_t parts_most, struct long_page *page,
                                  struct lince_error *error);

/* Puts a page below the others. Texts are borrowed from it. MEMORY_LIMIT. */
enum lince_status long_page_append(struct arena *arena, const struct record_page *page, uint32_t number,
                                   struct long_page *whole, struct lince_error *error);

#endif
