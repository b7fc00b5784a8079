/*
 * cell_shapes.c - tells ink from the commonest level, and joins its runs.
 *
 * Source of the labelling: runs of pixels joined by union-find, as in components.c, within one cell.
 */
#include "text/detect/cells/cell_shapes.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/level_counts.h"
#include "image/common/channel_ranges.h"
#include "text/detect/roots.h"

enum { MOST_RUNS = (CELL_MOST_PX + CELL_MOST_MARGIN_PX) / 2 + 1 }; /* of a row */

/* Of the way from the paper to the level farthest from it. */
static const double INK_SHARE = 0.4;

/* A rule is thin, and at least so many times as long as it climbs. */
enum { RULE_MOST_PX = 5, RULE_RATIO = 2 };

struct channel {
    uint8_t least, most;
};

/* The channel that changes most, since colours of the same brightness differ too. */
static uint32_t channel_of(const struct view_grid *grid, const uint8_t *first, const struct cell *cell,
                           struct channel *range) {
    struct pixel_block own = {first, grid->across_bytes, grid->down_bytes, cell->own_width, cell->own_height};
    struct channel_ranges ranges = channel_ranges_of(&own);
    uint32_t best = 1;
    for (uint32_t c = 0; c < 3; c++) {
        best = ranges.most[c] - ranges.least[c] > ranges.most[best] - ranges.least[best] ? c : best;
    }
    *range = (struct channel){ranges.least[best], ranges.most[best]};
    return best;
}

/* Distances from the level of the paper, of what is farther from it than the border; 0 for all else. */
static void darker_keep(uint8_t *pixels, size_t count, uint8_t level, uint8_t border) {
    for (size_t i = 0; i < count; i++) {
        uint8_t own = pixels[i], distance = level > own ? (uint8_t)(level - own) : 0;
        pixels[i] = distance > border ? distance : 0;
    }
}

static void lighter_keep(uint8_t *pixels, size_t count, uint8_t level, uint8_t border) {
    for (size_t i = 0; i < count; i++) {
        uint8_t own = pixels[i], distance = own > level ? (uint8_t)(own - level) : 0;
        pixels[i] = distance > border ? distance : 0;
    }
}

/* The commonest level is the paper. Ink is beyond a share of the way to the farther end of the range. */
static void ink_make(const struct view_grid *grid, const uint8_t *first, uint32_t channel, struct channel range,
                     struct cell *cell) {
    enum { LEVELS = LEVEL_COUNTS_LEVELS, LEVEL_BITS = 2 };
    struct level_counts counts = {0};
    uint32_t histogram[LEVELS], paper = 0;
    uint32_t width = cell->width, own_width = cell->own_width;
    uint8_t *row = cell->pixels;
    for (uint32_t y = 0; y < cell->height; y++, row += width) {
        const uint8_t *pixel = first + y * grid->down_bytes + channel;
        ptrdiff_t across_bytes = grid->across_bytes;
        for (uint32_t x = 0; x < width; x++) {
            row[x] = pixel[(ptrdiff_t)x * across_bytes];
        }
        for (uint32_t x = 0; x < own_width && y < cell->own_height; x++) {
            level_counts_add(&counts, x, row[x] >> LEVEL_BITS);
        }
    }
    level_counts_sum(&counts, histogram);
    for (uint32_t level = 1; level < LEVELS; level++) {
        paper = histogram[level] > histogram[paper] ? level : paper;
    }
    uint8_t level = (uint8_t)((paper << LEVEL_BITS) + 2);
    int to_least = level - range.least, to_most = range.most - level;
    cell->farthest = to_least > to_most ? to_least : to_most;
    uint8_t border = (uint8_t)(INK_SHARE * cell->farthest);
    size_t count = (size_t)width * cell->height;
    cell->is_light = to_least <= to_most;
    if (cell->is_light) {
        lighter_keep(cell->pixels, count, level, border);
    } else {
        darker_keep(cell->pixels, count, level, border);
    }
}

