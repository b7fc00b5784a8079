/* rows.c - the rows of a region are runs of pixel rows that change, as in the bands of a page. */
#include "text/detect/rows.h"

#include <math.h>

#include "base/arena.h"
#include "base/doubles.h"
#include "text/detect/levels.h"

/*
 * Relative to the usual height of a line: regions are checked from the first height on, and rows are at least the
 * second apart.
 */
static const double TALL_SHARE = 1.5, PITCH_SHARE = 0.6;

/*
 * A run lower than the first is an accent or dot and belongs to the row below; a run higher than the second is no
 * single row.
 */
static const double MARK_SHARE = 0.3, ROW_SHARE = 1.2;

/*
 * A row of pixels shows text if it changes by at least this share of the region's maximum, and by at least this much.
 */
static const double TEXT_SHARE = 0.35;
enum { LEAST_RANGE = 24 };

/* A region that leans by more than this share of its length leans as its page does. */
static const double MOST_SLANT = 0.27;

/*
 * Regions this many times as long as high show how the page leans, and another one leans so if it differs by at most
 * this much, in radians.
 */
static const double LEAN_RATIO = 4.0, LEAN_ALIKE = 0.015, QUARTER_TURN = 1.57079632679489661923;

/* Added above and below a row, as a share of its height, but at most half of the bare space there. */
static const double PAD_SHARE = 0.3;

/* The letters of a line that runs down look like rows, in a region this many times as high as wide. */
static const double COLUMN_RATIO = 1.5;

enum { LEAST_LINES = 3, ROWS_LIMIT = 256, MOST_HEIGHT_PX = 4096 };

/* Rows of pixels, counted from the upper side of a region. */
struct row_run {
    double from_px, until_px;
};

struct rows {
    struct row_run items[ROWS_LIMIT];
    size_t count;
};

static double side_px(struct lince_point from, struct lince_point to) {
    return hypot(to.x - from.x, to.y - from.y);
}

static double height_of(const struct region *region) {
    return side_px(region->corners[0], region->corners[3]);
}

/* What most lines of the page are like. */
struct usual {
    double height_px; /* 0: too few to tell */
    double lean;      /* of lines against the sides of the image, in radians */
};

/* How far a region leans against the nearest side of the image, in radians. */
static double lean_of(const struct region *region) {
    const struct lince_point *c = region->corners;
    return remainder(atan2(c[1].y - c[0].y, c[1].x - c[0].x), QUARTER_TURN);
}

/* The medians of height, of regions at least as long as high, and of lean, of long ones. */
static bool usual_measure(const struct region_list *regions, struct arena *arena, struct usual *usual) {
    struct arena_mark mark = arena_mark(arena);
    double *heights = arena_allocate(arena, 2 * (regions->count + 1) * sizeof *heights);
    size_t count = 0, long_count = 0;
    if (heights == NULL) {
        return false;
    }
    double *leans = heights + regions->count + 1;
    for (size_t i = 0; i < regions->count; i++) {
        const struct region *region = &regions->items[i];
        double height_px = height_of(region), width_px = side_px(region->corners[0], region->corners[1]);
        if (!region->is_doubtful && width_px >= height_px) {
            heights[count++] = height_px;
        }
        if (!region->is_doubtful && width_px >= LEAN_RATIO * height_px) {
            leans[long_count++] = lean_of(region);
        }
    }
    doubles_sort(heights, count);
    doubles_sort(leans, long_count);
    usual->height_px = count < LEAST_LINES ? 0.0 : heights[count / 2];
    usual->lean = long_count < LEAST_LINES ? 0.0 : leans[long_count / 2];
    arena_rewind(arena, mark);
    return true;
}

static int brightness_at(const struct image *image, double x, double y) {
    uint32_t column = (uint32_t)fmin(fmax(x, 0.0), image->width_px - 1.0);
    uint32_t row = (uint32_t)fmin(fmax(y, 0.0), image->height_px - 1.0);
    return pixel_brightness(image->pixels + (size_t)row * image->stride_bytes + (size_t)column * 3);
}

