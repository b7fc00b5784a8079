/* structure.c - turns runs into blocks, and separates the page's header and footer from its text. */
#include "text/order/structure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "text/order/paragraph.h"
#include "text/order/table_grid.h"

/*
 * Share of the page's height for a header or footer; its least distance from the text and its greatest height, in
 * heights of a line.
 */
static const double MARGIN_SHARE = 0.08, MARGIN_GAP = 1.2, MARGIN_SIZE = 1.2;
/* The box of a row alone is taller by what surrounds it: up to this height, if its letters are no wider than the
 * second. */
static const double MARGIN_TALL = 1.7, MARGIN_LETTER = 1.1;
/* A row indented by this many heights in a table, alone on its row, continues a cell above. */
static const double TABLE_SET_IN = 2.0;
/* The least share of rows of one cell that shows the size of the text. */
static const double SINGLE_SHARE = 0.25;
/* A page with fewer lines has no header or footer. */
enum { MARGIN_LINES = 8 };

struct builder {
    struct lince_page *page;
    const struct arrangement *arrangement;
    struct arena *scratch;
    struct row *rows; /* of the whole page */
    size_t row_count;
    struct lince_block *blocks;
    size_t block_count;
    struct body body;
};

static int compare_heights(const void *a, const void *b) {
    double x = ((const struct row *)a)->bottom - ((const struct row *)a)->top;
    double y = ((const struct row *)b)->bottom - ((const struct row *)b)->top;
    return (x > y) - (x < y);
}

static int compare_letters(const void *a, const void *b) {
    double x = ((const struct row *)a)->letter_px, y = ((const struct row *)b)->letter_px;
    return (x > y) - (x < y);
}

/* The median row, each weighted by its width. */
static const struct row *row_in_the_middle(const struct row *rows, size_t count) {
    double all = 0.0, before = 0.0;
    size_t i = 0;
    for (size_t k = 0; k < count; k++) {
        all += rows[k].right - rows[k].left;
    }
    for (; i + 1 < count && before + rows[i].right - rows[i].left < all / 2; i++) {
        before += rows[i].right - rows[i].left;
    }
    return &rows[i];
}

static bool is_single(const struct row *row) {
    return row->count == 1 || row->is_marked;
}

/*
 * The rows that show the size of the text: those of one cell, and items, if they are a quarter of all. Boxes of cells
 * are taller, and digits are wide.
 */
static size_t rows_choose(const struct row *rows, size_t count, struct row *chosen) {
    double all = 0.0, single = 0.0;
    for (size_t i = 0; i < count; i++) {
        double width = rows[i].right - rows[i].left;
        all += width;
        single += is_single(&rows[i]) ? width : 0.0;
    }
    size_t chosen_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_single(&rows[i]) || single < SINGLE_SHARE * all) {
            chosen[chosen_count++] = rows[i];
        }
    }
    return chosen_count;
}

/* Finds the rows, and the size of most text. */
static bool rows_find(struct builder *builder) {
    size_t count = builder->arrangement->count;
    builder->rows = arena_allocate(builder->scratch, (count + 1) * sizeof *builder->rows);
    struct row *sorted = arena_allocate(builder->scratch, (count + 1) * sizeof *sorted);
    if (builder->rows == NULL || sorted == NULL) {
        return false;
    }
    for (size_t at = 0; at < count;) {
        struct row row = row_at(builder->arrangement, builder->page->lines.items, at, count);
        builder->rows[builder->row_count++] = row;
        at += row.count;
    }
    size_t sorted_count = rows_choose(builder->rows, builder->row_count, sorted);
    if (sorted_count > 0) {
        qsort(sorted, sorted_count, sizeof *sorted, compare_heights);
        const struct row *middle = row_in_the_middle(sorted, sorted_count);
        builder->body.height_px = middle->bottom - middle->top;
        qsort(sorted, sorted_count, sizeof *sorted, compare_letters);
        builder->body.letter_px = row_in_the_middle(sorted, sorted_count)->letter_px;
    }
    return true;
}

