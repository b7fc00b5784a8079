/*
 * combs.c - thin upright strokes that stand on a level rule, all of one height and at equal distances, with one letter
 * at most between two of them.
 */
#include "text/detect/combs.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/doubles.h"
#include "text/detect/comb_paint.h"
#include "text/detect/comb_strokes.h"

enum { CHAIN_LIMIT = 128, COMBS_LIMIT = 256 };

/* How far apart the ends of neighbouring strokes may be, down for each pixel across, and more. */
static const double MOST_SLOPE = 0.055, END_PX = 2.0, HEIGHT_SHARE = 0.2;

/* Cells are so many times as wide as their rules are high: closed ones, and those that are open above. */
static const double LEAST_PITCH = 0.4, MOST_PITCH_CLOSED = 2.2, MOST_PITCH_OPEN = 5.0;

/* Between two cells that stand apart, of a cell; and how unequal cells are. */
static const double MOST_APART = 0.4, UNEVEN_SHARE = 0.1, UNEVEN_PX = 2.0;

/* What belongs to a row of cells is so near to the height of its strokes. */
static const double CLEAN_SHARE = 0.1;

/*
 * Fewer cells than the first number must all hold a letter, must be no wider than this, as the columns of a table are,
 * and ticks must be lower than their letters: underlined ones are as high.
 */
enum { SURE_CELLS = 4, LEAST_CELLS = 2 };
static const double MOST_PITCH_FEW = 1.5, MOST_TICK_FEW = 0.75;

/* Of the columns between two strokes, those where the rule must be seen. */
static const double RULE_SHARE = 0.9;

/* Of the inked cells, those with one letter that touches no stroke. */
static const double LETTER_SHARE = 0.75;

/* Letters above open cells are at most so many times as high as the cells are wide; one part of this of a letter is
 * bare below its accent. */
static const double OPEN_RISE = 1.3;
enum { ACCENT_SHARE = 6 };

/* A letter with its accent stands at most so many times as high as the usual one. */
static const double MOST_RISE = 1.5;

/* Columns of a cell beside its strokes, which are grey. */
enum { CELL_EDGE = 3 };

/* The strokes of one row of cells, from left to right, those of cells that stand apart made one. */
struct chain {
    double x[CHAIN_LIMIT], base[CHAIN_LIMIT], top[CHAIN_LIMIT];
    double apart[CHAIN_LIMIT]; /* half the space between two cells */
    size_t count;
};

/* ---- rows of cells ------------------------------------------------------------------------------------ */

static double height_of(const struct upright *upright) {
    return upright->base - upright->top + 1.0;
}

static bool are_level(const struct upright *a, const struct upright *b) {
    double most = END_PX + MOST_SLOPE * (b->x - a->x);
    return fabs((double)b->base - a->base) <= most &&
           fabs((double)b->top - a->top) <= most + HEIGHT_SHARE * height_of(a);
}

/* The strokes that go on from `first` to the right. A stroke that was taken has no height left. */
static void chain_follow(struct comb_page *page, size_t first, struct chain *chain) {
    size_t last = first;
    *chain = (struct chain){.count = 0};
    for (size_t i = first; i < page->count && chain->count < CHAIN_LIMIT; i++) {
        struct upright *next = &page->uprights[i], *from = &page->uprights[last];
        if (next->x - from->x > MOST_PITCH_OPEN * height_of(from)) {
            break;
        }
        if (next->base < next->top || (i != first && !are_level(from, next))) {
            continue;
        }
        if (i == first || next->x - chain->x[chain->count - 1] > SAME_PX) {
            chain->x[chain->count] = next->x;
            chain->base[chain->count] = next->base;
            chain->top[chain->count++] = next->top;
        }
        last = i;
    }
}

static void chain_forget(struct comb_page *page, const struct chain *chain) {
    double from = chain->x[0], until = chain->x[chain->count - 1], base = chain->base[0];
    double slope = (chain->base[chain->count - 1] - base) / (until - from);
    for (size_t i = 0; i < page->count; i++) {
        struct upright *upright = &page->uprights[i];
        bool is_on = upright->x >= from && upright->x <= until + SAME_PX &&
                     fabs(upright->base - base - slope * (upright->x - from)) <= END_PX + 1.0;
        upright->top = is_on ? (uint16_t)(upright->base + 1) : upright->top;
    }
}

/* The usual distance of strokes, those within a gap between cells left out. */
static double chain_pitch(const struct chain *chain) {
    double distances[CHAIN_LIMIT], most = 0.0;
    size_t count = 0;
    for (size_t i = 1; i < chain->count; i++) {
        distances[count++] = chain->x[i] - chain->x[i - 1];
    }
    doubles_sort(distances, count);
    most = count == 0 ? 0.0 : distances[count * 3 / 4];
    size_t small = 0;
    while (small < count && distances[small] < MOST_APART * most) {
        small++;
    }
    return count == 0 ? 0.0 : distances[(small + count) / 2];
}

