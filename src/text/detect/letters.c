/*
 * letters.c - counts the shapes of a cell that have the proportions of letters by their height, and looks for words of
 * small letters among larger ones.
 */
#include "text/detect/letters.h"

#include <math.h>

#include "base/arena.h"
#include "text/detect/cells/cell_shapes.h"
#include "text/detect/cells/cell_words.h"

/* A cell holds a few words of the largest letters that may be too small. */
enum { LEAST_CELL_PX = 96, CELL_IN_LETTERS = 6 };

/* What a cell sees of those to its right and below, so that no word is cut by all borders. */
enum { MARGIN_IN_LETTERS = 2 };

/* Lower letters can hardly be read, dots of leaders are as low, and specks are everywhere. */
enum { LEAST_HEIGHT_PX = CELL_LEAST_LETTER_PX, MOST_HEIGHT_PX = 60 };

/* A smaller change is one colour. */
enum { LEAST_RANGE = 24 };

/* One cell in fifty may exceed the usual range; this share of it is ground, not ink. */
static const double FEW_CELLS = 0.02, GROUND_SHARE = 0.25;

/* The strokes of a letter reach this share of the way; the blots of a texture seldom do. */
static const double STROKE_SHARE = 0.65;

/* Letters may touch; a shape this many times as long as high is a rule. */
enum { MOST_LENGTH = 8 };

/*
 * This many letters among other shapes are text. With nothing else in the cell, two of a certain height are a label,
 * and three lower ones: two may be a colon.
 */
enum { TEXT_LETTERS = 7, LABEL_LETTERS = 2, LOW_LABEL_LETTERS = 3 };

/* Shapes this many times as long as high are dashes, if most letters of a cell are so and most of those have one
 * length. */
static const double FLAT_RATIO = 1.6, FLAT_SHARE = 0.8, DASH_SHARE = 0.85, DASH_TOLERANCE = 0.25;

/* This many low shapes in this many lines may be letters that too few pixels are left of. A row of dashes is one line.
 */
enum { FINE_SHAPES = 14, FINE_LINES = 3 };

/* For each letter: more specks mean a bad scan of larger letters, and so do more pieces of larger letters. */
static const double MOST_SPECKS = 1.5, MOST_LARGER = 0.67;

/*
 * Pieces of a broken letter stand this close above one another, where rows of text leave more room; this share of the
 * letters of a tight page may do so too. The pieces of a ragged rule are this long on average, letters are not.
 */
enum { PIECE_GAP_PX = 2 };
static const double PIECES_SHARE = 0.35, PIECE_RATIO = 1.5;

/* Low shapes in each line of a cell; the specks and pieces of larger letters are fewer and anywhere. */
enum { FINE_IN_LINE = 5 };

/* For each letter: fewer specks are dots and accents. */
static const double ALONE_SPECKS = 0.5;

/* Capitals and letters with a stem are at most this many times as high as small letters; dirt has any height. */
static const double ALIKE_LEAST = 0.75, ALIKE_MOST = 1.6, ALIKE_SHARE = 0.8;

/* How many shapes of each kind a cell has, without those that its border cuts. */
struct shape_counts {
    uint32_t heights[MOST_HEIGHT_PX + 1]; /* of small letters */
    uint32_t letters, strokes;            /* small letters, and those of them that are as dark as ink */
    uint32_t specks, larger;
    uint32_t stubs;                               /* larger, cut by the upper or lower border */
    uint32_t pieces, widths_px, heights_px;       /* letters with ink just above or below; sums over all letters */
    uint32_t flat, flat_widths[CELL_MOST_PX + 1]; /* letters that may be dashes, by their length */
    uint32_t low;                                 /* the specks, and long ones among them: words or rules */
    uint8_t low_at[CELL_MOST_PX + 1];             /* for each row, whether a low shape begins there */
};

/* Whether other ink begins just above or below a shape. */
static bool is_piece(const struct cell *cell, const struct shape *shape) {
    uint32_t from = shape->y0 < PIECE_GAP_PX ? 0 : shape->y0 - PIECE_GAP_PX;
    for (uint32_t y = from; y <= (uint32_t)shape->y1 + PIECE_GAP_PX && y < cell->height; y++) {
        const uint8_t *row = cell->pixels + (size_t)y * cell->width;
        for (uint32_t x = shape->x0; x <= shape->x1 && (y < shape->y0 || y > shape->y1); x++) {
            if (row[x] != 0) {
                return true;
            }
        }
    }
    return false;
}

