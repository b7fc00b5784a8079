/* comb_strokes.h - thin upright strokes that end on a level rule, of a page whose rules are dark or light. */
#ifndef LINCE_TEXT_DETECT_COMB_STROKES_H
#define LINCE_TEXT_DETECT_COMB_STROKES_H

#include <stdbool.h>

#include "text/detect/view.h"

struct arena;

/* What is darker than both sides, this far away, by this much, is a stroke. */
enum { STROKE_ASIDE = 4, STROKE_STEP = 24 };

/* The level rule is within so many rows of the end of a stroke; and the columns of one stroke. */
enum { BASE_ROWS = 5, SAME_PX = 4 };

struct upright {
    uint16_t x, top, base; /* of the grid; the rows top to base */
};

struct comb_page {
    struct view view;
    struct view_grid grid;
    uint32_t step_px;
    uint8_t flip;         /* of the bits of a brightness: all of them if the rules are light on dark */
    uint8_t *line, *mask; /* one row */
    uint16_t *tops, *lasts;
    struct upright *uprights;
    size_t count;
};

/* The brightness of a pixel of the grid, as if the rules were dark. */
static inline int comb_brightness(const struct comb_page *page, uint32_t x, uint32_t y) {
    return *view_green(&page->grid, x, y) ^ page->flip;
}

/* Opens the page in `arena`; it has no strokes yet. False when the arena is refused. */
bool comb_page_open(struct image *image, unsigned turn, struct arena *arena, struct comb_page *page);

/* Whether light strokes on dark are possible: a part of the page is dark. */
bool comb_page_has_dark(const struct comb_page *page);

/* Finds the strokes, sorted from left to right: dark ones, or `are_light`. */
void comb_strokes_find(struct comb_page *page, bool are_light);

/* Whether there is a level rule at a pixel of the grid. */
bool comb_rule_at(const struct comb_page *page, int x, int y);

#endif
