/* layout_text.c - text that keeps its position: each word as far right as on the page, rows as far down. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/doubles.h"
#include "base/utf8.h"
#include "output/text.h"
#include "text/order/row_order.h"

enum { SCRATCH_BLOCK_BYTES = 16 << 10, COLUMN_LIMIT = 1000, EMPTY_LINE_LIMIT = 2 };

/* In letters: wider gaps keep their width; others become one space. */
static const double WIDE_GAP = 2.0;
/* In heights of a line: a gap between rows of this size is an empty line, and so is each further one. */
static const double EMPTY_LINE = 1.1;

/* The page as a grid of letters. */
struct grid {
    const struct lince_page *page;
    struct place *places; /* whole lines, by row of the page */
    size_t count;
    double direction, left, letter_px;
};

/*
 * Puts the lines of the whole page into rows. The letter width is the median of the lines' means. False without memory.
 */
static bool grid_make(struct grid *grid, struct arena *scratch) {
    size_t count = lince_page_line_count(grid->page);
    struct lince_line *lines = arena_allocate(scratch, (count + 1) * sizeof *lines);
    double *letters = arena_allocate(scratch, (count + 1) * sizeof *letters);
    grid->places = arena_allocate(scratch, (count + 1) * sizeof *grid->places);
    if (lines == NULL || letters == NULL || grid->places == NULL) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        lines[i] = *lince_page_line(grid->page, i);
    }
    grid->direction = lines_direction(lines, count, letters);
    grid->left = INFINITY;
    for (size_t i = 0; i < count; i++) {
        grid->places[i] = place_of_line(&lines[i], i, grid->direction);
        grid->left = fmin(grid->left, grid->places[i].left);
        double width = grid->places[i].right - grid->places[i].left;
        letters[i] = width / (double)utf8_count(lines[i].text, SIZE_MAX);
    }
    doubles_sort(letters, count);
    grid->letter_px = count == 0 ? 1.0 : fmax(letters[count / 2], 1.0);
    grid->count = count;
    places_order_rows(grid->places, count);
    return true;
}

static void spaces_write(struct buffer *buffer, size_t count) {
    for (size_t i = 0; i < count; i++) {
        buffer_append(buffer, " ", 1);
    }
}

/* The column of the grid in which the place begins. */
static size_t grid_column(const struct grid *grid, double left) {
    double column = round((left - grid->left) / grid->letter_px);
    return column < 0 ? 0 : column > COLUMN_LIMIT ? COLUMN_LIMIT : (size_t)column;
}

/* Writes the words of a line from column `at` on. Returns the column after them. */
static size_t line_write(const struct grid *grid, const struct place *place, size_t at, struct buffer *buffer) {
    const struct lince_line *line = lince_page_line(grid->page, place->line);
    double right = -INFINITY;
    for (size_t i = 0; i < line->word_count; i++) {
        struct place word = place_of_words(line, place, i, 1, grid->direction);
        size_t column = grid_column(grid, i == 0 ? place->left : word.left);
        bool is_wide = i == 0 || word.left - right > WIDE_GAP * grid->letter_px;
        size_t spaces = at > 0; /* at least one space between two words */
        if (is_wide && column > at + spaces) {
            spaces = column - at;
        }
        spaces_write(buffer, spaces);
        buffer_text(buffer, line->words[i].text);
        at += spaces + utf8_count(line->words[i].text, SIZE_MAX);
        right = word.right;
    }
    return at;
}

static void grid_write(const struct grid *grid, struct buffer *buffer) {
    double bottom = INFINITY;
    for (size_t i = 0, until; i < grid->count; i = until) {
        double top = INFINITY, lowest = -INFINITY, height = INFINITY;
        for (until = i; until < grid->count && grid->places[until].row == grid->places[i].row; until++) {
            top = fmin(top, grid->places[until].top);
            lowest = fmax(lowest, grid->places[until].bottom);
            height = fmin(height, grid->places[until].bottom - grid->places[until].top);
        }
        double gap = (top - bottom) / (EMPTY_LINE * fmax(height, 1.0));
        for (int line = 1; line <= EMPTY_LINE_LIMIT && gap >= line; line++) {
            buffer_text(buffer, "\n");
        }
        for (size_t k = i, at = 0; k < until; k++) {
            at = line_write(grid, &grid->places[k], at, buffer);
        }
        buffer_text(buffer, "\n");
        bottom = lowest;
    }
}

static void content_write(const struct output_item *item, struct buffer *buffer) {
    struct arena scratch;
    struct grid grid = {.page = item->page};
    arena_init(&scratch, buffer->meter, SCRATCH_BLOCK_BYTES);
    if (grid_make(&grid, &scratch)) {
        grid_write(&grid, buffer);
    } else {
        buffer->refused = true;
    }
    arena_clear(&scratch);
}

static void item_layout(const struct output_item *item, struct buffer *buffer) {
    text_item(item, content_write, buffer);
}

const struct output_format output_layout = {
    .name = "layout",
    .head = "",
    .between = "",
    .tail = "",
    .item = item_layout,
    .document_begin = text_file_begin,
    .page_between = "\f",
    .document_end = text_file_end,
};
