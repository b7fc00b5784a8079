/* comb_strokes.c - follows thin dark columns from row to row, and keeps those that end on a level rule. */
#include "text/detect/comb_strokes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* Of larger images not every pixel is looked at. */
static const double GRID_AREA = 10.0e6;

/* An upright stroke, with gaps in it. */
enum { LEAST_LENGTH = 8, MOST_LENGTH = 240, GAP_ROWS = 2 };

/* Where a stroke ends the level rule goes on for so many columns on one side. */
enum { BASE_COLUMNS = 8 };

enum { UPRIGHTS_LIMIT = 4096 };

/* Every so many pixels are looked at for a dark ground, and this share of them is dark. */
enum { DARK_STRIDE = 16, DARK_BELOW = 112 };
static const double DARK_SHARE = 0.04;

bool comb_page_open(struct image *image, unsigned turn, struct arena *arena, struct comb_page *page) {
    *page = (struct comb_page){.view = view_of(image, turn)};
    page->step_px = (uint32_t)ceil(sqrt((double)image->width_px * image->height_px / GRID_AREA));
    page->grid = view_grid(&page->view, page->step_px);
    page->line = arena_allocate(arena, page->grid.width);
    page->mask = arena_allocate_zero(arena, page->grid.width, 1);
    page->tops = arena_allocate_zero(arena, page->grid.width, sizeof *page->tops);
    page->lasts = arena_allocate_zero(arena, page->grid.width, sizeof *page->lasts);
    page->uprights = arena_allocate(arena, UPRIGHTS_LIMIT * sizeof *page->uprights);
    return page->line != NULL && page->mask != NULL && page->tops != NULL && page->lasts != NULL &&
           page->uprights != NULL;
}

bool comb_page_has_dark(const struct comb_page *page) {
    size_t dark = 0, count = 0;
    for (uint32_t y = DARK_STRIDE / 2; y < page->grid.height; y += DARK_STRIDE) {
        for (uint32_t x = DARK_STRIDE / 2; x < page->grid.width; x += DARK_STRIDE, count++) {
            dark += *view_green(&page->grid, x, y) < DARK_BELOW;
        }
    }
    return (double)dark >= DARK_SHARE * (double)count;
}

/* Whether a pixel is darker than one of those 2 to STROKE_ASIDE rows above or below: letters may stand close by. */
static bool is_darker_than(const struct comb_page *page, int own, int x, int y, int way) {
    for (int away = 2; away <= STROKE_ASIDE; away++) {
        if (own < comb_brightness(page, (uint32_t)x, (uint32_t)(y + way * away))) {
            return true;
        }
    }
    return false;
}

bool comb_rule_at(const struct comb_page *page, int x, int y) {
    if (x < 0 || x >= (int)page->grid.width || y < STROKE_ASIDE || y + STROKE_ASIDE >= (int)page->grid.height) {
        return false;
    }
    int own = comb_brightness(page, (uint32_t)x, (uint32_t)y) + STROKE_STEP;
    return is_darker_than(page, own, x, y, -1) && is_darker_than(page, own, x, y, 1);
}

/* Whether a level rule goes on from the column to the left (-1) or right (1), in one of the rows from `y` on. */
static bool goes_on(const struct comb_page *page, int x, int y, int way) {
    for (int row = y; row < y + BASE_ROWS; row++) {
        int seen = 0;
        for (int i = 0; i < BASE_COLUMNS; i++) {
            seen += comb_rule_at(page, x + way * (STROKE_ASIDE + i), row);
        }
        if (seen >= BASE_COLUMNS - 1) {
            return true;
        }
    }
    return false;
}

static void upright_take(struct comb_page *page, uint32_t x, uint32_t top, uint32_t last) {
    uint32_t length = last - top + 1;
    if (length >= LEAST_LENGTH && length <= MOST_LENGTH && page->count < UPRIGHTS_LIMIT &&
        (goes_on(page, (int)x, (int)last - 1, 1) || goes_on(page, (int)x, (int)last - 1, -1))) {
        page->uprights[page->count++] = (struct upright){(uint16_t)x, (uint16_t)top, (uint16_t)last};
    }
}

/* 1 where a pixel is darker by a step than one of those 2 and 3 to its left, and than one of those to its right. */
static void mask_fill(const uint8_t *restrict line, uint8_t *restrict mask, uint32_t width) {
    for (uint32_t x = STROKE_ASIDE; x + STROKE_ASIDE < width; x++) {
        const uint8_t *at = line + x;
        uint8_t left = at[-2] > at[-3] ? at[-2] : at[-3], right = at[2] > at[3] ? at[2] : at[3];
        uint8_t aside = left < right ? left : right;
        mask[x] = (uint8_t)(aside > *at ? aside - *at : 0) > STROKE_STEP;
    }
}

static void row_scan(struct comb_page *page, uint32_t y) {
    const struct view_grid *grid = &page->grid;
    const uint8_t *pixel = view_green(grid, 0, y);
    for (uint32_t x = 0; x < grid->width; x++, pixel += grid->across_bytes) {
        page->line[x] = *pixel ^ page->flip;
    }
    mask_fill(page->line, page->mask, grid->width);
    const uint8_t *end = page->mask + grid->width - STROKE_ASIDE;
    for (const uint8_t *at = page->mask + STROKE_ASIDE; at < end && (at = memchr(at, 1, (size_t)(end - at))) != NULL;
         at++) {
        size_t x = (size_t)(at - page->mask);
        if (page->lasts[x] + GAP_ROWS + 1u < y || page->lasts[x] == 0) {
            upright_take(page, (uint32_t)x, page->tops[x], page->lasts[x]);
            page->tops[x] = (uint16_t)y;
        }
        page->lasts[x] = (uint16_t)y;
    }
}

static int uprights_compare(const void *a, const void *b) {
    const struct upright *one = a, *other = b;
    return one->x != other->x ? one->x - other->x : one->base - other->base;
}

void comb_strokes_find(struct comb_page *page, bool are_light) {
    page->flip = are_light ? UINT8_MAX : 0;
    page->count = 0;
    memset(page->mask, 0, page->grid.width);
    memset(page->tops, 0, page->grid.width * sizeof *page->tops);
    memset(page->lasts, 0, page->grid.width * sizeof *page->lasts);
    for (uint32_t y = 1; y < page->grid.height; y++) {
        row_scan(page, y);
    }
    for (uint32_t x = STROKE_ASIDE; x + STROKE_ASIDE < page->grid.width; x++) {
        upright_take(page, x, page->tops[x], page->lasts[x]);
    }
    qsort(page->uprights, page->count, sizeof *page->uprights, uprights_compare);
}
