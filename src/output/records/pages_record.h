/*
 * pages_record.h - the fields of a document with several pages, such as an invoice that continues on its second page:
 * the same in the program and in the service.
 */
#ifndef LINCE_OUTPUT_RECORDS_PAGES_RECORD_H
#define LINCE_OUTPUT_RECORDS_PAGES_RECORD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "fields/pages/long_page.h"
#include "lince.h"

struct json_writer;
struct meter;

struct pages_record {
    struct lince_record *record; /* of all pages; NULL: they are several receipts, or it could not be made */
    const uint32_t *unread;      /* borrowed: pages that could not be read, further reasons for review */
    size_t unread_count;
    size_t fields_pages; /* as of struct record_of_pages; made with the record */
    size_t fields_last_pages;
    struct buffer stack;    /* of several receipts: the record of the first one, as JSON */
    struct long_page pages; /* where the record's lines are */
    struct arena arena;     /* owns the pages */
};

/*
 * Zero `made` but for its unread pages. `pages` is a JSON array of pages, each with width, height, lines, codes, its
 * number as "page", and its own "record"; failed ones, with an "error", are skipped. A null between the first and the
 * last pages stands for those that were left out. The lines of all pages are read as one long page, or of so many first
 * and last ones as it has room for. If the pages before the null are several receipts, according to their references,
 * the fields are those of the first, and a reason for review says so; each page keeps its own. Free `made` whatever is
 * returned. DAMAGED, MEMORY_LIMIT, ARGUMENT.
 */
enum lince_status pages_record_make(const struct lince_layouts *layouts, const char *const *names, size_t name_count,
                                    const char *pages, size_t pages_bytes, struct meter *meter,
                                    struct pages_record *made, struct lince_error *error);
/* Whether such pages are several receipts. DAMAGED, MEMORY_LIMIT. */
enum lince_status pages_record_is_stack(const char *pages, size_t pages_bytes, struct meter *meter, bool *is_stack,
                                        struct lince_error *error);
void pages_record_free(struct pages_record *made);

/* Appends the record as an object, in which a field also has its page, from 1. */
void pages_record_object(const struct pages_record *made, struct buffer *buffer);

#endif
