/*
 * page.h - what a page is inside: its lines and figures, all in an arena of its own.
 */
#ifndef LINCE_TEXT_PAGE_H
#define LINCE_TEXT_PAGE_H

#include "base/arena.h"
#include "lince.h"
#include "text/lines.h"

struct lince_page {
    struct arena arena; /* owns everything below, and this struct's own memory is on its meter */
    uint32_t width_px, height_px, rotation;
    struct line_list lines;
    const char *text;
    struct lince_timings timings;
    uint64_t peak_bytes;
};

#endif
