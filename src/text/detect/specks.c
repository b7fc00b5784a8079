/* specks.c - divides bands of rows into ink and paper, cell by cell, and the ink into shapes; keeps the small ones. */
#include "text/detect/specks.h"

#include <string.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/level_counts.h"
#include "text/detect/roots.h"

/* A band is examined with so many rows of its neighbours, so that a shape at its border is whole in one of them. */
enum { BAND_ROWS = 128, MARGIN_ROWS = 16, WINDOW_ROWS = BAND_ROWS + 2 * MARGIN_ROWS, CELL_COLUMNS = 64 };

/* The greatest height: that of dots in large print. */
enum { MOST_HEIGHT = 12 };

/*
 * The least share of its box that a speck fills. A dot fills most of it and a slanted dash a part; no letter fills as
 * much.
 */
static const double DASH_FILL = 0.3, DOT_FILL = 0.5;

/* A band with more shapes is a texture and is skipped. */
enum { SHAPES_LIMIT = 32768 };

/* A cell that changes by less has one colour. */
enum { LEAST_RANGE = 24 };

/* Ink is beyond this share of the way from the paper to the farthest level. */
static const double INK_SHARE = 0.4;

/* Bare rows above and below a speck: this share of its height, and at least so many. */
enum { BARE_HEIGHTS = 2, LEAST_BARE_ROWS = 4 };

/*
 * A shape this many times as wide as high may be a rule that slants. It is divided into pieces of about so many
 * columns, each of them a speck.
 */
enum { RULE_LENGTH = 4, PIECE_COLUMNS = 16 };

/* A shape that fills more of its box is level. */
static const double LEVEL_FILL = 0.75;

struct shape {
    uint32_t pixel_count;
    uint16_t x0, x1, y0, y1; /* half open; rows of the window */
};

struct span {
    uint16_t x0, x1;
    uint32_t shape;
};

/* The paper of a cell, and how far ink is from it. */
struct cell {
    uint8_t paper, border; /* border 0: the cell is bare */
    bool is_brighter;
};

struct window {
    uint32_t top, rows, width; /* of the grid */
    uint32_t grid_rows;
    uint8_t *ink;       /* [rows][width]: 1 where ink is */
    struct cell *cells; /* from left to right */
    struct span *above, *here;
    struct shape *shapes; /* one for each run; joined ones are in their root */
    uint32_t *parents;    /* of the shapes */
    uint32_t shape_count;
};

static bool is_ink(uint8_t value, uint8_t paper, uint8_t border, bool is_brighter) {
    return is_brighter ? value > paper + border : value + border < paper;
}

bool speck_sees_ink(const struct view_grid *grid, const struct speck *speck, uint32_t x, uint32_t y) {
    return is_ink(*view_green(grid, x, y), speck->paper, speck->border, speck->is_brighter);
}

/* The commonest level is the paper. Ink is beyond a share of the way to the farther end of the range. */
static struct cell cell_judge(const struct view_grid *grid, const struct window *window, uint32_t x0, uint32_t x1) {
    enum { LEVELS = LEVEL_COUNTS_LEVELS, LEVEL_BITS = 2, EVERY = 2 };
    struct level_counts counts = {0};
    uint32_t histogram[LEVELS];
    for (uint32_t y = 0; y < window->rows; y += EVERY) {
        const uint8_t *pixel = view_green(grid, x0, window->top + y);
        for (uint32_t x = x0; x < x1; x += EVERY, pixel += EVERY * grid->across_bytes) {
            level_counts_add(&counts, x / EVERY, *pixel >> LEVEL_BITS);
        }
    }
    level_counts_sum(&counts, histogram);
    int least = 0, most = LEVELS - 1, paper = 0;
    while (histogram[least] == 0) {
        least++;
    }
    while (histogram[most] == 0) {
        most--;
    }
    for (int level = least; level <= most; level++) {
        paper = histogram[level] > histogram[paper] ? level : paper;
    }
    bool is_brighter = most - paper > paper - least;
    int farthest = (is_brighter ? most - paper : paper - least) << LEVEL_BITS;
    return (struct cell){(uint8_t)((paper << LEVEL_BITS) + 2),
                         farthest < LEAST_RANGE ? 0 : (uint8_t)(INK_SHARE * farthest), is_brighter};
}