static void shape_count(const struct cell *cell, const struct shape *shape, uint32_t small_px, bool is_strict,
                        struct shape_counts *counts) {
    uint32_t x1 = shape->x1 < cell->own_width ? shape->x1 : cell->own_width - 1;
    uint32_t y1 = shape->y1 < cell->own_height ? shape->y1 : cell->own_height - 1;
    if (shape->x0 > x1 || shape->y0 > y1) {
        return; /* in the margin */
    }
    uint32_t width = x1 - shape->x0 + 1u, height = y1 - shape->y0 + 1u;
    bool is_inside = shape->y0 > 0 && y1 + 1u < cell->own_height;
    if (!is_inside || shape->x0 == 0 || x1 + 1u == cell->own_width) {
        counts->stubs +=
            !is_inside && height >= small_px && 2 * height < cell->own_height && 2 * width < cell->own_width;
        return;
    }
    if (height < LEAST_HEIGHT_PX) {
        counts->low++;
        counts->low_at[shape->y0] = 1;
    }
    if (width > MOST_LENGTH * height) {
        return;
    }
    if (height < LEAST_HEIGHT_PX) {
        counts->specks++;
    } else if (height < small_px) {
        counts->heights[height]++;
        counts->letters++;
        counts->pieces += is_strict && is_piece(cell, shape);
        counts->widths_px += width;
        counts->heights_px += height;
        counts->strokes += shape->peak >= STROKE_SHARE * cell->farthest;
        if (width >= FLAT_RATIO * height) {
            counts->flat++;
            counts->flat_widths[width]++;
        }
    } else if (!cell_is_rule(cell, shape)) {
        counts->larger++;
    }
}

static uint32_t middle_height(const struct shape_counts *counts) {
    uint32_t middle = LEAST_HEIGHT_PX;
    for (uint32_t below = counts->heights[middle]; below < counts->letters - counts->letters / 2;
         below += counts->heights[middle]) {
        middle++;
    }
    return middle;
}

static bool are_alike(const struct shape_counts *counts, uint32_t middle) {
    uint32_t alike = 0;
    for (uint32_t height = LEAST_HEIGHT_PX; height <= MOST_HEIGHT_PX; height++) {
        bool is_alike = height >= floor(ALIKE_LEAST * middle) && height <= ceil(ALIKE_MOST * middle);
        alike += is_alike ? counts->heights[height] : 0;
    }
    return alike >= ALIKE_SHARE * counts->letters;
}

static bool are_dashes(const struct shape_counts *counts) {
    if (counts->flat < FLAT_SHARE * counts->letters) {
        return false;
    }
    uint32_t middle = 0, alike = 0;
    for (uint32_t below = 0; 2 * below < counts->flat; below += counts->flat_widths[middle]) {
        middle++;
    }
    uint32_t least = (uint32_t)floor((1.0 - DASH_TOLERANCE) * middle);
    for (uint32_t width = least; width <= CELL_MOST_PX && width <= ceil((1.0 + DASH_TOLERANCE) * middle); width++) {
        alike += counts->flat_widths[width];
    }
    return alike >= DASH_SHARE * counts->flat;
}

/* Lines of low shapes: those that begin within the height of a letter are in one. */
static uint32_t low_lines(const struct shape_counts *counts) {
    uint32_t lines = 0;
    for (uint32_t y = 0; y < CELL_MOST_PX; y++) {
        if (counts->low_at[y] != 0) {
            lines++;
            y += LEAST_HEIGHT_PX - 1;
        }
    }
    return lines;
}

static uint8_t cell_without_letters(const struct shape_counts *counts, bool is_strict) {
    uint32_t lines = low_lines(counts), least = is_strict ? FINE_IN_LINE * lines : FINE_SHAPES;
    return lines >= FINE_LINES && counts->low >= least ? LETTERS_FINE : LETTERS_OTHER;
}

static bool are_pieces(const struct shape_counts *counts) {
    return counts->pieces > PIECES_SHARE * counts->letters || counts->widths_px > PIECE_RATIO * counts->heights_px;
}

static bool is_text(const struct shape_counts *counts) {
    return counts->letters >= TEXT_LETTERS && 2 * counts->strokes >= counts->letters &&
           counts->specks <= MOST_SPECKS * counts->letters && counts->larger <= MOST_LARGER * counts->letters;
}

static bool is_label(const struct shape_counts *counts, uint32_t middle, double label_px) {
    return middle >= label_px && counts->letters >= (middle < LETTERS_LABEL_PX ? LOW_LABEL_LETTERS : LABEL_LETTERS) &&
           counts->strokes == counts->letters && counts->larger == 0 && counts->specks <= 1;
}

struct found {
    uint8_t height, range; /* of the channel that changes most */
    bool is_light, is_alone;
};

/* Whether the letters of a cell that are too small, whose median height is `middle`, clearly are letters. */
static bool are_letters(const struct shape_counts *counts, const struct letters_search *search, uint32_t middle) {
    bool is_found =
        is_text(counts) || ((counts->stubs == 0 || !search->is_strict) && is_label(counts, middle, search->label_px));
    return is_found && are_alike(counts, middle) && !are_dashes(counts);
}