static void shapes_join(struct cell *cell, uint32_t a, uint32_t b) {
    if (!roots_join(cell->parents, &a, &b)) {
        return;
    }
    struct shape *kept = &cell->shapes[a];
    const struct shape *joined = &cell->shapes[b];
    kept->x0 = joined->x0 < kept->x0 ? joined->x0 : kept->x0;
    kept->x1 = joined->x1 > kept->x1 ? joined->x1 : kept->x1;
    kept->y0 = joined->y0 < kept->y0 ? joined->y0 : kept->y0;
    kept->y1 = joined->y1 > kept->y1 ? joined->y1 : kept->y1;
    kept->peak = joined->peak > kept->peak ? joined->peak : kept->peak;
}

/* The columns of a run are needed until the next row is done, and afterwards only the bounds of its shape. */
struct run_span {
    uint8_t x0, x1;
    uint16_t shape;
};

static void shapes_find(struct cell *cell) {
    struct run_span above[MOST_RUNS], here[MOST_RUNS];
    uint32_t above_count = 0;
    cell->shape_count = 0;
    for (uint32_t y = 0; y < cell->height; y++) {
        const uint8_t *row = cell->pixels + (size_t)y * cell->width;
        uint32_t count = 0, k = 0;
        for (uint32_t x = 0; (x = (uint32_t)bytes_run_end(row, x, cell->width, 0)) < cell->width; x++) {
            uint32_t start = x;
            uint8_t peak = row[x];
            for (; x + 1 < cell->width && row[x + 1] != 0; x++) {
                peak = row[x + 1] > peak ? row[x + 1] : peak;
            }
            uint16_t own = (uint16_t)cell->shape_count++;
            cell->parents[own] = own;
            cell->shapes[own] = (struct shape){(uint8_t)start, (uint8_t)x, (uint8_t)y, (uint8_t)y, peak};
            while (k < above_count && above[k].x1 + 1u < start) {
                k++;
            }
            for (uint32_t i = k; i < above_count && above[i].x0 <= x + 1; i++) {
                shapes_join(cell, own, above[i].shape);
            }
            here[count++] = (struct run_span){(uint8_t)start, (uint8_t)x, own};
        }
        memcpy(above, here, count * sizeof *here);
        above_count = count;
    }
}

bool cell_open(struct arena *arena, uint32_t side_px, struct cell *cell) {
    size_t most_shapes = (size_t)side_px * (side_px / 2 + 1);
    *cell = (struct cell){.pixels = arena_allocate(arena, (size_t)side_px * side_px),
                          .shapes = arena_allocate(arena, most_shapes * sizeof *cell->shapes),
                          .parents = arena_allocate(arena, most_shapes * sizeof *cell->parents)};
    return cell->pixels != NULL && cell->shapes != NULL && cell->parents != NULL;
}

/* Whether the ink of a column within a shape is one thin run around a row. */
static bool is_thin_at(const struct cell *cell, const struct shape *shape, uint32_t column, double row) {
    uint32_t from = 0, until = 0, count = 0;
    for (uint32_t y = shape->y0; y <= shape->y1; y++) {
        if (cell->pixels[(size_t)y * cell->width + column] != 0) {
            from = count == 0 ? y : from;
            until = y + 1u;
            count++;
        }
    }
    return count > 0 && count == until - from && count <= RULE_MOST_PX &&
           fabs((from + until) / 2.0 - row) <= RULE_MOST_PX;
}

bool cell_is_rule(const struct cell *cell, const struct shape *shape) {
    enum { PLACES = 8 };
    double width = shape->x1 - shape->x0, height = shape->y1 - shape->y0;
    bool falls = true, rises = true;
    for (uint32_t i = 1; (falls || rises) && width >= RULE_RATIO * height && i < PLACES; i++) {
        double share = (double)i / PLACES;
        uint32_t column = (uint32_t)(shape->x0 + share * width);
        falls = falls && is_thin_at(cell, shape, column, shape->y0 + share * height);
        rises = rises && is_thin_at(cell, shape, column, shape->y1 - share * height);
    }
    return width >= RULE_RATIO * height && (falls || rises);
}

uint8_t cell_shapes_find(const struct view_grid *grid, const uint8_t *first, uint8_t least_range, struct cell *cell) {
    struct channel range;
    uint32_t channel = channel_of(grid, first, cell, &range);
    cell->shape_count = 0;
    if (range.most - range.least >= least_range) {
        ink_make(grid, first, channel, range, cell);
        shapes_find(cell);
    }
    return (uint8_t)(range.most - range.least);
}
