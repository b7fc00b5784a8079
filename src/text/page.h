/*
 * page.h - what a page is inside: its lines and figures, all in an arena of its own.
 */
#ifndef LINCE_TEXT_PAGE_H
#define LINCE_TEXT_PAGE_H

#include <stdbool.h>

#include "base/arena.h"
#include "lince.h"
#include "text/lines.h"

struct lince_page {
    struct arena arena; /* owns everything below, and this struct's own memory is on its meter */
    uint32_t width_px, height_px, rotation, turn; /* degrees clockwise */
    struct line_list lines;
    const char *text;
    struct lince_timings timings;
    uint64_t peak_bytes;
};

/* Gives an empty page on `meter` (free with lince_page_free); its arena takes `block_bytes` at a time. MEMORY_LIMIT. */
enum lince_status page_open(struct meter *meter, size_t block_bytes, struct lince_page **page,
                            struct lince_error *error);

/* Takes the lines from pixels of the working image to pixels of the source, within its edges. */
void page_to_source(struct lince_page *page, const struct image *image);

/* Joins the lines' texts into the page's; false when the arena is refused. */
bool page_join_text(struct lince_page *page);

#endif
