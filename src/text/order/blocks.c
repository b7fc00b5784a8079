/* blocks.c - finds bands, groups those that share gutters, and cuts each column again. */
#include "text/order/blocks.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/arena.h"
#include "text/order/columns.h"
#include "text/order/row_order.h"

/* All in heights of a line. Places are reduced by this share on both sides when level cuts are looked for. */
static const double SLACK = 0.2;
/* A single letter is at most this many times as high as wide. */
static const double NARROWEST = 2.0;
/* A narrower gap is no gutter. */
static const double LEAST_GUTTER = 0.3;
/*
 * Bands closer than the first form one group; groups closer than the second may be one. With the same edges, columns
 * continue over pictures as high as the third.
 */
static const double BAND_GAP = 1.2, GROUP_GAP = 2.5, PICTURE_GAP = 20.0, SAME_EDGE = 1.0, EDGE_SHARE = 0.1;
/* A line alone in its band that is this many times as high as the text beside it is a heading over all of it. */
static const double HEADING = 1.2;
/* Up to this many single lines over columns, after a gap, are a heading over all of them. */
enum { HEADING_LINES = 2 };
/* Larger groups are not judged again when another group joins. */
enum { JUDGED_AGAIN = 64 };

struct cutter {
    const struct lince_line *lines;
    struct place *places;
    struct arena *scratch;
    struct runs runs;
    size_t row_count;
    bool refused;
};

/* Consecutive bands, from edge to edge, whose columns continue. */
struct group {
    struct group *next;
    size_t first, count;
    double left, right, top, bottom;
    double height; /* mean over its places */
    size_t lead;   /* bands of one line before the first with several */
    bool single;   /* one line per band */
    enum columns_kind kind;
    struct gutters gutters;
};

/* ---- bands -------------------------------------------------------------------------------------------- */

/* A place that is far higher than wide is a word whose letters stand one below another. */
static double slack_of(const struct place *place) {
    return SLACK * fmin(place->bottom - place->top, NARROWEST * (place->right - place->left));
}

static double inner_top(const struct place *place) {
    return place->top + slack_of(place);
}

static double inner_bottom(const struct place *place) {
    return place->bottom - slack_of(place);
}

static int compare_inner_tops(const void *a, const void *b) {
    double x = inner_top(a), y = inner_top(b);
    return x != y ? (x < y ? -1 : 1) : places_compare(a, b);
}

/* How many of the places, sorted by their inner tops, begin above the bottom of those before. */
static size_t band_length(const struct place *places, size_t count) {
    double bottom = inner_bottom(&places[0]);
    size_t length = 1;
    while (length < count && inner_top(&places[length]) < bottom) {
        bottom = fmax(bottom, inner_bottom(&places[length]));
        length++;
    }
    return length;
}

static struct group band_measure(struct place *places, size_t first, size_t count, double height) {
    struct group band = {.first = first, .count = count, .left = INFINITY, .right = -INFINITY, .single = true};
    band.top = INFINITY;
    band.bottom = -INFINITY;
    for (size_t i = first; i < first + count; i++) {
        const struct place *place = &places[i];
        band.left = fmin(band.left, place->left);
        band.right = fmax(band.right, place->right);
        band.top = fmin(band.top, place->top);
        band.bottom = fmax(band.bottom, place->bottom);
        band.height += (place->bottom - place->top) / (double)count;
        band.single = band.single && place->line == places[first].line;
    }
    band.lead = band.single;
    band.gutters = gutters_of(places + first, count, LEAST_GUTTER * height);
    return band;
}

/* ---- groups ------------------------------------------------------------------------------------------- */

static bool is_heading(const struct group *alone, const struct group *beside) {
    return alone->single && !beside->single && alone->height >= HEADING * beside->height;
}

/* Whether one of them is a heading over the other. */
static bool heads(const struct group *a, const struct group *b) {
    return is_heading(a, b) || is_heading(b, a);
}

/* `a` extended by `b`; `shared` are the gutters of both. */
static struct group group_with(const struct group *a, const struct group *b, const struct gutters *shared) {
    struct group both = *a;
    both.next = b->next;
    both.count = a->count + b->count;
    both.left = fmin(a->left, b->left);
    both.right = fmax(a->right, b->right);
    both.top = fmin(a->top, b->top);
    both.bottom = fmax(a->bottom, b->bottom);
    both.height = (a->height * (double)a->count + b->height * (double)b->count) / (double)both.count;
    both.lead = a->lead + (a->single ? b->lead : 0);
    both.single = a->single && b->single;
    both.gutters = *shared;
    return both;
}

