/* stacks.c - cuts narrow regions into letters at their bare rows, and chains letters downwards. */
#include "text/detect/stacks.h"

#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/doubles.h"
#include "base/turn.h"
#include "text/detect/levels.h"

/* Wider regions are lines, in shares of their height; larger ones are pictures. */
static const double NARROW_RATIO = 1.8;
enum { LEAST_SIDE_PX = 8, MOST_WIDTH_PX = 360, MOST_HEIGHT_PX = 4096 };

/* A region that runs down leans by at most this share of its height, and two pixels. */
static const double MOST_LEAN = 0.06, LEAN_PX = 2.0;

/* A lower part of a letter is its accent or dot, this near above it, in shares of the highest part. */
static const double MARK_SHARE = 0.45, MARK_GAP = 0.35;

/* Letters are at most so many times as wide as high, and as high as wide: W and I. */
static const double WIDEST = 1.9, SLIMMEST = 16.0;

/*
 * Of two letters of a word, one is at most so many times as high; their middles or left sides are so near to one
 * another, and their bases so far apart, in heights.
 */
static const double HEIGHT_RATIO = 1.8, MIDDLES_APART = 0.5, SIDES_APART = 0.25, MOST_PITCH = 3.3;

/* How much distances within a word differ: some letters have tails. */
static const double UNEVEN_SHARE = 0.22, UNEVEN_PX = 2.0;

enum { LEAST_LETTERS = 3, LETTERS_LIMIT = 512, STACKS_LIMIT = 32 };

/*
 * Text beside a letter has its middle within the first share of the letter's height. In a column of a table these
 * distances differ by at most the second. The region of such text is higher than the letter, as its own letters are as
 * high.
 */
static const double BESIDE = 0.4, IN_LINE = 0.12, LINE_LEAST = 1.1, LINE_MOST = 3.0;

/* In a column of a table this share of the letters stands in line with text. */
static const double TABLE_SHARE = 0.7;

/* A region that is a stack, or several letters of one, is filled by it to this share of its length. */
static const double FILLED_SHARE = 0.7;

/* Bare space that a cell has around its letter, in heights. */
static const double ABOVE_SHARE = 0.25, ASIDE_SHARE = 0.09;

struct letter {
    struct lince_box box; /* in pixels of the view */
    bool is_used;
};

struct letters {
    struct letter *items;
    size_t count;
};

/* A region's pixels, and how to tell ink. */
struct patch {
    struct view_grid grid;
    uint32_t x0, y0, x1, y1;
    int paper, least;
};

static double height_of(const struct lince_box *box) {
    return box->y1 - box->y0;
}

static double middle_x(const struct lince_box *box) {
    return (box->x0 + box->x1) / 2.0;
}

/* ---- letters ------------------------------------------------------------------------------------------ */

static struct lince_point seen_point(const struct view *view, struct lince_point point) {
    return point_turn(point, (4 - view->turn) % 4, view->image->width_px, view->image->height_px);
}

static struct lince_box box_of(const struct view *view, const struct region *region) {
    struct lince_point seen[4];
    for (size_t i = 0; i < 4; i++) {
        seen[i] = seen_point(view, region->corners[i]);
    }
    return box_of_quad(seen);
}

static bool is_narrow(const struct lince_box *box) {
    double width = box->x1 - box->x0, height = height_of(box);
    return width <= NARROW_RATIO * height && width >= LEAST_SIDE_PX && height >= LEAST_SIDE_PX &&
           width <= MOST_WIDTH_PX && height <= MOST_HEIGHT_PX;
}

/* Whether the sides of a region that runs down are upright. */
static bool is_upright(const struct view *view, const struct region *region, const struct lince_box *box) {
    struct lince_point top = seen_point(view, region->corners[0]), bottom = seen_point(view, region->corners[3]);
    double lean = fmin(fabs(bottom.x - top.x), fabs(bottom.y - top.y));
    return height_of(box) <= NARROW_RATIO * (box->x1 - box->x0) || lean <= MOST_LEAN * height_of(box) + LEAN_PX;
}

