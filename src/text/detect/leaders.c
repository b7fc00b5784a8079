/*
 * leaders.c - chains specks at equal distances on one line into rows. A row beside letters much higher than its dots is
 * a leader.
 */
#include "text/detect/leaders.h"

#include <math.h>

#include "base/arena.h"
#include "text/detect/specks.h"

/* Specks are indexed by the cell that has their upper left corner. */
enum { CELL_COLUMNS = 32, CELL_ROWS = 16 };

enum { NONE = UINT16_MAX };

/* Larger images are examined at a lower resolution. */
static const double GRID_AREA = 10.0e6, GRID_SIDE = 8192.0;

/* The gap between two dots: at most this many of their heights plus this many pixels. */
enum { MOST_GAP_HEIGHTS = 10, MOST_GAP_MORE = 4 };

/* Dots this high may run together, and one that is lower lost a row of its pixels. */
static const double JOINED_PX = 3.0, LEAST_HEIGHT_PX = 2.0;

/* How far a row may climb, and by how much a dot may miss its place. */
static const double MOST_SLOPE = 0.27, PLACE_PX = 1.25, PITCH_PX = 1.5, PITCH_SHARE = 0.2;

/* Where dots of a row were not found, so many distances may be between two. */
enum { MOST_STEPS = 3 };

/*
 * With letters on both sides five dots are a leader. With letters on one side only, a few dots may be an ellipsis or a
 * mask.
 */
enum { LEAST_COUNT = 5, LEAST_COUNT_ONE_SIDE = 16 };

/* The share of a row's specks that may be out of place. */
static const double MOST_ODD = 0.3;

/*
 * Dots that run together make few specks, and a rule makes one. Such a row is at least so many times as long as high.
 */
static const double LEAST_LENGTH = 20.0;

/* Letters beside a row are within so many heights above or below its line; the next row of text is farther away. */
enum { LETTER_HEIGHTS = 2 };

/*
 * A speck up to this many times as long as high is a dot. A longer one is a dash, which leads only between two texts;
 * elsewhere it separates.
 */
static const double DOT_LENGTH = 1.7;

/* Two dashes that ran together are up to so many times as long as one. */
static const double PAIR_LENGTH = 2.6;

/*
 * The least height of letters beside a row, in heights of its dots. The bullets of a masked number are larger compared
 * with its digits.
 */
static const double LEAST_LETTER = 2.8, MOST_LETTER = 24.0, LEAST_LETTER_PX = 6.0;

/* A leader is at least so many times as long as its letters are high; dots that mask digits are shorter. */
static const double LEAST_LETTERS = 6.0;

/* How far from a row its letters may be, in its distances and in heights of its dots. */
enum { REACH_PITCHES = 5, REACH_HEIGHTS = 14 };

struct page {
    struct image *image;
    struct view view;
    struct view_grid grid;
    uint32_t step_px;
    struct speck_list specks;
    uint16_t *heads, *in_cell; /* the first speck of each cell; the next one in the same cell */
    uint16_t *next, *previous; /* the nearest speck like this one, on either side */
    uint32_t columns, rows;    /* of cells */
};

/* Dashes in groups, or of which some ran together, have gaps of two or three kinds. */
enum { GAPS_KEPT = 3 };

/* A row in the making: its first and last speck, and how many distances lie between them. */
struct dots {
    uint16_t first, last;
    uint32_t count, steps, odd_count; /* odd_count: specks that are out of place */
    double pitch;
    double gaps[GAPS_KEPT]; /* of the last specks, in no order */
    bool is_rule;           /* one speck, or the pieces of one rule */
};

/* The step from one speck of a row to the next. */
struct stride {
    uint32_t steps; /* distances */
    bool is_even;
};

static double middle_x(const struct speck *speck) {
    return (speck->x0 + speck->x1) / 2.0;
}

static double middle_y(const struct speck *speck) {
    return (speck->y0 + speck->y1) / 2.0;
}

static double height_of(const struct speck *speck) {
    return speck->y1 - speck->y0;
}

static double width_of(const struct speck *speck) {
    return speck->x1 - speck->x0;
}

static uint32_t less(uint32_t value, uint32_t by) {
    return value < by ? 0 : value - by;
}