/* Sets the lines of a block and the box around them. */
static void block_span(struct builder *builder, size_t first_place, size_t count, const struct run *run,
                       struct lince_block *block) {
    const struct place *places = builder->arrangement->places;
    size_t first = places[first_place].line, last = places[first_place + count - 1].line;
    block->first_line = first;
    block->line_count = last + 1 - first;
    block->column = run->column;
    block->column_count = run->column_count;
    block->box = builder->page->lines.items[first].box;
    for (size_t i = first; i <= last; i++) {
        struct lince_box box = builder->page->lines.items[i].box;
        block->box = (struct lince_box){fmin(block->box.x0, box.x0), fmin(block->box.y0, box.y0),
                                        fmax(block->box.x1, box.x1), fmax(block->box.y1, box.y1)};
    }
}

/* The extent of the page in its own axes. */
struct extent {
    double top, bottom;
};

static struct extent page_extent(const struct builder *builder) {
    double sine = sin(builder->arrangement->direction), cosine = cos(builder->arrangement->direction);
    double width = builder->page->width_px, height = builder->page->height_px;
    const double ys[4] = {0, -width * sine, height * cosine, height * cosine - width * sine};
    struct extent extent = {INFINITY, -INFINITY};
    for (size_t i = 0; i < 4; i++) {
        extent.top = fmin(extent.top, ys[i]);
        extent.bottom = fmax(extent.bottom, ys[i]);
    }
    return extent;
}

static bool paragraph_add(struct builder *builder, const struct row *rows, size_t count, const struct run *run) {
    struct lince_block *block = &builder->blocks[builder->block_count++];
    const struct row *last = &rows[count - 1];
    *block = (struct lince_block){.level = 0};
    block_span(builder, rows[0].first, last->first + last->count - rows[0].first, run, block);
    paragraph_judge(rows, count, &builder->body, block);
    block->text = paragraph_text(builder->arrangement, builder->page->lines.items, rows, count, &builder->page->arena);
    return block->text != NULL;
}

static bool is_page_number(const struct builder *builder, size_t place) {
    return text_is_page_number(builder->page->lines.items[builder->arrangement->places[place].line].text);
}

/*
 * How many of the first places of a row stand apart from the others: a page's number at one end of a row in the margin.
 * 0: none.
 */
static size_t number_apart(const struct builder *builder, const struct row *row) {
    const struct place *places = builder->arrangement->places;
    struct extent extent = page_extent(builder);
    double share = MARGIN_SHARE * (extent.bottom - extent.top);
    size_t last = row->first + row->count - 1;
    bool is_margin = row->bottom <= extent.top + share || row->top >= extent.bottom - share;
    if (!is_margin || row->count < 2 || places[row->first].line == places[last].line) {
        return 0;
    }
    return is_page_number(builder, last) ? row->count - 1 : is_page_number(builder, row->first) ? 1 : 0;
}

static bool paragraphs_add(struct builder *builder, const struct row *rows, size_t count, const struct run *run) {
    struct column_shape shape = column_shape_of(rows, count);
    const struct row *item = NULL; /* the last one with a mark, if only items came since */
    for (size_t at = 0, length; at < count; at += length) {
        length = paragraph_length(rows + at, count - at, &shape);
        bool is_item =
            item != NULL && row_is_under(item, &rows[at]) && !rows_are_apart(&rows[at - 1], &rows[at], shape.gap_px);
        item = rows[at].is_marked ? &rows[at] : is_item ? item : NULL;
        size_t apart = length == 1 ? number_apart(builder, &rows[at]) : 0;
        if (apart == 0) {
            if (!paragraph_add(builder, rows + at, length, run)) {
                return false;
            }
            struct lince_block *block = &builder->blocks[builder->block_count - 1];
            block->kind = is_item && block->kind == LINCE_BLOCK_PARAGRAPH ? LINCE_BLOCK_LIST_ITEM : block->kind;
            continue;
        }
        struct row left =
            row_at(builder->arrangement, builder->page->lines.items, rows[at].first, rows[at].first + apart);
        struct row right = row_at(builder->arrangement, builder->page->lines.items, rows[at].first + apart,
                                  rows[at].first + rows[at].count);
        if (!paragraph_add(builder, &left, 1, run) || !paragraph_add(builder, &right, 1, run)) {
            return false;
        }
    }
    return true;
}

