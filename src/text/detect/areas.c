/*
 * areas.c - turns cells with small letters and their neighbours into rectangles, and joins these where that costs no
 * more.
 */
#include "text/detect/areas.h"

#include <math.h>

#include "base/arena.h"
#include "text/detect/letters.h"

/*
 * In map pixels: smaller letters are not found reliably; letters of the second height are found with a margin.
 * docs/notes/2026-11-speed.md has the figures behind both.
 */
static const double SMALL_HEIGHT_PX = 3.5, WANTED_HEIGHT_PX = 4.5;

/* The same for letters lighter than their paper, as on dark forms: the detector misses more of these. */
static const double SMALL_LIGHT_PX = 4.5, WANTED_LIGHT_PX = 5.5;

/* Scales this close to one map pixel per page pixel become exactly one, so that nothing is resampled. */
static const double SHARP_LEAST = 0.95, SHARP_MOST = 1.05;

/* A cell counts as legible at this share of the scale that it needs. */
static const double LEGIBLE_SHARE = 0.75;

/* Map pixels that a window adds to each side of an area. */
static const double BORDER_PX = 96.0;

/* Two areas are joined if that costs at most this many times as much. */
static const double JOINT_COST = 1.1;

double areas_small_px(double scale, bool is_light) {
    return (is_light ? SMALL_LIGHT_PX : SMALL_HEIGHT_PX) / scale;
}

double areas_scale_near(double scale) {
    if (scale <= SHARP_LEAST || scale >= SHARP_MOST) {
        return scale;
    }
    return scale < 1.0 ? SHARP_LEAST : SHARP_MOST;
}

/* The scale that the small letters of a cell need; 0 if it has none. */
static double wanted_scale(const struct letters *letters, size_t cell) {
    uint8_t height = letters->heights[cell];
    double wanted_px = letters->light[cell] ? WANTED_LIGHT_PX : WANTED_HEIGHT_PX;
    return letters_are_small(height) ? areas_scale_near(fmin(wanted_px / height, AREAS_MOST_SCALE)) : 0.0;
}

/* The scale that the letters of a cell need, or those of the cells around it, into which its lines continue. */
static double cell_scale(const struct letters *letters, uint32_t column, uint32_t row) {
    size_t own = (size_t)row * letters->columns + column;
    double scale = wanted_scale(letters, own);
    if (letters->heights[own] < LETTERS_FINE) {
        return scale;
    }
    for (uint32_t y = row > 0 ? row - 1 : 0; y <= row + 1 && y < letters->rows; y++) {
        for (uint32_t x = column > 0 ? column - 1 : 0; x <= column + 1 && x < letters->columns; x++) {
            scale = fmax(scale, wanted_scale(letters, (size_t)y * letters->columns + x));
        }
    }
    return scale;
}

static double cost_of(const struct area *area) {
    double width = (area->x1 - area->x0) * area->scale, height = (area->y1 - area->y0) * area->scale;
    return (width + BORDER_PX) * (height + BORDER_PX);
}

static struct area area_around(const struct area *a, const struct area *b) {
    return (struct area){a->x0 < b->x0 ? a->x0 : b->x0, a->y0 < b->y0 ? a->y0 : b->y0, a->x1 > b->x1 ? a->x1 : b->x1,
                         a->y1 > b->y1 ? a->y1 : b->y1, fmax(a->scale, b->scale)};
}

/* Joins pairs as long as processing them together costs no more. */
static void areas_join(struct areas *areas, double most_cost) {
    for (size_t i = 0; i < areas->count; i++) {
        for (size_t k = i + 1; k < areas->count; k++) {
            struct area joint = area_around(&areas->items[i], &areas->items[k]);
            if (cost_of(&joint) <= most_cost * (cost_of(&areas->items[i]) + cost_of(&areas->items[k]))) {
                areas->items[i] = joint;
                areas->items[k] = areas->items[--areas->count];
                k = i; /* it may now reach earlier ones */
            }
        }
    }
}