static bool has_columns(const struct group *group) {
    return gutters_column_count(&group->gutters, group->left, group->right) > 1;
}

/* Adds the band to the group if it continues it. */
static bool band_joins(struct group *group, const struct group *band, double height) {
    if (band->top - group->bottom > BAND_GAP * height || heads(group, band)) {
        return false;
    }
    struct gutters shared = gutters_shared(&group->gutters, &band->gutters, LEAST_GUTTER * height);
    struct group both = group_with(group, band, &shared);
    double ratio = group->height / band->height;
    if (both.single ? ratio > HEADING || ratio < 1 / HEADING : !has_columns(&both)) {
        return false;
    }
    *group = both;
    return true;
}

static void group_judge(struct cutter *cutter, struct group *group) {
    struct place *places = cutter->places + group->first;
    struct gutters gutters = columns_join_marks(places, group->count, &group->gutters, cutter->lines);
    if (group->single || !has_columns(group)) {
        group->kind = COLUMNS_NONE;
    } else if (gutters_column_count(&gutters, group->left, group->right) < 2) {
        group->kind = COLUMNS_ACROSS; /* for instance items of a list and their numbers */
    } else {
        group->kind = columns_judge(places, group->count, &gutters, cutter->lines);
    }
}

/* Whether text that may be read down continues from `a` to `b`. */
static bool goes_on_down(const struct group *a, const struct group *b, double gap) {
    bool a_may = a->kind == COLUMNS_DOWN || a->kind == COLUMNS_UNDECIDED ||
                 (a->kind == COLUMNS_NONE && (a->count >= 3 || gap <= BAND_GAP));
    bool b_may = b->kind == COLUMNS_DOWN || b->kind == COLUMNS_UNDECIDED ||
                 (b->kind == COLUMNS_NONE && (b->count >= 3 || gap <= BAND_GAP));
    return a_may && b_may && (a->kind == COLUMNS_DOWN || b->kind == COLUMNS_DOWN);
}

static bool goes_on_across(const struct group *a, const struct group *b) {
    bool a_may = a->kind == COLUMNS_ACROSS || a->kind == COLUMNS_UNDECIDED;
    bool b_may = b->kind == COLUMNS_ACROSS || b->kind == COLUMNS_UNDECIDED;
    return a_may && b_may;
}

/* Whether the columns of both have the same outer edges. */
static bool have_same_edges(const struct group *a, const struct group *b, double height) {
    return a->kind == COLUMNS_DOWN && b->kind == COLUMNS_DOWN && fabs(a->left - b->left) <= SAME_EDGE * height &&
           fabs(a->right - b->right) <= EDGE_SHARE * (a->right - a->left);
}

/* Adds the next group to this one if both belong to the same columns. */
static bool group_joins(struct cutter *cutter, struct group *group, double height) {
    const struct group *next = group->next;
    if (next == NULL || heads(group, next)) {
        return false;
    }
    struct gutters shared = gutters_shared(&group->gutters, &next->gutters, LEAST_GUTTER * height);
    struct group both = group_with(group, next, &shared);
    double gap = (next->top - group->bottom) / height;
    bool is_headed = next->lead > 0 && next->lead <= HEADING_LINES && !next->single;
    if (is_headed && gap > BAND_GAP && gap <= 2 * GROUP_GAP) {
        return false;
    }
    bool far = gap > GROUP_GAP && (gap > PICTURE_GAP || !have_same_edges(group, next, height));
    if (far || !has_columns(&both)) {
        return false;
    }
    if (goes_on_down(group, next, gap)) {
        both.kind = COLUMNS_DOWN;
    } else if (goes_on_across(group, next)) {
        bool again = group->kind == COLUMNS_UNDECIDED && next->kind == COLUMNS_UNDECIDED && both.count <= JUDGED_AGAIN;
        both.kind = COLUMNS_ACROSS;
        if (again) {
            group_judge(cutter, &both);
        }
    } else {
        return false;
    }
    *group = both;
    return true;
}