/* ---- neighbours --------------------------------------------------------------------------------------- */

static void cells_fill(struct page *page) {
    for (uint32_t i = 0; i < page->columns * page->rows; i++) {
        page->heads[i] = NONE;
    }
    for (uint32_t i = page->specks.count; i-- > 0;) {
        const struct speck *speck = &page->specks.items[i];
        uint32_t cell = speck->y0 / CELL_ROWS * page->columns + speck->x0 / CELL_COLUMNS;
        page->in_cell[i] = page->heads[cell];
        page->heads[cell] = (uint16_t)i;
        page->next[i] = page->previous[i] = NONE;
    }
}

/*
 * Whether two specks have one height and one width. Small ones may have run together, as may those that nearly touch:
 * then their widths tell nothing. Of dashes in pairs some pairs run together. Pieces of a rule that slants are higher
 * the wider they are.
 */
static bool are_alike(const struct speck *a, const struct speck *b) {
    double lower = fmin(height_of(a), height_of(b)), higher = fmax(height_of(a), height_of(b));
    double narrow = fmin(width_of(a), width_of(b)), wide = fmax(width_of(a), width_of(b));
    double gap = fmax(a->x0, b->x0) - fmin(a->x1, b->x1), more = fmax(1.0, 0.4 * lower);
    bool do_touch = gap <= fmax(lower, JOINED_PX);
    more = do_touch && (a->kind != SPECK_WHOLE || b->kind != SPECK_WHOLE) ? fmax(more, MOST_SLOPE * (wide - narrow))
                                                                          : more;
    return a->is_brighter == b->is_brighter && higher <= fmax(lower + more, JOINED_PX) &&
           (higher <= JOINED_PX || do_touch || wide <= fmax(narrow + 2.0, 1.3 * narrow) ||
            (narrow > DOT_LENGTH * higher && wide <= PAIR_LENGTH * narrow));
}

/* The nearest speck to the right that is like this one and about level with it. */
static uint16_t neighbour_of(const struct page *page, uint16_t index) {
    const struct speck *speck = &page->specks.items[index];
    uint32_t reach = (uint32_t)(MOST_GAP_HEIGHTS * fmax(height_of(speck), LEAST_HEIGHT_PX)) + MOST_GAP_MORE;
    uint32_t fall = (uint32_t)(reach * MOST_SLOPE) + MOST_GAP_MORE;
    uint32_t last_column = (speck->x1 + reach) / CELL_COLUMNS, last_row = (speck->y0 + fall) / CELL_ROWS;
    uint16_t best = NONE;
    uint32_t nearest = reach + 1;
    for (uint32_t row = speck->y0 < fall ? 0 : (speck->y0 - fall) / CELL_ROWS; row <= last_row && row < page->rows;
         row++) {
        for (uint32_t column = speck->x1 / CELL_COLUMNS; column <= last_column && column < page->columns; column++) {
            for (uint16_t i = page->heads[row * page->columns + column]; i != NONE; i = page->in_cell[i]) {
                const struct speck *other = &page->specks.items[i];
                double away = middle_x(other) - middle_x(speck), fallen = fabs(middle_y(other) - middle_y(speck));
                if (other->x0 >= speck->x1 && other->x0 - speck->x1 < (int)nearest &&
                    fallen <= 1.0 + MOST_SLOPE * away && are_alike(speck, other)) {
                    nearest = (uint32_t)(other->x0 - speck->x1);
                    best = i;
                }
            }
        }
    }
    return best;
}

static void neighbours_link(struct page *page) {
    for (uint32_t i = 0; i < page->specks.count; i++) {
        uint16_t next = neighbour_of(page, (uint16_t)i);
        page->next[i] = next;
        if (next == NONE) {
            continue;
        }
        uint16_t rival = page->previous[next];
        if (rival == NONE) {
            page->previous[next] = (uint16_t)i;
        } else if (page->specks.items[rival].x1 < page->specks.items[i].x1) {
            page->next[rival] = NONE;
            page->previous[next] = (uint16_t)i;
        } else {
            page->next[i] = NONE;
        }
    }
}

/* ---- rows --------------------------------------------------------------------------------------------- */