/* The median of an end's bases: of the first or the last third of the strokes. */
static double end_base(const struct chain *chain, bool is_last) {
    double values[CHAIN_LIMIT];
    size_t count = (chain->count + 2) / 3;
    for (size_t i = 0; i < count; i++) {
        values[i] = chain->base[is_last ? chain->count - 1 - i : i];
    }
    doubles_sort(values, count);
    return values[count / 2];
}

/* Drops the strokes of letters, such as E and L, which stand a little above the rule or are of another height. */
static void chain_clean(struct chain *chain) {
    double off[CHAIN_LIMIT], sorted[CHAIN_LIMIT], heights[CHAIN_LIMIT];
    double length = chain->x[chain->count - 1] - chain->x[0];
    double slope = (end_base(chain, true) - end_base(chain, false)) / (length * 2.0 / 3.0);
    for (size_t i = 0; i < chain->count; i++) {
        sorted[i] = off[i] = chain->base[i] - slope * (chain->x[i] - chain->x[0]);
        heights[i] = chain->base[i] - chain->top[i];
    }
    doubles_sort(sorted, chain->count);
    doubles_sort(heights, chain->count);
    double usual = sorted[chain->count / 2], height = heights[chain->count / 2];
    size_t count = 0;
    for (size_t i = 0; i < chain->count; i++) {
        double own = chain->base[i] - chain->top[i];
        if (fabs(off[i] - usual) <= COMB_CLEAN_PX && fabs(own - height) <= COMB_CLEAN_PX + CLEAN_SHARE * height) {
            chain->x[count] = chain->x[i];
            chain->base[count] = chain->base[i];
            chain->top[count++] = chain->top[i];
        }
    }
    chain->count = count;
}

/* Makes one of two strokes between cells that stand apart. */
static void chain_merge(struct chain *chain, double pitch_px) {
    size_t count = 0;
    for (size_t i = 0; i < chain->count; i++, count++) {
        bool is_pair = i + 1 < chain->count && chain->x[i + 1] - chain->x[i] < MOST_APART * pitch_px;
        chain->apart[count] = is_pair ? (chain->x[i + 1] - chain->x[i]) / 2.0 : 0.0;
        chain->x[count] = chain->x[i] + chain->apart[count];
        chain->base[count] = chain->base[i];
        chain->top[count] = chain->top[i];
        i += is_pair;
    }
    chain->count = count;
}

/*
 * Whether a level rule goes through from stroke to stroke, at the base or, `above`, at the top: in nearly every column,
 * and straight, as the feet of letters are not.
 */
static bool has_rule(const struct comb_page *page, const struct chain *chain, size_t i, bool above) {
    const double *rows = above ? chain->top : chain->base;
    int from = (int)(chain->x[i] + chain->apart[i]) + 2, until = (int)(chain->x[i + 1] - chain->apart[i + 1]) - 2;
    double slope = (rows[i + 1] - rows[i]) / (chain->x[i + 1] - chain->x[i]);
    for (int off = -1; off <= BASE_ROWS && from <= until; off++) {
        int seen = 0;
        for (int x = from; x <= until; x++) {
            int y = (int)lround(rows[i] + slope * (x - chain->x[i])) + (above ? -off : off);
            seen += comb_rule_at(page, x, y) || comb_rule_at(page, x, above ? y - 1 : y + 1);
        }
        if (seen >= RULE_SHARE * (until - from + 1)) {
            return true;
        }
    }
    return false;
}

/* ---- letters in cells --------------------------------------------------------------------------------- */

struct box {
    int x0, y0, x1, y1;
};

/* The darkest and lightest of a box. */
static void box_range(const struct comb_page *page, const struct box *box, int *least, int *most) {
    *least = UINT8_MAX;
    *most = 0;
    for (int y = box->y0; y < box->y1; y++) {
        for (int x = box->x0; x < box->x1; x++) {
            int value = comb_brightness(page, (uint32_t)x, (uint32_t)y);
            *least = value < *least ? value : *least;
            *most = value > *most ? value : *most;
        }
    }
}

/* What stands in a cell: stretches of columns with ink, gaps of one column left out, and how far it rises. */
struct content {
    size_t letters;
    bool touches; /* a side of the cell */
    int rise_px;
};

static bool row_has_ink(const struct comb_page *page, const struct box *box, int y, int border) {
    for (int x = box->x0; x < box->x1; x++) {
        if (comb_brightness(page, (uint32_t)x, (uint32_t)y) < border) {
            return true;
        }
    }
    return false;
}