static double typical_height(const struct place *places, size_t count) {
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += places[i].bottom - places[i].top;
    }
    return sum / (double)count;
}

/* The groups of a stretch, from the top down; NULL when scratch memory is refused. */
static struct group *groups_find(struct cutter *cutter, size_t first, size_t count, double height) {
    struct place *places = cutter->places;
    struct group *groups = NULL, **end = &groups, *newest = NULL;
    qsort(places + first, count, sizeof *places, compare_inner_tops);
    for (size_t at = first; at < first + count;) {
        size_t length = band_length(places + at, first + count - at);
        struct group band = band_measure(places, at, length, height);
        if (newest == NULL || !band_joins(newest, &band, height)) {
            newest = arena_allocate(cutter->scratch, sizeof *newest);
            if (newest == NULL) {
                cutter->refused = true;
                return NULL;
            }
            *newest = band;
            *end = newest;
            end = &newest->next;
        }
        at += length;
    }
    for (struct group *group = groups; group != NULL; group = group->next) {
        group_judge(cutter, group);
    }
    for (struct group *group = groups; group != NULL;) {
        group = group_joins(cutter, group, height) ? group : group->next;
    }
    return groups;
}

/* ---- runs --------------------------------------------------------------------------------------------- */

/* Where a stretch is among the columns around it. */
struct where {
    size_t column, column_count;
    unsigned depth;
};

static void run_add(struct cutter *cutter, const struct group *group, bool across, const struct where *where) {
    struct place *places = cutter->places + group->first;
    size_t rows = places_order_rows(places, group->count);
    for (size_t i = 0; i < group->count; i++) {
        places[i].row += cutter->row_count;
    }
    cutter->row_count += rows;
    assert(cutter->runs.items != NULL);
    struct run run = {group->first, group->count, across, where->column, where->column_count};
    struct run *last = cutter->runs.count == 0 ? NULL : &cutter->runs.items[cutter->runs.count - 1];
    if (last != NULL && !across && !last->across && last->column == run.column &&
        last->column_count == run.column_count) {
        last->count += run.count; /* still lines of one column */
    } else {
        cutter->runs.items[cutter->runs.count++] = run;
    }
}

static void stretch_cut(struct cutter *cutter, size_t first, size_t count, struct where where);

/* Cuts each column again by itself. */
static void columns_cut(struct cutter *cutter, const struct group *group, unsigned depth) {
    struct place *places = cutter->places + group->first;
    struct gutters gutters = columns_join_marks(places, group->count, &group->gutters, cutter->lines);
    columns_judge(places, group->count, &gutters, cutter->lines); /* sorts by columns */
    size_t column_count = places[group->count - 1].row + 1;
    for (size_t at = 0; at < group->count;) {
        size_t column = places[at].row, until = at;
        while (until < group->count && places[until].row == column) {
            until++;
        }
        struct where where = {column, column_count, depth + 1};
        if (column_count > 1 && depth < BLOCKS_DEPTH_LIMIT) {
            stretch_cut(cutter, group->first + at, until - at, where);
        } else {
            struct group whole = {.first = group->first + at, .count = until - at};
            run_add(cutter, &whole, false, &where);
        }
        at = until;
    }
}

static void stretch_cut(struct cutter *cutter, size_t first, size_t count, struct where where) {
    struct arena_mark mark = arena_mark(cutter->scratch);
    double height = typical_height(cutter->places + first, count);
    struct group *groups = groups_find(cutter, first, count, height);
    for (const struct group *group = groups; group != NULL; group = group->next) {
        if (group->kind == COLUMNS_DOWN) {
            columns_cut(cutter, group, where.depth);
        } else {
            run_add(cutter, group, group->kind != COLUMNS_NONE, &where);
        }
    }
    arena_rewind(cutter->scratch, mark);
}

bool blocks_cut(struct place *places, size_t count, const struct lince_line *lines, struct arena *scratch,
                struct runs *runs) {
    struct cutter cutter = {.lines = lines, .places = places, .scratch = scratch};
    cutter.runs.items = arena_allocate(scratch, (count + 1) * sizeof *runs->items);
    if (cutter.runs.items == NULL) {
        return false;
    }
    if (count > 0) {
        stretch_cut(&cutter, 0, count, (struct where){0, 1, 0});
    }
    *runs = cutter.runs;
    return !cutter.refused;
}