static int brightness_at(const struct patch *patch, uint32_t x, uint32_t y) {
    return pixel_brightness(view_pixel(&patch->grid, x, y));
}

/* The commonest brightness is the paper. False if nothing differs from it. */
static bool patch_open(const struct view *view, const struct lince_box *box, struct patch *patch) {
    struct levels levels = LEVELS_NONE;
    *patch = (struct patch){.grid = view_grid(view, 1),
                            .x0 = (uint32_t)fmax(box->x0, 0.0),
                            .y0 = (uint32_t)fmax(box->y0, 0.0),
                            .x1 = (uint32_t)fmin(fmax(box->x1, 0.0), view->width_px),
                            .y1 = (uint32_t)fmin(fmax(box->y1, 0.0), view->height_px)};
    for (uint32_t y = patch->y0; y < patch->y1; y++) {
        for (uint32_t x = patch->x0; x < patch->x1; x++) {
            levels_add(&levels, brightness_at(patch, x, y));
        }
    }
    return levels_settle(&levels, &patch->paper, &patch->least);
}

static bool is_ink(const struct patch *patch, uint32_t x, uint32_t y) {
    return abs(brightness_at(patch, x, y) - patch->paper) > patch->least;
}

/* Widens `box` to the ink of a row; false if the row is bare. */
static bool row_measure(const struct patch *patch, uint32_t y, struct lince_box *box) {
    uint32_t first = patch->x0, last = patch->x1;
    while (first < patch->x1 && !is_ink(patch, first, y)) {
        first++;
    }
    while (last > first && !is_ink(patch, last - 1, y)) {
        last--;
    }
    if (first < last) {
        box->x0 = fmin(box->x0, first);
        box->x1 = fmax(box->x1, last);
    }
    return first < last;
}

/* The next part with ink below *row, which moves behind it. */
static bool part_next(const struct patch *patch, uint32_t *row, struct lince_box *part) {
    struct lince_box bare = {INFINITY, 0.0, -INFINITY, 0.0};
    *part = bare;
    while (*row < patch->y1 && !row_measure(patch, *row, part)) {
        ++*row;
    }
    part->y0 = *row;
    while (*row < patch->y1 && row_measure(patch, *row, part)) {
        ++*row;
    }
    part->y1 = *row;
    return part->y0 < part->y1;
}

static double highest_part(const struct patch *patch) {
    struct lince_box part;
    double highest = 0.0;
    for (uint32_t row = patch->y0; part_next(patch, &row, &part);) {
        highest = fmax(highest, height_of(&part));
    }
    return highest;
}

static struct lince_box box_around(const struct lince_box *a, const struct lince_box *b) {
    return (struct lince_box){fmin(a->x0, b->x0), fmin(a->y0, b->y0), fmax(a->x1, b->x1), fmax(a->y1, b->y1)};
}

/* Adds the letters of a patch; none if something in it is no letter. */
static void patch_cut(const struct patch *patch, struct letters *letters) {
    double highest = highest_part(patch);
    struct lince_box part, mark = {0};
    size_t count = letters->count;
    bool has_mark = false;
    for (uint32_t row = patch->y0; part_next(patch, &row, &part);) {
        bool is_low = height_of(&part) < MARK_SHARE * highest;
        bool is_cut = part.y0 <= patch->y0 || part.y1 >= patch->y1;
        if (is_low) { /* of a neighbour, where the region cuts it */
            has_mark = !is_cut;
            mark = part;
            continue;
        }
        if (has_mark && part.y0 - mark.y1 <= MARK_GAP * highest) {
            part = box_around(&part, &mark);
        }
        has_mark = false;
        double width = part.x1 - part.x0, height = height_of(&part);
        if (width > WIDEST * height || height > SLIMMEST * width || letters->count == LETTERS_LIMIT) {
            letters->count = count;
            return;
        }
        letters->items[letters->count++] = (struct letter){.box = part};
    }
}

