/*
 * collected_pages.h - the first and the last pages of a document, collected one by one until its fields are made of
 * them.
 */
#ifndef LINCE_OUTPUT_COLLECTED_PAGES_H
#define LINCE_OUTPUT_COLLECTED_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "fields/pages/end_pages.h"
#include "lince.h"

struct meter;
struct pages_record;

enum { UNREAD_PAGES_TOLD = 20 };

struct collected_page {
    size_t bytes;
    bool is_read;
};

struct collected_pages {
    struct buffer first, last; /* the pages as pages_record.h takes them, with commas between them */
    size_t first_count, last_count;
    struct collected_page last_pages[RECORD_LAST_PAGES_MOST + 1]; /* and room for the one that comes */
    bool first_is_full;
    bool has_gap;      /* pages between the first and the last ones were left out */
    size_t read_count; /* of those kept */
    uint32_t unread[UNREAD_PAGES_TOLD];
    size_t unread_count;
};

void collected_pages_init(struct collected_pages *collected, struct meter *meter);

/*
 * Adds a page's object; of those behind the first pages the oldest ones make room for it. Returns how many did.
 * `unread`: the number of a page that could not be read; 0: it was.
 */
size_t collected_pages_add(struct collected_pages *collected, const char *page, size_t bytes, uint32_t unread);

/* Whether there is a page to make fields of, or memory was refused. */
bool collected_pages_have_any(const struct collected_pages *collected);

/* Whether the first pages are several receipts (pages_record_is_stack). */
enum lince_status collected_pages_are_stack(struct collected_pages *collected, struct meter *meter, bool *is_stack,
                                            struct lince_error *error);

/* Gives the pages so far as pages_record.h takes them, once. Borrows them. False without memory. */
bool collected_pages_join(struct collected_pages *collected, const char **joined, size_t *bytes);

/* Makes the record of the pages so far (pages_record_make), once. */
enum lince_status collected_pages_record(struct collected_pages *collected, const struct lince_layouts *layouts,
                                         const char *const *names, size_t name_count, struct meter *meter,
                                         struct pages_record *made, struct lince_error *error);

/* Forgets the pages; others can be added. */
void collected_pages_clear(struct collected_pages *collected);

#endif
