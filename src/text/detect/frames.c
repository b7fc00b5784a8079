/* frames.c - a rule is a thin row that is ink along the whole region, with paper above and below it. */
#include "text/detect/frames.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "text/detect/levels.h"

/* Shorter regions are letters, not lines in a frame. */
static const double LEAST_RATIO = 2.0;
enum { LEAST_HEIGHT_PX = 12, MOST_HEIGHT_PX = 512 };
/* Columns that are examined first, and how many of them a rule crosses. */
enum { LOOKS = 7, LEAST_VOTES = 5 };
/*
 * Places along a line that are examined. A rule spans the first share of them and has ink in the second share of its
 * places; beside it at most the third share has ink.
 */
enum { PLACES = 96 };
static const double LEAST_SPAN = 0.7, LEAST_INK = 0.95, MOST_BESIDE = 0.3;
/* An end of a rule is at most this much of the height higher or lower than its middle. */
static const double MOST_LEAN = 0.2;
/* A rule is at most this thick, in shares of the height and in pixels. */
static const double THICK_SHARE = 0.12, THICK_PX = 3.0;
/* A part of a region is a line if it is this share of the highest part. */
static const double LINE_SHARE = 0.6;
enum { RULES_LIMIT = 8 };

/*
 * A rule, by its rows at the left and right edge of the region, in pixels from its upper side, and by the places
 * first <= i < end along it.
 */
struct rule {
    double left_px, right_px, thick_px;
    int first, end;
};

/* The samples of a region. */
struct look {
    const struct image *image;
    const struct region *region;
    double width_px, height_px;
    int paper, least; /* the brightness of the paper, and the least difference of ink from it */
    uint32_t row_count;
    uint8_t values[LOOKS][MOST_HEIGHT_PX]; /* the brightness down some columns */
};

struct rules {
    struct rule items[RULES_LIMIT];
    size_t count;
};

static double side_px(struct lince_point from, struct lince_point to) {
    return hypot(to.x - from.x, to.y - from.y);
}

static struct lince_point point_at(const struct region *region, double along, double down) {
    const struct lince_point *c = region->corners;
    double left_x = c[0].x + down * (c[3].x - c[0].x), left_y = c[0].y + down * (c[3].y - c[0].y);
    double right_x = c[1].x + down * (c[2].x - c[1].x), right_y = c[1].y + down * (c[2].y - c[1].y);
    return (struct lince_point){left_x + along * (right_x - left_x), left_y + along * (right_y - left_y)};
}

/* The brightness at a share of the width and a row of the region. */
static int brightness_at(const struct look *look, double along, double row_px) {
    struct lince_point point = point_at(look->region, along, row_px / look->height_px);
    const struct image *image = look->image;
    uint32_t x = (uint32_t)fmin(fmax(point.x, 0.0), image->width_px - 1.0);
    uint32_t y = (uint32_t)fmin(fmax(point.y, 0.0), image->height_px - 1.0);
    return pixel_brightness(image->pixels + (size_t)y * image->stride_bytes + (size_t)x * 3);
}

static bool is_ink(const struct look *look, double along, double row_px) {
    return abs(brightness_at(look, along, row_px) - look->paper) > look->least;
}

/* Samples the columns. The commonest brightness is the paper; false if nothing differs from it. */
static bool levels_measure(struct look *look) {
    struct levels levels = LEVELS_NONE;
    look->row_count = (uint32_t)look->height_px;
    for (int i = 0; i < LOOKS; i++) {
        for (uint32_t row = 0; row < look->row_count; row++) {
            int value = brightness_at(look, (i + 0.5) / LOOKS, row + 0.5);
            look->values[i][row] = (uint8_t)value;
            levels_add(&levels, value);
        }
    }
    return levels_settle(&levels, &look->paper, &look->least);
}

/* The places with ink along a line `off_px` below the rule, between its ends. */
static int ink_along(const struct look *look, const struct rule *rule, double off_px) {
    int count = 0;
    for (int i = rule->first; i < rule->end; i++) {
        double along = (i + 0.5) / PLACES, row = rule->left_px + along * (rule->right_px - rule->left_px) + off_px;
        count += row < 0 || row >= look->height_px || is_ink(look, along, row);
    }
    return count;
}

/* Shortens a rule to its first and last ink. */
static void rule_shorten(const struct look *look, struct rule *rule) {
    struct rule place = *rule;
    while (rule->first < rule->end) {
        place.first = rule->first;
        place.end = rule->first + 1;
        if (ink_along(look, &place, 0.0) > 0) {
            break;
        }
        rule->first++;
    }
    while (rule->first < rule->end) {
        place.first = rule->end - 1;
        place.end = rule->end;
        if (ink_along(look, &place, 0.0) > 0) {
            break;
        }
        rule->end--;
    }
}

/* Tilts a line through the middle of the region until most of it is on ink; false if that is no rule. */
static bool rule_fit(const struct look *look, double row_px, double thick_px, struct rule *rule) {
    int most_lean = (int)(MOST_LEAN * look->height_px), most = 0;
    for (int lean = -most_lean; lean <= most_lean; lean++) {
        struct rule tried = {row_px - lean, row_px + lean, thick_px, 0, PLACES};
        int ink = ink_along(look, &tried, 0.0);
        if (ink > most || (ink == most && abs(lean) < fabs(rule->right_px - row_px))) {
            *rule = tried;
            most = ink;
        }
    }
    rule_shorten(look, rule);
    double beside = thick_px / 2.0 + 2.0, above = fmin(rule->left_px, rule->right_px) - beside;
    double below = fmax(rule->left_px, rule->right_px) + beside;
    int span = rule->end - rule->first;
    return span >= LEAST_SPAN * PLACES && most >= LEAST_INK * span &&
           (above < 0 || ink_along(look, rule, -beside) <= MOST_BESIDE * span) &&
           (below >= look->height_px || ink_along(look, rule, beside) <= MOST_BESIDE * span);
}