/* The letter goes on upwards as far as no more rows are bare than between it and its accent. */
static int letter_top(const struct comb_page *page, const struct box *box, int border) {
    int top = box->y1, bare_most = 0;
    for (int y = box->y1 - 1, bare = 0; y >= box->y0; y--) {
        if (row_has_ink(page, box, y, border)) {
            top = y;
            bare = 0;
            bare_most = (box->y1 - top) / ACCENT_SHARE + 1;
        } else if (top < box->y1 && ++bare > bare_most) {
            break;
        }
    }
    return top;
}

static struct content box_content(const struct comb_page *page, struct box box) {
    struct content content = {0};
    int least, most;
    box_range(page, &box, &least, &most);
    if (box.x1 <= box.x0 || box.y1 <= box.y0 || most - least < 2 * STROKE_STEP) {
        return content;
    }
    int border = (least + most) / 2, last = box.x0 - 3, base = box.y1;
    box.y0 = letter_top(page, &box, border);
    content.rise_px = base - box.y0;
    for (int x = box.x0; x < box.x1; x++) {
        bool any = false;
        for (int y = box.y0; y < box.y1 && !any; y++) {
            any = comb_brightness(page, (uint32_t)x, (uint32_t)y) < border;
        }
        content.letters += any && x - last > 2;
        content.touches |= any && (x == box.x0 || x + 1 == box.x1);
        last = any ? x : last;
    }
    return content;
}

/* A field between the strokes first..last of a chain. */
struct field {
    size_t first, last;
    bool is_closed;
    size_t inked_first, inked_last; /* the cells with letters */
    size_t single;                  /* those with one that touches no stroke */
    double rise_px;
};

/* Within the page: the cell at either end may go beyond it. */
static struct box cell_box(const struct comb_page *page, const struct chain *chain, size_t i, bool is_closed) {
    double height = chain->base[i] - chain->top[i], pitch = chain->x[i + 1] - chain->x[i];
    double rise = is_closed ? height - 4.0 : fmax(OPEN_RISE * pitch, height);
    int base = (int)fmin(chain->base[i], chain->base[i + 1]) - 1;
    struct box box = {(int)(chain->x[i] + chain->apart[i]) + CELL_EDGE, base - (int)rise,
                      (int)(chain->x[i + 1] - chain->apart[i + 1]) - CELL_EDGE + 1, base};
    int width = (int)page->grid.width, height_px = (int)page->grid.height;
    return (struct box){box.x0 < 0 ? 0 : box.x0, box.y0 < 0 ? 0 : box.y0, box.x1 > width ? width : box.x1,
                        box.y1 > height_px ? height_px : box.y1};
}

/* Whether the cells hold letters, one each. */
static bool has_letters(const struct comb_page *page, const struct chain *chain, struct field *field) {
    double rises[CHAIN_LIMIT];
    size_t inked = 0;
    field->single = 0;
    for (size_t i = field->first; i < field->last; i++) {
        struct content content = box_content(page, cell_box(page, chain, i, field->is_closed));
        if (content.letters > 0) {
            field->inked_first = inked == 0 ? i : field->inked_first;
            field->inked_last = i;
            rises[inked++] = content.rise_px + 1.0;
            field->single += content.letters == 1 && !content.touches;
        }
    }
    doubles_sort(rises, inked);
    field->rise_px = 0.0;
    for (size_t i = 0; i < inked; i++) { /* a label above the first cells is no accent */
        field->rise_px = rises[i] <= MOST_RISE * rises[inked / 2] ? rises[i] : field->rise_px;
    }
    return inked >= 2 && (double)field->single >= LETTER_SHARE * (double)inked;
}

/* ---- fields ------------------------------------------------------------------------------------------- */

static bool is_cell(const struct comb_page *page, const struct chain *chain, size_t i, double pitch_px) {
    return fabs(chain->x[i + 1] - chain->x[i] - pitch_px) <= UNEVEN_PX + UNEVEN_SHARE * pitch_px &&
           has_rule(page, chain, i, false);
}

static bool are_few_sure(const struct field *field, size_t cells, size_t closed, double height) {
    return field->single == cells && (closed == cells || (closed == 0 && height <= MOST_TICK_FEW * field->rise_px));
}

static bool field_fits(const struct comb_page *page, const struct chain *chain, double pitch_px, struct field *field) {
    double height = chain->base[field->first] - chain->top[field->first] + 1.0;
    size_t closed = 0, cells = field->last - field->first;
    if (cells < LEAST_CELLS) {
        return false;
    }
    for (size_t i = field->first; i < field->last; i++) {
        closed += has_rule(page, chain, i, true);
    }
    field->is_closed = 2 * closed > cells;
    bool are_few = cells < SURE_CELLS;
    double most = !field->is_closed ? MOST_PITCH_OPEN : are_few ? MOST_PITCH_FEW : MOST_PITCH_CLOSED;
    return pitch_px >= LEAST_PITCH * height && pitch_px <= most * height && has_letters(page, chain, field) &&
           (!are_few || are_few_sure(field, cells, closed, height));
}