/* Extends an area of the same columns downwards, or adds a new one. */
static void areas_add(struct areas *areas, struct area next) {
    for (size_t i = 0; i < areas->count; i++) {
        struct area *area = &areas->items[i];
        if (area->x0 == next.x0 && area->x1 == next.x1 && area->y1 == next.y0) {
            area->y1 = next.y1;
            area->scale = fmax(area->scale, next.scale);
            return;
        }
    }
    for (double cost = JOINT_COST; areas->count == AREAS_LIMIT; cost *= 2.0) {
        areas_join(areas, cost);
    }
    areas->items[areas->count++] = next;
}

static void areas_gather(struct areas *areas, const struct letters *letters, const double *scales, uint32_t width_px,
                         uint32_t height_px) {
    for (uint32_t row = 0; row < letters->rows; row++) {
        const double *cells = scales + (size_t)row * letters->columns;
        for (uint32_t column = 0; column < letters->columns; column++) {
            uint32_t from = column;
            double scale = 0.0;
            for (; column < letters->columns && cells[column] > 0.0; column++) {
                scale = fmax(scale, cells[column]);
            }
            if (column > from) {
                uint32_t until = column * letters->cell_px, below = (row + 1) * letters->cell_px;
                areas_add(areas, (struct area){from * letters->cell_px, row * letters->cell_px,
                                               until < width_px ? until : width_px,
                                               below < height_px ? below : height_px, scale});
            }
        }
    }
    areas_join(areas, JOINT_COST);
}

static void coverage_find(struct areas *areas, const struct letters *letters, double most_scale) {
    uint32_t legible_count = 0, count = 0, sum_px = 0;
    areas->smallest_px = 0;
    for (uint32_t i = 0; i < letters->columns * letters->rows; i++) {
        uint8_t height = letters->heights[i];
        if (letters_are_small(height)) {
            bool is_legible = most_scale >= LEGIBLE_SHARE * wanted_scale(letters, i);
            legible_count += is_legible;
            sum_px += is_legible ? 0 : height;
            count++;
            areas->smallest_px = areas->smallest_px == 0 || height < areas->smallest_px ? height : areas->smallest_px;
        }
    }
    areas->coverage = count == 0 ? 1.0 : (double)legible_count / count;
    areas->letter_px = legible_count == count ? 0 : (sum_px + (count - legible_count) / 2) / (count - legible_count);
}

/* Sorts the finest last. */
static void areas_sort(struct areas *areas) {
    for (size_t i = 1; i < areas->count; i++) {
        struct area area = areas->items[i];
        size_t at = i;
        for (; at > 0 && areas->items[at - 1].scale > area.scale; at--) {
            areas->items[at] = areas->items[at - 1];
        }
        areas->items[at] = area;
    }
    areas->finest = areas->count == 0 ? 0.0 : areas->items[areas->count - 1].scale;
}

bool areas_find(const struct letters *letters, uint32_t width_px, uint32_t height_px, double scale, double most_scale,
                struct arena *arena, struct areas *areas) {
    struct arena_mark mark = arena_mark(arena);
    areas->count = 0;
    double *scales = arena_allocate_zero(arena, (size_t)letters->columns * letters->rows, sizeof *scales);
    if (scales == NULL) {
        return false;
    }
    size_t cell = 0;
    for (uint32_t row = 0; row < letters->rows; row++) {
        for (uint32_t column = 0; column < letters->columns; column++) {
            double wanted = fmin(cell_scale(letters, column, row), most_scale);
            scales[cell++] = wanted > scale ? wanted : 0.0;
        }
    }
    areas_gather(areas, letters, scales, width_px, height_px);
    areas_sort(areas);
    coverage_find(areas, letters, fmax(scale, most_scale));
    arena_rewind(arena, mark);
    return true;
}

double areas_scale_at(const struct areas *areas, double scale, double x, double y) {
    for (size_t i = 0; i < areas->count; i++) {
        const struct area *area = &areas->items[i];
        if (x >= area->x0 && x < area->x1 && y >= area->y0 && y < area->y1) {
            scale = fmax(scale, area->scale);
        }
    }
    return scale;
}