static void cell_part(const struct view_grid *grid, const struct window *window, const struct cell *cell, uint32_t x0,
                      uint32_t x1) {
    int ink_from = cell->is_brighter ? cell->paper + cell->border + 1 : 0;
    int ink_until = cell->is_brighter ? UINT8_MAX + 1 : cell->paper - cell->border;
    bool is_bare = cell->border == 0 || ink_from > UINT8_MAX || ink_until <= 0;
    uint8_t least = (uint8_t)ink_from, span = (uint8_t)(ink_until - 1 - ink_from);
    size_t width = x1 - x0;
    for (uint32_t y = 0; y < window->rows; y++) {
        uint8_t *ink = window->ink + (size_t)y * window->width + x0;
        if (is_bare) {
            memset(ink, 0, width);
            continue;
        }
        const uint8_t *pixel = view_green(grid, x0, window->top + y);
        uint8_t greens[CELL_COLUMNS];
        for (size_t i = 0; i < width; i++) {
            greens[i] = pixel[(ptrdiff_t)i * grid->across_bytes];
        }
        for (size_t i = 0; i < width; i++) {
            ink[i] = (uint8_t)(greens[i] - least) <= span;
        }
    }
}

static void shapes_join(struct window *window, uint32_t a, uint32_t b) {
    if (!roots_join(window->parents, &a, &b)) {
        return;
    }
    struct shape *kept = &window->shapes[a];
    const struct shape *joined = &window->shapes[b];
    kept->x0 = joined->x0 < kept->x0 ? joined->x0 : kept->x0;
    kept->x1 = joined->x1 > kept->x1 ? joined->x1 : kept->x1;
    kept->y0 = joined->y0 < kept->y0 ? joined->y0 : kept->y0;
    kept->y1 = joined->y1 > kept->y1 ? joined->y1 : kept->y1;
    kept->pixel_count += joined->pixel_count;
}

/* The runs of a row, each in the shape of those above that it touches; false when there are too many shapes. */
static bool row_shape(struct window *window, uint32_t y, uint32_t above_count, uint32_t *here_count) {
    const uint8_t *row = window->ink + (size_t)y * window->width;
    uint32_t k = 0;
    *here_count = 0;
    for (size_t at = 0; (at = bytes_run_end(row, at, window->width, 0)) < window->width;) {
        size_t past = bytes_run_end(row, at, window->width, 1);
        uint16_t x0 = (uint16_t)at, x1 = (uint16_t)past;
        at = past;
        if (window->shape_count == SHAPES_LIMIT) {
            return false;
        }
        uint32_t own = window->shape_count++;
        window->parents[own] = own;
        window->shapes[own] = (struct shape){x1 - x0, x0, x1, (uint16_t)y, (uint16_t)(y + 1)};
        while (k < above_count && window->above[k].x1 < x0) {
            k++;
        }
        for (uint32_t i = k; i < above_count && window->above[i].x0 <= x1; i++) {
            shapes_join(window, own, window->above[i].shape);
        }
        window->here[(*here_count)++] = (struct span){x0, x1, own};
    }
    return true;
}

static bool shapes_find(struct window *window) {
    uint32_t above_count = 0, here_count;
    window->shape_count = 0;
    for (uint32_t y = 0; y < window->rows; y++) {
        if (!row_shape(window, y, above_count, &here_count)) {
            return false;
        }
        struct span *spans = window->above;
        window->above = window->here;
        window->here = spans;
        above_count = here_count;
    }
    return true;
}

/*
 * Whether there is no ink in the rows from..until within the columns of the shape. Rows beyond the window are ignored.
 */
static bool is_bare(const struct window *window, const struct shape *shape, int from, int until) {
    for (int y = from < 0 ? 0 : from; y < until && y < (int)window->rows; y++) {
        if (memchr(window->ink + (size_t)y * window->width + shape->x0, 1, (size_t)(shape->x1 - shape->x0)) != NULL) {
            return false;
        }
    }
    return true;
}

/* Whether nothing is just above or below a shape. */
static bool is_alone(const struct window *window, const struct shape *shape) {
    int bare = BARE_HEIGHTS * (shape->y1 - shape->y0);
    bare = bare < LEAST_BARE_ROWS ? LEAST_BARE_ROWS : bare;
    return is_bare(window, shape, shape->y0 - bare, shape->y0) && is_bare(window, shape, shape->y1, shape->y1 + bare);
}

static bool is_speck(const struct window *window, const struct shape *shape) {
    uint32_t width = shape->x1 - shape->x0, height = shape->y1 - shape->y0;
    double least_fill = width <= 2 * height ? DOT_FILL : DASH_FILL;
    if (height > MOST_HEIGHT || shape->pixel_count < least_fill * (width * height)) {
        return false;
    }
    return is_alone(window, shape);
}