/* Whether there is ink in the rows top..bottom and the columns from..until. Rows beyond the grid are ignored. */
static bool area_has_ink(const struct page *page, const struct speck *speck, int top, int bottom, uint32_t from,
                         uint32_t until) {
    for (int y = top < 0 ? 0 : top; y < bottom && y < (int)page->grid.height; y++) {
        for (uint32_t x = from; x < until; x++) {
            if (speck_sees_ink(&page->grid, speck, x, (uint32_t)y)) {
                return true;
            }
        }
    }
    return false;
}

/*
 * Whether there is ink above or below the line between two specks. Then they are points among letters, not dots of a
 * leader.
 */
static bool has_letters_between(const struct page *page, const struct speck *a, const struct speck *b) {
    int upper = (a->y0 < b->y0 ? a->y0 : b->y0) - 1,
        lower = (a->y1 > b->y1 ? a->y1 : b->y1) + 1; /* the height of a dot between them */
    int reach = LETTER_HEIGHTS * (a->y1 - a->y0);
    return area_has_ink(page, a, upper - reach, upper, a->x1, b->x0) ||
           area_has_ink(page, a, lower, lower + reach, a->x1, b->x0);
}

static double widest_gap(const struct dots *dots) {
    double widest = 0.0;
    for (uint32_t i = 0; i < GAPS_KEPT; i++) {
        widest = fmax(widest, dots->gaps[i]);
    }
    return widest;
}

/* Whether `next` continues the row, after how many distances, and whether it is where it should be. */
static bool dots_go_on(const struct page *page, const struct dots *dots, uint16_t next, struct stride *stride) {
    const struct speck *specks = page->specks.items, *first = &specks[dots->first], *last = &specks[dots->last];
    double across = middle_x(&specks[next]) - middle_x(last), down = middle_y(&specks[next]) - middle_y(last);
    *stride = (struct stride){1, true};
    if (has_letters_between(page, last, &specks[next])) {
        return false;
    }
    if (dots->count == 1) {
        return true;
    }
    double length = middle_x(last) - middle_x(first), slope = (middle_y(last) - middle_y(first)) / length;
    double least_px = dots->count < LEAST_COUNT ? PLACE_PX + 0.5 : PLACE_PX;
    if (fabs(down - slope * across) > least_px || !are_alike(last, &specks[next])) {
        return false;
    }
    double pitch = length / dots->steps, count = fmax(round(across / pitch), 1.0);
    double gap = specks[next].x0 - last->x1;
    stride->steps = (uint32_t)count;
    stride->is_even = fabs(across / count - pitch) <= fmax(PITCH_PX, PITCH_SHARE * pitch);
    uint32_t kept = dots->count - 1 < GAPS_KEPT ? dots->count - 1 : GAPS_KEPT; /* gaps so far */
    for (uint32_t i = 0; i < kept; i++) {
        stride->is_even |= fabs(gap - dots->gaps[i]) <= PITCH_PX;
    }
    return count <= MOST_STEPS || gap <= widest_gap(dots) + PITCH_PX;
}

/* ---- letters beside a row ----------------------------------------------------------------------------- */

/* What is beside an end of a row. */
struct beside {
    bool has_letters;
    double letter_px; /* their height, in pixels of the grid */
    uint32_t gap_px;  /* columns of the grid up to the first ink */
};

/* The height of the ink in these columns that is connected, row by row, to the rows of the dots. */
static double ink_height(const struct page *page, const struct speck *end, int top, int bottom, uint32_t from,
                         uint32_t until) {
    int limit = (int)(MOST_LETTER * (bottom - top)) + 1, last = (int)page->grid.height - 1;
    int near = bottom - top, upper = bottom, lower = top; /* letters are a little above a rule */
    for (int y = bottom; y >= 0 && bottom - y <= limit && (y >= top - near || upper - y <= 1); y--) {
        upper = area_has_ink(page, end, y, y + 1, from, until) ? y : upper;
    }
    for (int y = top; y <= last && y - top <= limit && (y <= bottom || y - lower <= 1); y++) {
        lower = area_has_ink(page, end, y, y + 1, from, until) ? y : lower;
    }
    return lower - upper + 1.0;
}