static void field_take(const struct comb_page *page, const struct chain *chain, const struct field *field,
                       struct comb_list *combs) {
    double step = page->step_px, height = chain->base[field->first] - chain->top[field->first] + 1.0;
    struct comb *comb = &combs->items[combs->count++];
    double left = chain->x[field->first];
    *comb = (struct comb){
        .left = {left * step, chain->base[field->first] * step},
        .right = {chain->x[field->last] * step, chain->base[field->last] * step},
        .height_px = height * step,
        .pitch_px = (chain->x[field->last] - left) * step / (double)(field->last - field->first),
        .from_px = (chain->x[field->inked_first] - left) * step,
        .until_px = (chain->x[field->inked_last + 1] - left) * step,
        .rise_px = field->rise_px * step,
    };
    for (size_t i = field->first; i < field->last; i++) {
        comb_paint_level(page, (struct lince_point){chain->x[i], chain->base[i] + 1.0},
                         (struct lince_point){chain->x[i + 1], chain->base[i + 1] + 1.0});
        if (field->is_closed) {
            comb_paint_level(page, (struct lince_point){chain->x[i], chain->top[i] - 1.0},
                             (struct lince_point){chain->x[i + 1], chain->top[i + 1] - 1.0});
        }
    }
    comb_paint_uprights(page, comb);
}

/* Where the level rule goes on without another stroke there is one more cell at either end. */
static void chain_extend(struct chain *chain, double pitch_px) {
    if (chain->count < 2 || chain->count + 2 > CHAIN_LIMIT) {
        return;
    }
    size_t count = chain->count;
    double slope = (chain->base[count - 1] - chain->base[0]) / (chain->x[count - 1] - chain->x[0]);
    memmove(chain->x + 1, chain->x, count * sizeof *chain->x);
    memmove(chain->base + 1, chain->base, count * sizeof *chain->base);
    memmove(chain->top + 1, chain->top, count * sizeof *chain->top);
    memmove(chain->apart + 1, chain->apart, count * sizeof *chain->apart);
    for (size_t end = 0; end < 2; end++) {
        size_t at = end == 0 ? 0 : count + 1, beside = end == 0 ? 1 : count;
        double way = end == 0 ? -pitch_px : pitch_px;
        chain->x[at] = chain->x[beside] + way;
        chain->base[at] = chain->base[beside] + slope * way;
        chain->top[at] = chain->top[beside] + slope * way;
        chain->apart[at] = 0.0;
    }
    chain->count = count + 2;
}

static void chain_judge(const struct comb_page *page, struct chain *chain, struct comb_list *combs) {
    chain_clean(chain);
    double pitch_px = chain_pitch(chain);
    chain_merge(chain, pitch_px);
    pitch_px = chain_pitch(chain);
    chain_extend(chain, pitch_px);
    for (size_t i = 0; i + 1 < chain->count; i++) {
        struct field field = {.first = i, .last = i};
        while (field.last + 1 < chain->count && is_cell(page, chain, field.last, pitch_px)) {
            field.last++;
        }
        if (combs->count < COMBS_LIMIT && field_fits(page, chain, pitch_px, &field)) {
            field_take(page, chain, &field, combs);
        }
        i = field.last > i ? field.last - 1 : i;
    }
}

/* The fields whose rules are dark, or light. */
static void fields_find(struct comb_page *page, bool are_light, struct comb_list *combs) {
    comb_strokes_find(page, are_light);
    for (size_t i = 0; i < page->count; i++) {
        struct chain chain;
        if (page->uprights[i].base < page->uprights[i].top) {
            continue;
        }
        chain_follow(page, i, &chain);
        if (chain.count > LEAST_CELLS) {
            struct chain whole = chain;
            size_t count = combs->count;
            chain_judge(page, &chain, combs);
            if (combs->count > count || whole.count > SURE_CELLS) {
                chain_forget(page, &whole);
            }
        }
    }
}

bool combs_erase(struct image *image, unsigned turn, struct arena *arena, struct comb_list *combs) {
    *combs = (struct comb_list){.items = arena_allocate(arena, COMBS_LIMIT * sizeof *combs->items)};
    struct arena_mark mark = arena_mark(arena);
    struct comb_page page;
    bool done = comb_page_open(image, turn, arena, &page) && combs->items != NULL;
    bool has_room = page.grid.width > 4 * STROKE_ASIDE && page.grid.width < UINT16_MAX && page.grid.height < UINT16_MAX;
    if (done && has_room) {
        fields_find(&page, false, combs);
        if (comb_page_has_dark(&page)) {
            fields_find(&page, true, combs);
        }
    }
    arena_rewind(arena, mark);
    return done;
}
