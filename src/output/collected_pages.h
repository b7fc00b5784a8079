/* collected_pages.h - the first pages of a document, collected one by one until its fields are made of them. */
#ifndef LINCE_OUTPUT_COLLECTED_PAGES_H
#define LINCE_OUTPUT_COLLECTED_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "lince.h"

struct meter;
struct pages_record;

enum { UNREAD_PAGES_TOLD = 20 };

struct collected_pages {
    struct buffer pages; /* as pages_record.h takes them, with commas between them */
    size_t page_count;   /* of them, and how many of these were read */
    size_t read_count;
    bool is_full; /* there are others, which do not count */
    uint32_t unread[UNREAD_PAGES_TOLD];
    size_t unread_count;
};

void collected_pages_init(struct collected_pages *collected, struct meter *meter);

/* Adds a page's object, unless it is full. `unread`: the number of a page that could not be read; 0: it was. */
void collected_pages_add(struct collected_pages *collected, const char *page, size_t bytes, uint32_t unread);

/* Whether there is a page to make fields of, or memory was refused. */
bool collected_pages_have_any(const struct collected_pages *collected);

/* Makes the record of the pages so far (pages_record_make), once. */
enum lince_status collected_pages_record(struct collected_pages *collected, const struct lince_layouts *layouts,
                                         const char *const *names, size_t name_count, struct meter *meter,
                                         struct pages_record *made, struct lince_error *error);

/* Forgets the pages; others can be added. */
void collected_pages_clear(struct collected_pages *collected);

#endif