/* Looks from an end of a row outwards, to the left (-1) or to the right (1). */
static struct beside beside_end(const struct page *page, const struct dots *dots, uint16_t end, int way) {
    const struct speck *speck = &page->specks.items[end];
    double pitch = fmax(dots->pitch, fmin(widest_gap(dots), MOST_STEPS * dots->pitch)); /* of groups of dashes */
    double height = height_of(speck), reach = fmax(REACH_PITCHES * pitch, REACH_HEIGHTS * height);
    int top = speck->y0 - 1, bottom = speck->y1, wide = (int)fmax(8.0 * height, 6.0);
    struct beside beside = {false, 0.0, (uint32_t)reach};
    bool is_first = true;
    int x = way > 0 ? speck->x1 : speck->x0 - 1;
    for (int away = 0; away < (int)reach; away++, x += way) {
        if (x < 0 || x >= (int)page->grid.width) {
            break;
        }
        if (!area_has_ink(page, speck, top - (int)(3 * height), bottom, (uint32_t)x, (uint32_t)x + 1)) {
            continue;
        }
        beside.gap_px = is_first ? (uint32_t)away : beside.gap_px;
        is_first = false;
        int from = way > 0 ? x : x - wide + 1, until = from + wide;
        from = from < 0 ? 0 : from;
        until = until > (int)page->grid.width ? (int)page->grid.width : until;
        double letter = ink_height(page, speck, top, bottom, (uint32_t)from, (uint32_t)until);
        if (letter >= fmax(LEAST_LETTER * height, LEAST_LETTER_PX) && letter <= MOST_LETTER * height) {
            beside.has_letters = true;
            beside.letter_px = letter;
            break;
        }
        x += way * (wide - 1);
        away += wide - 1;
    }
    return beside;
}

/* ---- painting ----------------------------------------------------------------------------------------- */

/* A rectangle of the view, in its pixels; x1 and y1 are not included. */
struct patch {
    uint32_t x0, y0, x1, y1;
};

/* Fills the rectangle with a blend from the colour above to the colour below, column by column. */
static void patch_paint(const struct page *page, const struct patch *patch) {
    struct view_grid fine = view_grid(&page->view, 1);
    uint8_t *pixels = page->image->pixels + (fine.first - page->image->pixels);
    uint32_t above = patch->y0 > 0 ? patch->y0 - 1 : patch->y1, below = patch->y1 < fine.height ? patch->y1 : above;
    if (above >= fine.height) {
        return;
    }
    for (uint32_t x = patch->x0; x < patch->x1; x++) {
        uint8_t *column = pixels + (ptrdiff_t)x * fine.across_bytes;
        const uint8_t *from = column + (ptrdiff_t)above * fine.down_bytes;
        const uint8_t *to = column + (ptrdiff_t)below * fine.down_bytes;
        view_pixels_blend(column + (ptrdiff_t)patch->y0 * fine.down_bytes, fine.down_bytes, patch->y1 - patch->y0, from,
                          to);
    }
}

/*
 * Paints over one speck, or from one to another of its row, with their grey edges; `left`, `right`: the room beside
 * them.
 */
static void specks_paint(const struct page *page, const struct speck *a, const struct speck *b, uint32_t left,
                         uint32_t right) {
    uint32_t step = page->step_px, fringe = step + 1;
    uint32_t x1 = b->x1 * step + (right < fringe ? right : fringe),
             y1 = (a->y1 > b->y1 ? a->y1 : b->y1) * step + fringe;
    struct patch patch = {
        less(a->x0 * step, left < fringe ? left : fringe), less((a->y0 < b->y0 ? a->y0 : b->y0) * step, fringe),
        x1 < page->view.width_px ? x1 : page->view.width_px, y1 < page->view.height_px ? y1 : page->view.height_px};
    patch_paint(page, &patch);
}