/* Whether the cells are bullets or numbers and the items that they mark. */
static bool are_items(const struct builder *builder, const struct row *rows, size_t count) {
    size_t marked = 0, wide = 0;
    for (size_t i = 0; i < count; i++) {
        const char *text = builder->page->lines.items[builder->arrangement->places[rows[i].first].line].text;
        marked += rows[i].is_marked && (rows[i].count == 1 || text_is_mark(text) || rows[i].count == 2);
        wide += rows[i].count > 2;
    }
    return marked > 0 && 2 * marked >= count && wide == 0;
}

static bool table_add(struct builder *builder, const struct row *rows, size_t count, const struct run *run) {
    struct run part = *run;
    part.first = rows[0].first;
    part.count = rows[count - 1].first + rows[count - 1].count - part.first;
    struct lince_block *block = &builder->blocks[builder->block_count++];
    *block = (struct lince_block){.level = 0};
    block_span(builder, part.first, part.count, run, block);
    return table_make(builder->page, builder->arrangement, &part, builder->scratch, block);
}

/* How many rows, from the first, form one table: rows of several cells, and single or indented rows between them. */
static size_t table_length(const struct row *rows, size_t count, double left) {
    size_t length = 0, single = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_set_in = rows[i].left > left + TABLE_SET_IN * (rows[i].bottom - rows[i].top);
        bool is_close = i > 0 && rows[i].top - rows[i - 1].bottom < rows[i].bottom - rows[i].top;
        bool goes_on = rows[i].count > 1 || (is_set_in && is_close && length == i);
        single = goes_on ? 0 : single + 1;
        if (single > 1) {
            return length;
        }
        length = goes_on ? i + 1 : length;
    }
    return length;
}

/* Adds rows that are read across: tables, and between them rows without cells. */
static bool across_add(struct builder *builder, const struct row *rows, size_t count, const struct run *run) {
    double left = INFINITY;
    for (size_t i = 0; i < count; i++) {
        left = fmin(left, rows[i].left);
    }
    for (size_t at = 0, plain = 0; at < count;) {
        size_t length = rows[at].count > 1 ? table_length(rows + at, count - at, left) : 0;
        if (length < 2) {
            at++;
            length = 0;
        }
        bool ends = length > 0 || at == count;
        if (ends && at > plain && !paragraphs_add(builder, rows + plain, at - plain, run)) {
            return false;
        }
        if (length > 0 && !table_add(builder, rows + at, length, run)) {
            return false;
        }
        at += length;
        plain = ends ? at : plain;
    }
    return true;
}

static bool runs_build(struct builder *builder) {
    const struct runs *runs = &builder->arrangement->runs;
    for (size_t r = 0, row = 0, until; r < runs->count; r++, row = until) {
        const struct run *run = &runs->items[r];
        for (until = row; until < builder->row_count && builder->rows[until].first < run->first + run->count;) {
            until++;
        }
        const struct row *rows = builder->rows + row;
        bool is_across = run->across && !are_items(builder, rows, until - row);
        if (is_across ? !across_add(builder, rows, until - row, run)
                      : !paragraphs_add(builder, rows, until - row, run)) {
            return false;
        }
    }
    return true;
}

/* ---- header and footer -------------------------------------------------------------------------------- */

static bool row_is_in(const struct builder *builder, const struct row *row, const struct lince_block *block) {
    const struct place *places = builder->arrangement->places;
    for (size_t i = row->first; i < row->first + row->count; i++) {
        if (places[i].line >= block->first_line && places[i].line < block->first_line + block->line_count) {
            return true;
        }
    }
    return false;
}

/* The rows of a block. */
static struct row block_rows(const struct builder *builder, const struct lince_block *block) {
    struct row all = {.top = INFINITY, .bottom = -INFINITY};
    for (size_t i = 0; i < builder->row_count; i++) {
        if (row_is_in(builder, &builder->rows[i], block)) {
            all.count++;
            all.letter_px = builder->rows[i].letter_px;
            all.top = fmin(all.top, builder->rows[i].top);
            all.bottom = fmax(all.bottom, builder->rows[i].bottom);
        }
    }
    return all;
}

