/* rows.c - the rows of a region are runs of pixel rows that change, as in the bands of a page. */
#include "text/detect/rows.h"

#include <math.h>
#include <stdlib.h>

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

/* A column of pixels is a rule if this share of it has one colour without a break. */
static const double RULE_SHARE = 0.8;

/* A row at the edge of a region that is so low beside the next one is a part of a row. */
static const double CUT_SHARE = 0.6;

/* A region that differs by more than this from a lean, in radians, does not lean so. */
static const double MOST_SLANT = 0.27;

/*
 * Regions this many times as long as high show how the page leans, and another one leans so if it differs by at most
 * this much, in radians.
 */
static const double LEAN_RATIOS[] = {4.0, 3.0, 2.0}, LEAN_ALIKE = 0.015, QUARTER_TURN = 1.57079632679489661923;

/* Added above and below a row, as a share of its height, but at most half of the bare space there. */
static const double PAD_SHARE = 0.3;

/* The letters of a line that runs down look like rows, in a region this many times as high as wide. */
static const double COLUMN_RATIO = 1.5;

enum { LEAST_LINES = 3, ROWS_LIMIT = 256, MOST_SIDE_PX = 4096 };

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

/* The leans of regions that are at least `ratio` times as long as high. Gives their number. */
static size_t leans_gather(const struct region_list *regions, double ratio, double *leans) {
    size_t count = 0;
    for (size_t i = 0; i < regions->count; i++) {
        const struct region *region = &regions->items[i];
        if (!region->is_doubtful && side_px(region->corners[0], region->corners[1]) >= ratio * height_of(region)) {
            leans[count++] = lean_of(region);
        }
    }
    return count;
}

/* The medians of height, of regions at least as long as high, and of lean, of long ones. */
static bool usual_measure(const struct region_list *regions, struct arena *arena, struct usual *usual) {
    struct arena_mark mark = arena_mark(arena);
    double *heights = arena_allocate(arena, (regions->count + 1) * sizeof *heights);
    size_t count = 0;
    if (heights == NULL) {
        return false;
    }
    for (size_t i = 0; i < regions->count; i++) {
        const struct region *region = &regions->items[i];
        double height_px = height_of(region);
        if (!region->is_doubtful && side_px(region->corners[0], region->corners[1]) >= height_px) {
            heights[count++] = height_px;
        }
    }
    doubles_sort(heights, count);
    usual->height_px = count < LEAST_LINES ? 0.0 : heights[count / 2];
    double *leans = heights;
    count = 0;
    for (size_t i = 0; count < LEAST_LINES && i < sizeof LEAN_RATIOS / sizeof *LEAN_RATIOS; i++) {
        count = leans_gather(regions, LEAN_RATIOS[i], leans);
    }
    doubles_sort(leans, count);
    usual->lean = count < LEAST_LINES ? 0.0 : leans[count / 2];
    arena_rewind(arena, mark);
    return true;
}

static int brightness_at(const struct image *image, double x, double y) {
    uint32_t column = (uint32_t)fmin(fmax(x, 0.0), image->width_px - 1.0);
    uint32_t row = (uint32_t)fmin(fmax(y, 0.0), image->height_px - 1.0);
    return pixel_brightness(image->pixels + (size_t)row * image->stride_bytes + (size_t)column * 3);
}

/* A region in steps of about a pixel, along its rows and down its columns. */
struct steps {
    const struct image *image;
    const struct lince_point *corners;
    uint32_t across, down;
};

static int brightness_in(const struct steps *steps, uint32_t column, uint32_t row) {
    const struct lince_point *c = steps->corners;
    double along = (column + 0.5) / steps->across, share = (row + 0.5) / steps->down;
    return brightness_at(steps->image, c[0].x + share * (c[3].x - c[0].x) + along * (c[1].x - c[0].x),
                         c[0].y + share * (c[3].y - c[0].y) + along * (c[1].y - c[0].y));
}

/* The brightness of most of a region: of its paper. */
static int paper_of(const struct steps *steps) {
    uint32_t counts[UINT8_MAX + 1] = {0}, below = 0;
    for (uint32_t y = 0; y < steps->down; y++) {
        for (uint32_t x = 0; x < steps->across; x++) {
            counts[brightness_in(steps, x, y)]++;
        }
    }
    int middle = 0;
    for (below = counts[0]; 2 * (uint64_t)below < (uint64_t)steps->across * steps->down; below += counts[middle]) {
        middle++;
    }
    return middle;
}

/* Whether a pixel, or one beside it, is not of the paper. */
static bool is_inked(const struct steps *steps, uint32_t column, uint32_t row, int paper) {
    uint32_t until = column + 1 < steps->across ? column + 1 : column;
    for (uint32_t x = column > 0 ? column - 1 : 0; x <= until; x++) {
        if (abs(brightness_in(steps, x, row) - paper) >= LEAST_RANGE) {
            return true;
        }
    }
    return false;
}

/*
 * Marks the columns of an upright rule beside the text, which runs through most of the region, though it may lean by a
 * column. All rows of pixels would seem to show text.
 */