/* Columns with ink at a row, or just above or below it: rules lean a little. */
static int votes_at(const struct look *look, uint32_t row) {
    uint32_t from = row == 0 ? 0 : row - 1, until = row + 1 < look->row_count ? row + 1 : row;
    int votes = 0;
    for (int i = 0; i < LOOKS; i++) {
        bool any = false;
        for (uint32_t y = from; y <= until; y++) {
            any = any || abs(look->values[i][y] - look->paper) > look->least;
        }
        votes += any;
    }
    return votes;
}

static struct rules rules_find(struct look *look) {
    struct rules rules = {.count = 0};
    double most_thick_px = fmax(THICK_SHARE * look->height_px, THICK_PX) + 2.0; /* the votes are thicker by 2 */
    if (look->width_px < LEAST_RATIO * look->height_px || look->height_px < LEAST_HEIGHT_PX ||
        look->height_px > MOST_HEIGHT_PX || !levels_measure(look)) {
        return rules;
    }
    for (uint32_t row = 0; row < look->row_count && rules.count < RULES_LIMIT; row++) {
        uint32_t from = row;
        while (row < look->row_count && votes_at(look, row) >= LEAST_VOTES) {
            row++;
        }
        struct rule rule = {0};
        if (row > from && row - from <= most_thick_px &&
            rule_fit(look, (from + row) / 2.0, fmax(row - from - 2.0, 1.0), &rule)) {
            rules.items[rules.count++] = rule;
        }
    }
    return rules;
}

/* The part below the rule `index` - 1 and above the rule `index`; the rules themselves are in it. */
static struct region part_of(const struct look *look, const struct rules *rules, size_t index) {
    struct rule top = {0.0, 0.0, 0.0, 0, PLACES}, bottom = {look->height_px, look->height_px, 0.0, 0, PLACES};
    double from = 0.0, until = 1.0;
    if (index > 0) {
        top = rules->items[index - 1];
        top.thick_px += 2.0;
    }
    if (index < rules->count) {
        bottom = rules->items[index];
        bottom.thick_px += 2.0;
    }
    if (index > 0 && index < rules->count) { /* a frame is no longer than its rules */
        from = fmax(fmin(top.first, bottom.first) - 1.0, 0.0) / PLACES;
        until = fmin(fmax(top.end, bottom.end) + 1.0, PLACES) / PLACES;
    }
    double top_px = top.left_px - top.thick_px / 2.0, top_lean_px = top.right_px - top.left_px;
    double bottom_px = bottom.left_px + bottom.thick_px / 2.0, bottom_lean_px = bottom.right_px - bottom.left_px;
    struct region part = *look->region;
    part.corners[0] = point_at(look->region, from, (top_px + from * top_lean_px) / look->height_px);
    part.corners[1] = point_at(look->region, until, (top_px + until * top_lean_px) / look->height_px);
    part.corners[2] = point_at(look->region, until, (bottom_px + until * bottom_lean_px) / look->height_px);
    part.corners[3] = point_at(look->region, from, (bottom_px + from * bottom_lean_px) / look->height_px);
    part.is_doubtful = false;
    return part;
}

/*
 * Writes the lines of a region and gives their number. A single rule may underline, so it cuts only between two lines.
 * `cut` is set if the region did not stay as it was.
 */
static size_t region_part(const struct image *image, const struct region *region, struct region *parts, bool *cut) {
    const struct lince_point *c = region->corners;
    struct look look = {
        .image = image, .region = region, .width_px = side_px(c[0], c[1]), .height_px = side_px(c[0], c[3])};
    struct rules rules = rules_find(&look);
    double heights[RULES_LIMIT + 1], highest = 0.0;
    size_t count = 0;
    for (size_t i = 0; rules.count > 0 && i <= rules.count; i++) {
        parts[i] = part_of(&look, &rules, i);
        heights[i] = side_px(parts[i].corners[0], parts[i].corners[3]);
        highest = fmax(highest, heights[i]);
    }
    for (size_t i = 0; rules.count > 0 && i <= rules.count; i++) {
        if (heights[i] >= LINE_SHARE * highest) {
            parts[count++] = parts[i];
        }
    }
    if (count > 1 || rules.count > 1) {
        *cut = true;
        return count;
    }
    parts[0] = *region;
    return 1;
}

bool frames_part(const struct image *image, struct arena *arena, struct region_list *regions) {
    struct region parts[RULES_LIMIT + 1];
    size_t count = 0, at = 0;
    bool cut = false;
    for (size_t i = 0; i < regions->count; i++) {
        count += region_part(image, &regions->items[i], parts, &cut);
    }
    if (!cut) {
        return true;
    }
    struct region *items = arena_allocate(arena, (count + 1) * sizeof *items);
    for (size_t i = 0; items != NULL && i < regions->count; i++) {
        size_t own = region_part(image, &regions->items[i], parts, &cut);
        for (size_t k = 0; k < own; k++) {
            items[at++] = parts[k];
        }
    }
    regions->items = items == NULL ? regions->items : items;
    regions->count = items == NULL ? regions->count : count;
    return items != NULL;
}