/* The median height of the letters that are too small, or that of a word among larger things. */
static void cell_judge(const struct cell *cell, uint32_t small_px, const struct letters_search *search,
                       struct found *found) {
    struct shape_counts counts = {.letters = 0};
    for (uint32_t i = 0; i < cell->shape_count; i++) {
        if (cell_is_shape(cell, i)) {
            shape_count(cell, &cell->shapes[i], small_px, search->is_strict, &counts);
        }
    }
    found->is_alone = counts.larger == 0 && counts.specks <= fmax(1.0, ALONE_SPECKS * counts.letters);
    found->height = cell_without_letters(&counts, search->is_strict);
    if (search->is_strict && are_pieces(&counts)) {
        return;
    }
    uint32_t middle = middle_height(&counts);
    if (counts.letters >= LABEL_LETTERS && are_letters(&counts, search, middle)) {
        found->height = (uint8_t)middle;
    } else if (!search->is_strict) {
        uint8_t height = cell_words_height(cell, small_px);
        found->height = height > 0 ? height : found->height;
    }
}

/* The least height that is not too small, in whole pixels. */
static uint32_t most_small_px(double small_px) {
    return (uint32_t)fmin(ceil(small_px), MOST_HEIGHT_PX);
}

static struct found cell_measure(const struct view_grid *grid, uint32_t x, uint32_t y,
                                 const struct letters_search *search, struct cell *cell) {
    const uint8_t *first = grid->first + x * grid->across_bytes + y * grid->down_bytes;
    struct found found = {.height = LETTERS_BARE, .range = cell_shapes_find(grid, first, LEAST_RANGE, cell)};
    if (found.range >= LEAST_RANGE) {
        found.is_light = cell->is_light;
        cell_judge(cell, most_small_px(found.is_light ? search->light_px : search->small_px), search, &found);
    }
    return found;
}

/* The range that few cells exceed: that of ink on paper, if there is any. */
static uint8_t usual_range(const uint8_t *ranges, uint32_t count) {
    uint32_t histogram[UINT8_MAX + 1] = {0}, above = 0;
    for (uint32_t i = 0; i < count; i++) {
        histogram[ranges[i]]++;
    }
    uint32_t range = UINT8_MAX;
    for (; range > 0 && above + histogram[range] <= count * FEW_CELLS; range--) {
        above += histogram[range];
    }
    return (uint8_t)range;
}

/* Discards cells that change by much less than the rest of the page: they are ground. */
static void grounds_leave(struct letters *letters, const uint8_t *ranges) {
    uint32_t count = letters->columns * letters->rows;
    double least = GROUND_SHARE * usual_range(ranges, count);
    for (uint32_t i = 0; i < count; i++) {
        if (letters->heights[i] != LETTERS_BARE && ranges[i] < least) {
            letters->heights[i] = LETTERS_OTHER;
        }
    }
}

static struct letters letters_grid(const struct view *view, uint32_t most_px) {
    uint32_t cell_px = CELL_IN_LETTERS * most_px;
    cell_px = cell_px < LEAST_CELL_PX ? LEAST_CELL_PX : cell_px > CELL_MOST_PX ? CELL_MOST_PX : cell_px;
    return (struct letters){.columns = (view->width_px + cell_px - 1) / cell_px,
                            .rows = (view->height_px + cell_px - 1) / cell_px,
                            .cell_px = cell_px};
}

static uint32_t least_of(uint32_t one, uint32_t other) {
    return one < other ? one : other;
}

static void cell_size(const struct view *view, uint32_t x, uint32_t y, uint32_t cell_px, uint32_t margin_px,
                      struct cell *cell) {
    cell->own_width = least_of(view->width_px - x, cell_px);
    cell->own_height = least_of(view->height_px - y, cell_px);
    cell->width = least_of(view->width_px - x, cell_px + margin_px);
    cell->height = least_of(view->height_px - y, cell_px + margin_px);
}

bool letters_measure(const struct view *view, const struct letters_search *search, struct arena *arena,
                     struct letters *letters) {
    uint32_t most_px = most_small_px(search->small_px);
    *letters = (struct letters){0};
    if (most_px <= LEAST_HEIGHT_PX) {
        return true;
    }
    *letters = letters_grid(view, most_px);
    uint32_t cell_px = letters->cell_px, count = letters->columns * letters->rows;
    letters->heights = arena_allocate(arena, count);
    letters->alone = arena_allocate_zero(arena, count, sizeof *letters->alone);
    letters->light = arena_allocate_zero(arena, count, sizeof *letters->light);
    struct arena_mark mark = arena_mark(arena);
    uint8_t *ranges = arena_allocate(arena, count);
    uint32_t margin_px = least_of(MARGIN_IN_LETTERS * most_px, CELL_MOST_MARGIN_PX);
    struct cell cell;
    bool done = cell_open(arena, cell_px + margin_px, &cell) && letters->heights != NULL && letters->alone != NULL &&
                letters->light != NULL && ranges != NULL;
    struct view_grid grid = view_grid(view, 1);
    for (uint32_t i = 0; done && i < count; i++) {
        uint32_t x = i % letters->columns * cell_px, y = i / letters->columns * cell_px;
        cell_size(view, x, y, cell_px, margin_px, &cell);
        struct found found = cell_measure(&grid, x, y, search, &cell);
        letters->heights[i] = found.height;
        letters->alone[i] = found.is_alone;
        letters->light[i] = found.is_light;
        ranges[i] = found.range;
    }
    if (done) {
        grounds_leave(letters, ranges);
    }
    arena_rewind(arena, mark);
    return done;
}