static void rules_mark(const struct steps *steps, bool *is_rule) {
    int paper = paper_of(steps);
    for (uint32_t x = 0; x < steps->across; x++) {
        uint32_t run = 0, longest = 0;
        for (uint32_t y = 0; y < steps->down; y++) {
            run = is_inked(steps, x, y, paper) ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
        if (longest >= RULE_SHARE * steps->down) {
            for (uint32_t i = x > 0 ? x - 1 : 0; i <= x + 1 && i < steps->across; i++) {
                is_rule[i] = true;
            }
        }
    }
}

/* Maximum less minimum brightness along a row of a region, without the columns of rules. */
static uint8_t range_at(const struct steps *steps, uint32_t row, const bool *is_rule) {
    int least = 255, most = 0;
    for (uint32_t x = 0; x < steps->across; x++) {
        if (!is_rule[x]) {
            int value = brightness_in(steps, x, row);
            least = value < least ? value : least;
            most = value > most ? value : most;
        }
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

static double run_px(const struct row_run *run) {
    return run->until_px - run->from_px;
}

/* Whether all of them are as high and as far apart as the page's lines; otherwise the region stays whole. */
static bool are_lines(const struct rows *rows, double usual_px) {
    for (size_t i = 0; i < rows->count; i++) {
        double height_px = run_px(&rows->items[i]);
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

/* Whether the first or last of the rows, at an edge of the region, is what the region shows of a row beside it. */
static bool has_cut_row(const struct rows *rows, double height_px) {
    if (rows->count < 2) {
        return false;
    }
    const struct row_run *first = &rows->items[0], *last = &rows->items[rows->count - 1];
    return (first->from_px == 0.0 && run_px(first) < CUT_SHARE * run_px(first + 1)) ||
           (last->until_px >= height_px && run_px(last) < CUT_SHARE * run_px(last - 1));
}

/* The rows of a region; none if it is one line. */
static struct rows rows_find(const struct image *image, const struct region *region, double usual_px) {
    struct rows rows = {.count = 0};
    double height_px = height_of(region), width_px = side_px(region->corners[0], region->corners[1]);
    uint32_t count = (uint32_t)fmin(ceil(height_px), MOST_SIDE_PX);
    const struct steps steps = {image, region->corners, (uint32_t)fmin(ceil(width_px), MOST_SIDE_PX), count};
    uint8_t ranges[MOST_SIDE_PX], most = 0;
    bool is_rule[MOST_SIDE_PX] = {false};
    if (usual_px <= 0.0 || height_px < TALL_SHARE * usual_px) {
        return rows;
    }
    rules_mark(&steps, is_rule);
    for (uint32_t y = 0; y < count; y++) {
        ranges[y] = range_at(&steps, y, is_rule);
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
    if (rows.count > 0 && run_px(&rows.items[rows.count - 1]) < MARK_SHARE * usual_px) { /* a frame's lower rule */
        rows.count--;
    }
    return are_lines(&rows, usual_px) && !has_cut_row(&rows, height_px) ? rows : (struct rows){.count = 0};
}

/* The smallest rectangle around a region whose sides lean by `lean`; each corner stays the nearest one. */
static struct region region_leaning(const struct region *region, double lean) {
    const struct lince_point *c = region->corners;
    double x = cos(lean), y = sin(lean), least_u = INFINITY, least_v = INFINITY, most_u = -INFINITY, most_v = -INFINITY;
    for (size_t i = 0; i < 4; i++) {
        double u = c[i].x * x + c[i].y * y, v = c[i].y * x - c[i].x * y;
        least_u = fmin(least_u, u), most_u = fmax(most_u, u);
        least_v = fmin(least_v, v), most_v = fmax(most_v, v);
    }
    const double us[4] = {least_u, most_u, most_u, least_u}, vs[4] = {least_v, least_v, most_v, most_v};
    struct lince_point box[4];
    for (size_t i = 0; i < 4; i++) {
        box[i] = (struct lince_point){us[i] * x - vs[i] * y, us[i] * y + vs[i] * x};
    }
    struct region leaning = *region;
    for (size_t i = 0; i < 4; i++) { /* whichever way the page is turned */
        size_t nearest = 0;
        for (size_t k = 1; k < 4; k++) {
            nearest = side_px(c[i], box[k]) < side_px(c[i], box[nearest]) ? k : nearest;
        }
        leaning.corners[i] = box[nearest];
    }
    return leaning;
}

/*
 * Short rows of different lengths, one below another, may look like a slant. Then the region shows its rows if it leans
 * as the page does, or not at all.
 */
static struct rows rows_leaning(const struct image *image, struct region *region, const struct usual *usual) {
    struct rows rows = rows_find(image, region, usual->height_px);
    double lean = lean_of(region), length_px = side_px(region->corners[0], region->corners[1]);
    const double leans[] = {usual->lean, 0.0};
    size_t count = fabs(usual->lean) <= LEAN_ALIKE ? 1 : 2;
    for (size_t i = 0; rows.count == 0 && i < count; i++) {
        double off = fabs(lean - leans[i]);
        if (off <= LEAN_ALIKE || off * length_px < 1.0) {
            break;
        }
        if (off > MOST_SLANT) {
            continue;
        }
        struct region leaning = region_leaning(region, leans[i]);
        rows = rows_find(image, &leaning, usual->height_px);
        *region = rows.count > 0 ? leaning : *region;
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
    struct rows rows = rows_leaning(image, region, usual);
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