/* Maximum less minimum brightness along a row of a region, `share` of its height below its upper side. */
static uint8_t range_at(const struct image *image, const struct lince_point *corners, double share) {
    double left_x = corners[0].x + share * (corners[3].x - corners[0].x);
    double left_y = corners[0].y + share * (corners[3].y - corners[0].y);
    double across_x = corners[1].x - corners[0].x, across_y = corners[1].y - corners[0].y;
    int steps = (int)ceil(hypot(across_x, across_y)), least = 255, most = 0;
    for (int i = 0; i < steps; i++) {
        double along = (i + 0.5) / steps;
        int value = brightness_at(image, left_x + along * across_x, left_y + along * across_y);
        least = value < least ? value : least;
        most = value > most ? value : most;
    }
    return (uint8_t)(most > least ? most - least : 0);
}

static void rows_add(struct rows *rows, struct row_run next, double usual_px) {
    if (rows->count > 0) {
        struct row_run *last = &rows->items[rows->count - 1];
        if (last->until_px - last->from_px < MARK_SHARE * usual_px || rows->count == ROWS_LIMIT) {
            last->until_px = next.until_px;
            return;
        }
    }
    rows->items[rows->count++] = next;
}

/* Whether all of them are as high and as far apart as the page's lines; otherwise the region stays whole. */
static bool are_lines(const struct rows *rows, double usual_px) {
    for (size_t i = 0; i < rows->count; i++) {
        double height_px = rows->items[i].until_px - rows->items[i].from_px;
        if (height_px < MARK_SHARE * usual_px || height_px > ROW_SHARE * usual_px) {
            return false;
        }
        if (i > 0 && rows->items[i].from_px + rows->items[i].until_px - rows->items[i - 1].from_px -
                             rows->items[i - 1].until_px <
                         2.0 * PITCH_SHARE * usual_px) {
            return false;
        }
    }
    return rows->count > 1;
}

/* The rows of a region; none if it is one line. */
static struct rows rows_find(const struct image *image, const struct region *region, double usual_px) {
    struct rows rows = {.count = 0};
    double height_px = height_of(region);
    uint32_t count = (uint32_t)fmin(ceil(height_px), MOST_HEIGHT_PX);
    uint8_t ranges[MOST_HEIGHT_PX], most = 0;
    if (usual_px <= 0.0 || height_px < TALL_SHARE * usual_px) {
        return rows;
    }
    for (uint32_t y = 0; y < count; y++) {
        ranges[y] = range_at(image, region->corners, (y + 0.5) / count);
        most = ranges[y] > most ? ranges[y] : most;
    }
    double text = fmax(TEXT_SHARE * most, LEAST_RANGE), row_px = height_px / count;
    for (uint32_t y = 0; y < count; y++) {
        uint32_t from = y;
        while (y < count && ranges[y] > text) {
            y++;
        }
        bool is_of_neighbour = (from == 0 || y == count) && (y - from) * row_px < MARK_SHARE * usual_px;
        if (y > from && !is_of_neighbour) {
            rows_add(&rows, (struct row_run){from * row_px, y * row_px}, usual_px);
        }
    }
    return are_lines(&rows, usual_px) ? rows : (struct rows){.count = 0};
}