static void dots_paint(const struct page *page, const struct dots *dots, uint32_t left_gap, uint32_t right_gap) {
    uint32_t wide = 2 * page->step_px + 2;
    for (uint16_t i = dots->first;; i = page->next[i]) {
        uint32_t left = i == dots->first ? left_gap * page->step_px / 2 : wide;
        bool is_last = i == dots->last;
        const struct speck *speck = &page->specks.items[i];
        const struct speck *until = is_last ? speck : &page->specks.items[page->next[i]];
        bool has_missed = !is_last && middle_x(until) - middle_x(speck) > 1.5 * dots->pitch;
        specks_paint(page, speck, has_missed ? until : speck, left, is_last ? right_gap * page->step_px / 2 : wide);
        if (is_last) {
            break;
        }
    }
}

static void dots_judge(const struct page *page, struct dots *dots) {
    const struct speck *first = &page->specks.items[dots->first], *last = &page->specks.items[dots->last];
    bool is_long = last->x1 - first->x0 >= LEAST_LENGTH * fmax(height_of(first), height_of(last));
    if ((dots->count < LEAST_COUNT && !is_long) || dots->odd_count > MOST_ODD * dots->count) {
        return;
    }
    dots->pitch = dots->steps == 0 ? 0.0 : (middle_x(last) - middle_x(first)) / dots->steps;
    struct beside left = beside_end(page, dots, dots->first, -1), right = beside_end(page, dots, dots->last, 1);
    bool are_dots = first->x1 - first->x0 <= DOT_LENGTH * height_of(first) + 1.0;
    bool has_both = left.has_letters && right.has_letters, has_one = left.has_letters || right.has_letters;
    double letter_px = fmax(left.letter_px, right.letter_px);
    if (last->x1 - first->x0 < LEAST_LETTERS * letter_px) {
        return;
    }
    if (has_both || (has_one && (dots->is_rule || (are_dots && dots->count >= LEAST_COUNT_ONE_SIDE)))) {
        dots_paint(page, dots, left.gap_px, right.gap_px);
    }
}

/* Builds the rows that begin at a speck without a neighbour before it. */
static void rows_erase(const struct page *page, uint16_t first) {
    while (first != NONE) {
        struct dots dots = {.first = first, .last = first, .count = 1};
        dots.is_rule = page->specks.items[first].kind != SPECK_PIECE_BESIDE_INK;
        struct stride stride;
        for (uint16_t next = page->next[first]; next != NONE && dots_go_on(page, &dots, next, &stride);
             next = page->next[next]) {
            dots.gaps[(dots.count - 1) % GAPS_KEPT] = page->specks.items[next].x0 - page->specks.items[dots.last].x1;
            dots.last = next;
            dots.count++;
            dots.steps += stride.steps;
            dots.odd_count += !stride.is_even;
            dots.is_rule &= page->specks.items[next].kind == SPECK_PIECE;
        }
        dots_judge(page, &dots);
        first = dots.count > 1 && page->next[dots.last] != NONE ? dots.last : page->next[dots.last];
    }
}

static uint32_t step_for(const struct view *view) {
    double longest = fmax(view->width_px, view->height_px), area = (double)view->width_px * view->height_px;
    return (uint32_t)ceil(fmax(sqrt(area / GRID_AREA), longest / GRID_SIDE));
}

bool leaders_erase(struct image *image, unsigned turn, struct arena *arena) {
    struct arena_mark mark = arena_mark(arena);
    struct page page = {.image = image, .view = view_of(image, turn)};
    page.step_px = step_for(&page.view);
    page.grid = view_grid(&page.view, page.step_px);
    page.columns = page.grid.width / CELL_COLUMNS + 1;
    page.rows = page.grid.height / CELL_ROWS + 1;
    page.heads = arena_allocate(arena, sizeof *page.heads * page.columns * page.rows);
    page.in_cell = arena_allocate(arena, sizeof *page.in_cell * 3 * SPECKS_LIMIT);
    bool done = page.heads != NULL && page.in_cell != NULL && specks_find(&page.grid, arena, &page.specks);
    if (done) {
        page.next = page.in_cell + SPECKS_LIMIT;
        page.previous = page.next + SPECKS_LIMIT;
        cells_fill(&page);
        neighbours_link(&page);
        for (uint32_t i = 0; i < page.specks.count; i++) {
            if (page.previous[i] == NONE) {
                rows_erase(&page, (uint16_t)i);
            }
        }
    }
    arena_rewind(arena, mark);
    return done;
}
