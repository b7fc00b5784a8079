/* comb_paint.c - each stretch of a rule gets a blend of what is on both sides of it. */
#include "text/detect/comb_paint.h"

#include <math.h>

/* A level rule is looked for within so many rows. */
enum { NEAR_ROWS = 3 };

/* How far from where two cells meet a stroke is no letter's, of a cell. */
static const double STROKE_SHARE = 0.3;

/* The image is painted over through the view. */
static uint8_t *pixel_at(const struct view_grid *grid, uint32_t x, uint32_t y) {
    return (uint8_t *)(uintptr_t)view_pixel(grid, x, y);
}

/* A stretch from (x, y) on, down or across, as far as it is within the page and has pixels around it. */
static void stretch_erase(const struct view_grid *fine, double x, double y, double length, bool is_down) {
    double place = is_down ? y : x, limit = is_down ? fine->height : fine->width;
    double aside = is_down ? x : y, aside_limit = is_down ? fine->width : fine->height;
    double from = fmax(floor(place), 1.0), until = fmin(ceil(place + length), limit - 1.0);
    if (aside < 0.0 || aside >= aside_limit || until <= from) {
        return;
    }
    uint8_t *first = pixel_at(fine, (uint32_t)(is_down ? x : from), (uint32_t)(is_down ? from : y));
    ptrdiff_t step_bytes = is_down ? fine->down_bytes : fine->across_bytes;
    size_t count = (size_t)(until - from);
    view_pixels_blend(first, step_bytes, count, first - step_bytes, first + (ptrdiff_t)count * step_bytes);
}

/* The rows of the level rule nearest to a row of the grid, with what is grey around them. */
static void column_paint(const struct comb_page *page, const struct view_grid *fine, int x, double row) {
    int middle = (int)row, away = 0, found = -1;
    for (; away <= NEAR_ROWS && found < 0; away++) {
        found = comb_rule_at(page, x, middle - away) ? middle - away : found;
        found = comb_rule_at(page, x, middle + away) ? middle + away : found;
    }
    int first = found, last = found;
    while (found >= 0 && found - first < BASE_ROWS && comb_rule_at(page, x, first - 1)) {
        first--;
    }
    while (found >= 0 && last - found < BASE_ROWS && comb_rule_at(page, x, last + 1)) {
        last++;
    }
    int step = (int)page->step_px;
    for (int i = 0; found >= 0 && i < step; i++) {
        stretch_erase(fine, x * step + i, (first - 1.0) * step, (last - first + 3.0) * step, true);
    }
}

void comb_paint_level(const struct comb_page *page, struct lince_point from, struct lince_point until) {
    struct view_grid fine = view_grid(&page->view, 1);
    for (int x = (int)from.x - SAME_PX; x <= (int)until.x + SAME_PX; x++) {
        double share = (x - from.x) / (until.x - from.x);
        column_paint(page, &fine, x, from.y + share * (until.y - from.y));
    }
}

void comb_paint_uprights(const struct comb_page *page, const struct comb *comb) {
    struct view_grid fine = view_grid(&page->view, 1);
    double step = page->step_px, slope = (comb->right.y - comb->left.y) / (comb->right.x - comb->left.x);
    for (size_t i = 0; i < page->count; i++) {
        const struct upright *upright = &page->uprights[i];
        double x = upright->x * step, base = upright->base * step, cells = (x - comb->left.x) / comb->pitch_px;
        if (x < comb->left.x - SAME_PX * step || x > comb->right.x + SAME_PX * step ||
            fabs(cells - round(cells)) > STROKE_SHARE ||
            fabs(comb->left.y + slope * (x - comb->left.x) - base) > (COMB_CLEAN_PX + 1.0) * step) {
            continue;
        }
        for (int y = (int)(base - comb->height_px - 2.0 * step); y < (int)(base + BASE_ROWS * step); y++) {
            stretch_erase(&fine, x - 2.0 * step, y, 5.0 * step, false);
        }
    }
}