/* Short rows of different lengths, one below another, may look like a slant; then the upright region shows the rows. */
static struct rows rows_upright(const struct image *image, struct region *region, const struct usual *usual) {
    const struct lince_point *c = region->corners;
    struct rows rows = rows_find(image, region, usual->height_px);
    double slant_px = fmin(fabs(c[1].y - c[0].y), fabs(c[1].x - c[0].x));
    if (rows.count > 0 || slant_px < 1.0 || slant_px > MOST_SLANT * side_px(c[0], c[1]) ||
        fabs(lean_of(region) - usual->lean) <= LEAN_ALIKE) {
        return rows;
    }
    struct lince_point least = c[0], most = c[0];
    for (size_t i = 1; i < 4; i++) {
        least = (struct lince_point){fmin(least.x, c[i].x), fmin(least.y, c[i].y)};
        most = (struct lince_point){fmax(most.x, c[i].x), fmax(most.y, c[i].y)};
    }
    const struct lince_point box[4] = {least, {most.x, least.y}, most, {least.x, most.y}};
    struct region upright = *region;
    for (size_t i = 0; i < 4; i++) { /* keep each corner the nearest one, whichever way the page is turned */
        size_t nearest = 0;
        for (size_t k = 1; k < 4; k++) {
            nearest = side_px(c[i], box[k]) < side_px(c[i], box[nearest]) ? k : nearest;
        }
        upright.corners[i] = box[nearest];
    }
    rows = rows_find(image, &upright, usual->height_px);
    if (rows.count > 0) {
        *region = upright;
    }
    return rows;
}

static struct lince_point point_between(struct lince_point from, struct lince_point to, double share) {
    return (struct lince_point){from.x + share * (to.x - from.x), from.y + share * (to.y - from.y)};
}

/* The part of a region that one row covers. */
static struct region row_region(const struct region *region, const struct rows *rows, size_t index) {
    const struct row_run *row = &rows->items[index];
    double height_px = height_of(region), pad_px = PAD_SHARE * (row->until_px - row->from_px);
    double above_px = index == 0 ? pad_px : fmin(pad_px, (row->from_px - row[-1].until_px) / 2.0);
    double below_px = index + 1 == rows->count ? pad_px : fmin(pad_px, (row[1].from_px - row->until_px) / 2.0);
    double top = fmax(row->from_px - above_px, 0.0) / height_px;
    double bottom = fmin(row->until_px + below_px, height_px) / height_px;
    const struct lince_point *c = region->corners;
    struct region part = {.corners = {point_between(c[0], c[3], top), point_between(c[1], c[2], top),
                                      point_between(c[1], c[2], bottom), point_between(c[0], c[3], bottom)},
                          .score = region->score};
    return part;
}

/* Writes the rows of a region, or the region itself if it is one line, unless `items` is NULL. Gives their number. */
static size_t region_part(const struct image *image, struct region *region, const struct usual *usual,
                          struct region *items) {
    struct rows rows = rows_upright(image, region, usual);
    for (size_t k = 0; items != NULL && k < rows.count; k++) {
        items[k] = row_region(region, &rows, k);
    }
    if (rows.count > 0 || (region->is_doubtful && !region->is_line)) {
        return rows.count;
    }
    if (items != NULL) {
        *items = *region;
    }
    return 1;
}

/* Whether the rows of a region may be the letters of a line that runs down or up. */
static bool is_column(const struct region *region, size_t row_count) {
    return row_count > 1 && height_of(region) >= COLUMN_RATIO * side_px(region->corners[0], region->corners[1]);
}

bool rows_part(const struct image *image, struct arena *arena, struct region_list *regions) {
    struct usual usual;
    size_t count = 0;
    if (!usual_measure(regions, arena, &usual)) {
        return false;
    }
    for (size_t i = 0; i < regions->count; i++) {
        count += region_part(image, &regions->items[i], &usual, NULL);
    }
    struct region *items = arena_allocate(arena, (count + 1) * sizeof *items);
    regions->columns = arena_allocate(arena, REGION_COLUMNS_LIMIT * sizeof *regions->columns);
    regions->column_count = 0;
    if (items == NULL || regions->columns == NULL) {
        return false;
    }
    count = 0;
    for (size_t i = 0; i < regions->count; i++) {
        size_t row_count = region_part(image, &regions->items[i], &usual, items + count);
        if (is_column(&regions->items[i], row_count) && regions->column_count < REGION_COLUMNS_LIMIT) {
            regions->columns[regions->column_count++] = regions->items[i];
        }
        count += row_count;
    }
    regions->items = items;
    regions->count = count;
    return true;
}