static int letters_compare(const void *a, const void *b) {
    const struct letter *one = a, *other = b;
    double y = one->box.y1 - other->box.y1, x = one->box.x0 - other->box.x0;
    return y != 0.0 ? (y < 0.0 ? -1 : 1) : (x > 0.0) - (x < 0.0);
}

static void letters_gather(const struct view *view, const struct region_list *regions, struct letters *letters) {
    for (size_t i = 0; i < regions->count; i++) {
        struct lince_box box = box_of(view, &regions->items[i]);
        struct patch patch;
        if (!regions->items[i].is_comb && is_narrow(&box) && is_upright(view, &regions->items[i], &box) &&
            patch_open(view, &box, &patch)) {
            patch_cut(&patch, letters);
        }
    }
    qsort(letters->items, letters->count, sizeof *letters->items, letters_compare);
}

/* ---- chains ------------------------------------------------------------------------------------------- */

struct chain {
    struct lince_box items[STACK_LETTERS_MOST];
    size_t count;
};

/* Whether `below` may be the next letter; `pitch_px`: the distance so far, or 0. */
static bool follows(const struct lince_box *above, const struct lince_box *below, double pitch_px) {
    double one = height_of(above), other = height_of(below), higher = fmax(one, other);
    double distance = below->y1 - above->y1;
    bool is_below = fabs(middle_x(below) - middle_x(above)) <= MIDDLES_APART * higher ||
                    fabs(below->x0 - above->x0) <= SIDES_APART * higher;
    return is_below && higher <= HEIGHT_RATIO * fmin(one, other) && below->y0 >= above->y1 &&
           distance <= MOST_PITCH * higher &&
           (pitch_px == 0.0 || fabs(distance - pitch_px) <= UNEVEN_SHARE * pitch_px + UNEVEN_PX);
}

static void chain_follow(struct letters *letters, size_t first, struct chain *chain) {
    *chain = (struct chain){.items = {letters->items[first].box}, .count = 1};
    letters->items[first].is_used = true;
    for (size_t i = first + 1; i < letters->count && chain->count < STACK_LETTERS_MOST; i++) {
        const struct lince_box *last = &chain->items[chain->count - 1];
        double pitch_px = chain->count == 1 ? 0.0 : (last->y1 - chain->items[0].y1) / (double)(chain->count - 1);
        if (!letters->items[i].is_used && follows(last, &letters->items[i].box, pitch_px)) {
            letters->items[i].is_used = true;
            chain->items[chain->count++] = letters->items[i].box;
        }
    }
}

/* How much lower than a letter the middle of the nearest text beside it is, in heights; INFINITY: there is none near.
 */
static double text_beside(const struct view *view, const struct region_list *regions, const struct lince_box *letter) {
    double height = height_of(letter), middle = (letter->y0 + letter->y1) / 2.0, nearest = INFINITY;
    for (size_t i = 0; i < regions->count; i++) {
        struct lince_box box = box_of(view, &regions->items[i]);
        bool is_line = box.x1 - box.x0 > NARROW_RATIO * height_of(&box) && height_of(&box) >= LINE_LEAST * height &&
                       height_of(&box) <= LINE_MOST * height;
        double lower = ((box.y0 + box.y1) / 2.0 - middle) / height;
        nearest = is_line && fabs(lower) < fabs(nearest) ? lower : nearest;
    }
    return fabs(nearest) <= BESIDE ? nearest : INFINITY;
}

/* In a column of a table all letters have text beside them, at the same height. */
static bool is_of_table(const struct view *view, const struct region_list *regions, const struct chain *chain) {
    double lower[STACK_LETTERS_MOST], sorted[STACK_LETTERS_MOST];
    size_t count = 0, in_line = 0;
    for (size_t i = 0; i < chain->count; i++) {
        lower[i] = text_beside(view, regions, &chain->items[i]);
        if (isfinite(lower[i])) {
            sorted[count++] = lower[i];
        }
    }
    doubles_sort(sorted, count);
    for (size_t i = 0; i < chain->count && count > 0; i++) {
        in_line += fabs(lower[i] - sorted[count / 2]) <= IN_LINE;
    }
    return (double)in_line >= TABLE_SHARE * (double)chain->count;
}