/* Rows from..until of a window; the band without its margins. */
struct band_rows {
    uint32_t from, until; /* of the grid */
};

/* Adds a speck whose middle is in the band, not in its margins. */
static void speck_take(const struct window *window, const struct shape *shape, const struct band_rows *band,
                       enum speck_kind kind, struct speck_list *specks) {
    uint32_t middle = window->top + (shape->y0 + shape->y1) / 2u;
    if (middle < band->from || middle >= band->until || specks->count == SPECKS_LIMIT) {
        return;
    }
    const struct cell *cell = &window->cells[shape->x0 / CELL_COLUMNS];
    specks->items[specks->count++] = (struct speck){shape->x0,
                                                    shape->x1,
                                                    (uint16_t)(window->top + shape->y0),
                                                    (uint16_t)(window->top + shape->y1),
                                                    cell->paper,
                                                    cell->border,
                                                    cell->is_brighter,
                                                    kind};
}

/* ---- rules that slant --------------------------------------------------------------------------------- */

/* Ink of one column that belongs to a rule: rows top <= y < bottom of the window. */
struct trace {
    int top, bottom;
};

static bool has_ink(const struct window *window, uint32_t x, int y) {
    return y >= 0 && y < (int)window->rows && window->ink[(size_t)y * window->width + x] != 0;
}

/* Goes on to the ink of column `x` that touches the trace in the column before; false where there is none. */
static bool trace_go_on(const struct window *window, uint32_t x, struct trace *trace) {
    int top = trace->top - 1, last = trace->bottom;
    while (top <= last && !has_ink(window, x, top)) {
        top++;
    }
    if (top > last) {
        return false;
    }
    int bottom = top + 1;
    bool goes_up = top == trace->top - 1;
    while (goes_up && has_ink(window, x, top - 1) && bottom - top <= MOST_HEIGHT) {
        top--;
    }
    while (has_ink(window, x, bottom) && bottom - top <= MOST_HEIGHT) {
        bottom++;
    }
    *trace = (struct trace){top, bottom};
    return bottom - top <= MOST_HEIGHT;
}

/* Where a piece of a rule ends. Pieces end at the same columns in each window that the rule is in. */
static uint32_t piece_end(const struct shape *shape, uint32_t x0) {
    uint32_t end = (x0 / PIECE_COLUMNS + 1) * PIECE_COLUMNS;
    end += end - x0 < PIECE_COLUMNS ? PIECE_COLUMNS : 0;
    return end + PIECE_COLUMNS > shape->x1 ? shape->x1 : end;
}

/* The ink at the left end of a shape that is nearest to its lower or upper corner. */
static int rule_start(const struct window *window, const struct shape *shape, bool does_rise) {
    int y = does_rise ? shape->y1 - 1 : shape->y0;
    for (int i = 0; i < MOST_HEIGHT && !has_ink(window, shape->x0, y); i++) {
        y += does_rise ? -1 : 1;
    }
    return y;
}

/*
 * Follows a shape from its left end, where it is lowest if it rises, and gives its pieces. True if the shape is nothing
 * but this line.
 */
static bool rule_follow(const struct window *window, const struct shape *shape, bool does_rise, struct shape *pieces,
                        uint32_t *count) {
    uint32_t pixel_count = 0;
    int start = rule_start(window, shape, does_rise);
    struct trace trace = {start, start};
    *count = 0;
    for (uint32_t x = shape->x0; x < shape->x1; (*count)++) {
        struct shape *piece = &pieces[*count];
        *piece = (struct shape){0, (uint16_t)x, (uint16_t)piece_end(shape, x), UINT16_MAX, 0};
        for (; x < piece->x1; x++) {
            if (!trace_go_on(window, x, &trace) || trace.top < shape->y0 || trace.bottom > shape->y1) {
                return false;
            }
            piece->y0 = (uint16_t)trace.top < piece->y0 ? (uint16_t)trace.top : piece->y0;
            piece->y1 = (uint16_t)trace.bottom > piece->y1 ? (uint16_t)trace.bottom : piece->y1;
            pixel_count += (uint32_t)(trace.bottom - trace.top);
        }
        if (piece->y1 - piece->y0 > MOST_HEIGHT) {
            return false;
        }
    }
    return pixel_count <= shape->pixel_count && 20 * pixel_count >= 19 * shape->pixel_count;
}

