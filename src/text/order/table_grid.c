/* table_grid.c - columns from the gutters that all rows leave, rows from which lines continue a cell. */
#include "text/order/table_grid.h"

#include <math.h>
#include <string.h>

#include "text/order/gutters.h"
#include "text/order/row.h"

/*
 * In heights of a line: the least gutter between two columns, and the most distance from one line of a cell to the
 * next.
 */
static const double LEAST_GUTTER = 0.3, NEXT_LINE_GAP = 0.9;

/* A cell being built: those places from the first to the last that are marked as its own. */
struct draft {
    size_t first, last, row, column, bytes;
};

struct drafts {
    const struct arrangement *arrangement;
    const struct lince_line *lines;
    const struct run *run;
    size_t *cell_of; /* for each place of the run */
    struct draft *items;
    size_t count, row_count, column_count;
    struct gutters gutters;
    double left, right;
};

static size_t words_bytes(const struct lince_line *line, const struct place *place) {
    size_t bytes = 0;
    for (size_t i = place->first_word; i < place->first_word + place->word_count; i++) {
        bytes += strlen(line->words[i].text) + 1;
    }
    return bytes;
}

static bool drafts_open(struct drafts *drafts, struct arena *scratch) {
    const struct run *run = drafts->run;
    const struct place *places = drafts->arrangement->places + run->first;
    struct place *sorted = arena_allocate(scratch, run->count * sizeof *sorted);
    drafts->cell_of = arena_allocate(scratch, run->count * sizeof *drafts->cell_of);
    drafts->items = arena_allocate(scratch, run->count * sizeof *drafts->items);
    if (sorted == NULL || drafts->cell_of == NULL || drafts->items == NULL) {
        return false;
    }
    double height = 0.0;
    drafts->left = INFINITY;
    drafts->right = -INFINITY;
    for (size_t i = 0; i < run->count; i++) {
        sorted[i] = places[i];
        height += (places[i].bottom - places[i].top) / (double)run->count;
        drafts->left = fmin(drafts->left, places[i].left);
        drafts->right = fmax(drafts->right, places[i].right);
    }
    drafts->gutters = gutters_of(sorted, run->count, LEAST_GUTTER * height);
    drafts->column_count = gutters_column_count(&drafts->gutters, drafts->left, drafts->right);
    return true;
}

/* The newest cell of this column; NULL if there is none. */
static struct draft *draft_find(struct drafts *drafts, size_t column) {
    for (size_t i = drafts->count; i > 0 && drafts->items[i - 1].row + 1 == drafts->row_count; i--) {
        if (drafts->items[i - 1].column == column) {
            return &drafts->items[i - 1];
        }
    }
    return NULL;
}

/* Whether the row, all in one column, continues a cell above. */
static bool row_goes_on(struct drafts *drafts, const struct row *row, size_t column) {
    const struct draft *above = drafts->row_count == 0 ? NULL : draft_find(drafts, column);
    if (above == NULL) {
        return false;
    }
    const struct place *last = &drafts->arrangement->places[above->last];
    double gap = row->top - last->bottom, height = last->bottom - last->top;
    return gap <= NEXT_LINE_GAP * height && (row->begins_lower || (column > 0 && draft_find(drafts, 0) != NULL));
}

static void row_add(struct drafts *drafts, const struct row *row) {
    const struct place *places = drafts->arrangement->places;
    size_t column = gutters_column(&drafts->gutters, &places[row->first], drafts->left, drafts->right);
    bool is_one = true;
    for (size_t i = row->first; i < row->first + row->count; i++) {
        is_one = is_one && gutters_column(&drafts->gutters, &places[i], drafts->left, drafts->right) == column;
    }
    drafts->row_count += !(is_one && row_goes_on(drafts, row, column));
    for (size_t i = row->first; i < row->first + row->count; i++) {
        column = gutters_column(&drafts->gutters, &places[i], drafts->left, drafts->right);
        struct draft *draft = draft_find(drafts, column);
        if (draft == NULL) {
            draft = &drafts->items[drafts->count++];
            *draft = (struct draft){.first = i, .row = drafts->row_count - 1, .column = column};
        }
        draft->last = i;
        draft->bytes += words_bytes(&drafts->lines[places[i].line], &places[i]);
        drafts->cell_of[i - drafts->run->first] = (size_t)(draft - drafts->items);
    }
}

static bool cell_fill(const struct drafts *drafts, size_t index, struct arena *arena, struct lince_cell *cell) {
    const struct draft *draft = &drafts->items[index];
    char *text = arena_allocate(arena, draft->bytes + 1), *end = text;
    if (text == NULL) {
        return false;
    }
    *cell = (struct lince_cell){.text = text, .row = draft->row, .column = draft->column};
    cell->box = (struct lince_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
    double words = 0.0;
    for (size_t i = draft->first; i <= draft->last; i++) {
        const struct place *place = &drafts->arrangement->places[i];
        if (drafts->cell_of[i - drafts->run->first] != index) {
            continue;
        }
        for (size_t k = place->first_word; k < place->first_word + place->word_count; k++) {
            const struct lince_word *word = &drafts->lines[place->line].words[k];
            end = stpcpy(end == text ? end : stpcpy(end, " "), word->text);
            cell->box = (struct lince_box){fmin(cell->box.x0, word->box.x0), fmin(cell->box.y0, word->box.y0),
                                           fmax(cell->box.x1, word->box.x1), fmax(cell->box.y1, word->box.y1)};
            cell->confidence += word->confidence;
            words++;
        }
    }
    cell->confidence /= words;
    return true;
}

/* One line per row, two spaces between cells. */
static const char *table_text(const struct lince_cell *cells, size_t count, struct arena *arena) {
    size_t bytes = 1;
    for (size_t i = 0; i < count; i++) {
        bytes += strlen(cells[i].text) + 2;
    }
    char *text = arena_allocate(arena, bytes), *end = text;
    for (size_t i = 0; text != NULL && i < count; i++) {
        const char *between = i == 0 ? "" : cells[i].row == cells[i - 1].row ? "  " : "\n";
        end = stpcpy(stpcpy(end, between), cells[i].text);
    }
    return text;
}

bool table_make(struct lince_page *page, const struct arrangement *arrangement, const struct run *run,
                struct arena *scratch, struct lince_block *block) {
    struct drafts drafts = {.arrangement = arrangement, .lines = page->lines.items, .run = run};
    struct arena_mark mark = arena_mark(scratch);
    if (!drafts_open(&drafts, scratch)) {
        return false;
    }
    for (size_t at = run->first; at < run->first + run->count;) {
        struct row row = row_at(arrangement, page->lines.items, at, run->first + run->count);
        row_add(&drafts, &row);
        at += row.count;
    }
    struct lince_cell *cells = arena_allocate(&page->arena, drafts.count * sizeof *cells);
    bool good = cells != NULL;
    for (size_t i = 0; good && i < drafts.count; i++) {
        good = cell_fill(&drafts, i, &page->arena, &cells[i]);
    }
    block->kind = LINCE_BLOCK_TABLE;
    block->cells = cells;
    block->cell_count = drafts.count;
    block->table_row_count = drafts.row_count;
    block->table_column_count = drafts.column_count;
    block->text = good ? table_text(cells, drafts.count, &page->arena) : NULL;
    arena_rewind(scratch, mark);
    return block->text != NULL;
}