/* Marks the block as a header, a footer or a page number if it is one row in the margin, apart from all other rows. */
static void margin_judge(const struct builder *builder, struct lince_block *block, const struct extent *extent) {
    struct row own = block_rows(builder, block);
    double height = builder->body.height_px, share = MARGIN_SHARE * (extent->bottom - extent->top);
    double above = INFINITY, below = INFINITY;
    bool is_free = block->kind == LINCE_BLOCK_PARAGRAPH || block->kind == LINCE_BLOCK_LIST_ITEM;
    bool is_small = own.letter_px <= MARGIN_LETTER * builder->body.letter_px;
    if (!is_free || own.count != 1 || own.bottom - own.top > (is_small ? MARGIN_TALL : MARGIN_SIZE) * height) {
        return;
    }
    for (size_t i = 0; i < builder->row_count; i++) {
        const struct row *row = &builder->rows[i];
        if (row->bottom < own.bottom && row->top < own.top) {
            above = fmin(above, own.top - row->bottom);
        } else if (row->top > own.top && row->bottom > own.bottom) {
            below = fmin(below, row->top - own.bottom);
        }
    }
    /* Places beside it on its row are less than a row above or below it. */
    bool is_head =
        own.bottom <= extent->top + share && (above == INFINITY || above < -height / 2) && below >= MARGIN_GAP * height;
    bool is_foot =
        own.top >= extent->bottom - share && (below == INFINITY || below < -height / 2) && above >= MARGIN_GAP * height;
    if (is_head || is_foot) {
        block->kind = text_is_page_number(block->text) ? LINCE_BLOCK_PAGE_NUMBER
                      : is_head                        ? LINCE_BLOCK_HEADER
                                                       : LINCE_BLOCK_FOOTER;
    }
}

/* This many blocks at each end of a page are checked. */
enum { MARGIN_BLOCKS = 3 };

static void margins_judge(struct builder *builder) {
    struct extent extent = page_extent(builder);
    size_t count = builder->row_count < MARGIN_LINES ? 0 : builder->block_count;
    for (size_t i = 0; i < count; i++) {
        if (i < MARGIN_BLOCKS || i + MARGIN_BLOCKS >= count) {
            margin_judge(builder, &builder->blocks[i], &extent);
        }
    }
}

/* ---- page --------------------------------------------------------------------------------------------- */

static bool places_fill(struct builder *builder) {
    struct lince_page *page = builder->page;
    const struct arrangement *arrangement = builder->arrangement;
    page->line_places = arena_allocate_zero(&page->arena, page->lines.count + 1, sizeof *page->line_places);
    if (page->line_places == NULL) {
        return false;
    }
    for (size_t i = 0; i < arrangement->count; i++) {
        page->line_places[arrangement->places[i].line].row = arrangement->places[i].row;
    }
    for (size_t b = 0; b < page->block_count; b++) {
        for (size_t i = 0; i < page->blocks[b].line_count; i++) {
            size_t line = page->blocks[b].first_line + i;
            struct lince_line_place *place = &page->line_places[line];
            bool goes_on = line > 0 && place[-1].row == place->row;
            place->block = b;
            place->cell = goes_on ? place[-1].cell + 1 : 0;
        }
    }
    return true;
}

bool page_structure(struct lince_page *page, const struct arrangement *arrangement, struct arena *scratch) {
    struct builder builder = {.page = page, .arrangement = arrangement, .scratch = scratch};
    if (!rows_find(&builder)) {
        return false;
    }
    /* a row may be two blocks */
    builder.blocks = arena_allocate(scratch, (2 * builder.row_count + 1) * sizeof *builder.blocks);
    if (builder.blocks == NULL || !runs_build(&builder)) {
        return false;
    }
    margins_judge(&builder);
    page->blocks = arena_allocate(&page->arena, (builder.block_count + 1) * sizeof *page->blocks);
    if (page->blocks == NULL) {
        return false;
    }
    memcpy(page->blocks, builder.blocks, builder.block_count * sizeof *page->blocks);
    page->block_count = builder.block_count;
    return places_fill(&builder);
}