/* Whether a shape is at the upper or lower side of the image: what slants there is the border of a scan. */
static bool is_at_border(const struct window *window, const struct shape *shape) {
    return window->top + shape->y0 == 0 || window->top + shape->y1 >= window->grid_rows;
}

/* Adds the pieces of a rule that slants, but those with something just above or below them; false if it is none. */
static bool rule_take(const struct window *window, const struct shape *shape, const struct band_rows *band,
                      struct speck_list *specks) {
    enum { PIECES_LIMIT = 512 };
    struct shape pieces[PIECES_LIMIT];
    uint32_t width = shape->x1 - shape->x0, height = shape->y1 - shape->y0, count;
    if (width < 2 * PIECE_COLUMNS || width / PIECE_COLUMNS >= PIECES_LIMIT || width < RULE_LENGTH * height ||
        shape->pixel_count > width * MOST_HEIGHT || shape->pixel_count > LEVEL_FILL * (width * height) ||
        is_at_border(window, shape)) {
        return false;
    }
    if (!rule_follow(window, shape, true, pieces, &count) && !rule_follow(window, shape, false, pieces, &count)) {
        return false;
    }
    enum speck_kind kind = SPECK_PIECE;
    for (uint32_t i = 0; i < count && kind == SPECK_PIECE; i++) {
        kind = is_alone(window, &pieces[i]) ? SPECK_PIECE : SPECK_PIECE_BESIDE_INK;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (is_alone(window, &pieces[i])) {
            speck_take(window, &pieces[i], band, kind, specks);
        }
    }
    return true;
}

static void specks_take(const struct window *window, const struct band_rows *band, struct speck_list *specks) {
    for (uint32_t i = 0; i < window->shape_count && specks->count < SPECKS_LIMIT; i++) {
        const struct shape *shape = &window->shapes[i];
        if (window->parents[i] != i) {
            continue;
        }
        if (!rule_take(window, shape, band, specks) && is_speck(window, shape)) {
            speck_take(window, shape, band, SPECK_WHOLE, specks);
        }
    }
}

static void window_part(const struct view_grid *grid, struct window *window) {
    for (uint32_t x = 0, i = 0; x < window->width; x += CELL_COLUMNS, i++) {
        uint32_t end = x + CELL_COLUMNS < window->width ? x + CELL_COLUMNS : window->width;
        window->cells[i] = cell_judge(grid, window, x, end);
        cell_part(grid, window, &window->cells[i], x, end);
    }
}

static bool window_make(const struct view_grid *grid, struct arena *arena, struct window *window) {
    size_t spans_bytes = (grid->width / 2 + 1) * sizeof(struct span);
    *window = (struct window){
        .width = grid->width,
        .grid_rows = grid->height,
        .ink = arena_allocate(arena, (size_t)grid->width * WINDOW_ROWS),
        .cells = arena_allocate(arena, (grid->width / CELL_COLUMNS + 1) * sizeof *window->cells),
        .above = arena_allocate(arena, spans_bytes),
        .here = arena_allocate(arena, spans_bytes),
        .shapes = arena_allocate(arena, SHAPES_LIMIT * sizeof *window->shapes),
        .parents = arena_allocate(arena, SHAPES_LIMIT * sizeof *window->parents),
    };
    return window->ink != NULL && window->cells != NULL && window->above != NULL && window->here != NULL &&
           window->shapes != NULL && window->parents != NULL;
}

bool specks_find(const struct view_grid *grid, struct arena *arena, struct speck_list *specks) {
    *specks = (struct speck_list){.items = arena_allocate(arena, SPECKS_LIMIT * sizeof *specks->items)};
    struct arena_mark mark = arena_mark(arena);
    struct window window;
    if (specks->items == NULL || !window_make(grid, arena, &window)) {
        arena_rewind(arena, mark);
        return false;
    }
    for (uint32_t from = 0; from < grid->height; from += BAND_ROWS) {
        uint32_t until = from + BAND_ROWS < grid->height ? from + BAND_ROWS : grid->height;
        uint32_t bottom = until + MARGIN_ROWS < grid->height ? until + MARGIN_ROWS : grid->height;
        window.top = from < MARGIN_ROWS ? 0 : from - MARGIN_ROWS;
        window.rows = bottom - window.top;
        window_part(grid, &window);
        if (shapes_find(&window)) {
            specks_take(&window, &(struct band_rows){from, until}, specks);
        }
    }
    arena_rewind(arena, mark);
    return true;
}