static void quad_set(const struct view *view, struct lince_box box, struct lince_point corners[4]) {
    const struct lince_point seen[4] = {{box.x0, box.y0}, {box.x1, box.y0}, {box.x1, box.y1}, {box.x0, box.y1}};
    for (size_t i = 0; i < 4; i++) {
        corners[i] = view_point(view, seen[i]);
    }
}

/* The cells are of one height, so that the letters keep their sizes and stand on one line. */
static void stack_make(const struct view *view, const struct chain *chain, struct stack *stack) {
    double heights[STACK_LETTERS_MOST], least_gap = INFINITY, least_pitch = INFINITY;
    struct lince_box whole = chain->items[0];
    for (size_t i = 0; i < chain->count; i++) {
        const struct lince_box *box = &chain->items[i];
        heights[i] = height_of(box);
        whole = box_around(&whole, box);
        if (i > 0) {
            least_gap = fmin(least_gap, box->y0 - box[-1].y1);
            least_pitch = fmin(least_pitch, box->y1 - box[-1].y1);
        }
    }
    doubles_sort(heights, chain->count);
    double usual = heights[chain->count / 2], bare = fmin(ABOVE_SHARE * usual, least_gap / 2.0);
    double up = fmin(heights[chain->count - 1], least_pitch - bare) + bare, aside = ASIDE_SHARE * usual;
    stack->count = chain->count;
    for (size_t i = 0; i < chain->count; i++) {
        const struct lince_box *box = &chain->items[i];
        quad_set(view, (struct lince_box){box->x0 - aside, box->y1 - up, box->x1 + aside, box->y1 + bare},
                 stack->cells[i]);
    }
    quad_set(view, (struct lince_box){whole.x0 - aside, whole.y0 - bare, whole.x1 + aside, whole.y1 + bare},
             stack->corners);
}

bool stacks_find(const struct view *view, const struct region_list *regions, struct arena *arena,
                 struct stack_list *stacks) {
    *stacks = (struct stack_list){.items = arena_allocate(arena, STACKS_LIMIT * sizeof *stacks->items)};
    struct arena_mark mark = arena_mark(arena);
    struct letters letters = {.items = arena_allocate(arena, LETTERS_LIMIT * sizeof *letters.items)};
    bool done = stacks->items != NULL && letters.items != NULL;
    if (done) {
        letters_gather(view, regions, &letters);
    }
    for (size_t i = 0; done && i < letters.count && stacks->count < STACKS_LIMIT; i++) {
        struct chain chain;
        if (letters.items[i].is_used) {
            continue;
        }
        chain_follow(&letters, i, &chain);
        if (chain.count >= LEAST_LETTERS && !is_of_table(view, regions, &chain)) {
            stack_make(view, &chain, &stacks->items[stacks->count++]);
        }
    }
    arena_rewind(arena, mark);
    return done;
}

bool stack_holds(const struct stack *stack, const struct region *region) {
    struct lince_box own = box_of_quad(stack->corners), other = box_of_quad(region->corners);
    double x = (other.x0 + other.x1) / 2.0, y = (other.y0 + other.y1) / 2.0;
    return x >= own.x0 && x <= own.x1 && y >= own.y0 && y <= own.y1;
}

bool stack_fills(const struct stack *stack, const struct region *region) {
    struct lince_box own = box_of_quad(stack->corners), other = box_of_quad(region->corners);
    double high = height_of(&other), wide = other.x1 - other.x0;
    double common =
        high > wide ? fmin(own.y1, other.y1) - fmax(own.y0, other.y0) : fmin(own.x1, other.x1) - fmax(own.x0, other.x0);
    return stack_holds(stack, region) && common >= FILLED_SHARE * fmax(high, wide);
}
