/*
 * arrange.c - cuts lines at wide gaps, puts the pieces in order, and joins them again unless a gutter separates them.
 */
#include "text/order/arrange.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

/* In heights of a line: a gap between words of this width may be a gutter or the border of a cell. */
static const double WIDE_GAP = 0.6;

/* ---- pieces ------------------------------------------------------------------------------------------- */

/* Cuts a line at its wide gaps. Returns the number of pieces, and writes them unless `pieces` is NULL. */
static size_t line_cut(const struct lince_line *line, size_t index, double direction, struct place *pieces) {
    struct place whole = place_of_line(line, index, direction);
    double height = whole.bottom - whole.top, right = INFINITY;
    size_t count = 0, first = 0;
    for (size_t i = 0; i <= line->word_count; i++) {
        struct place word = whole;
        if (i < line->word_count) {
            word = place_of_words(line, &whole, i, 1, direction);
        }
        bool ends = i == line->word_count || (i > first && word.left - right >= WIDE_GAP * height);
        if (ends && pieces != NULL) {
            pieces[count] = place_of_words(line, &whole, first, i - first, direction);
            pieces[count].left = fmax(pieces[count].left, whole.left);
            pieces[count].right = fmin(pieces[count].right, whole.right);
        }
        count += ends;
        first = ends ? i : first;
        right = word.right;
    }
    return count;
}

static bool pieces_cut(const struct lince_page *page, struct arena *scratch, struct arrangement *arrangement) {
    const struct line_list *lines = &page->lines;
    double *angles = arena_allocate(scratch, (lines->count + 1) * sizeof *angles);
    if (angles == NULL) {
        return false;
    }
    arrangement->direction = lines_direction(lines->items, lines->count, angles);
    size_t count = 0;
    for (size_t i = 0; i < lines->count; i++) {
        count += line_cut(&lines->items[i], i, arrangement->direction, NULL);
    }
    arrangement->places = arena_allocate(scratch, (count + 1) * sizeof *arrangement->places);
    if (arrangement->places == NULL) {
        return false;
    }
    for (size_t i = 0; i < lines->count; i++) {
        arrangement->count +=
            line_cut(&lines->items[i], i, arrangement->direction, arrangement->places + arrangement->count);
    }
    return true;
}

/* ---- lines -------------------------------------------------------------------------------------------- */

/* Whether `b` continues the line and row of `a`. */
static bool goes_on(const struct place *a, const struct place *b) {
    return a->line == b->line && a->row == b->row && a->first_word + a->word_count == b->first_word;
}

static struct lince_point point_between(struct lince_point a, struct lince_point b, double share) {
    return (struct lince_point){a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

/* The part of the quad between two shares of its length, and its box within the old one. */
static void quad_part(struct lince_line *line, double from, double to) {
    const struct lince_point q[4] = {line->quad[0], line->quad[1], line->quad[2], line->quad[3]};
    line->quad[0] = point_between(q[0], q[1], from);
    line->quad[1] = point_between(q[0], q[1], to);
    line->quad[2] = point_between(q[3], q[2], to);
    line->quad[3] = point_between(q[3], q[2], from);
    struct lince_box around = {INFINITY, INFINITY, -INFINITY, -INFINITY}, old = line->box;
    for (size_t i = 0; i < 4; i++) {
        around.x0 = fmin(around.x0, line->quad[i].x);
        around.y0 = fmin(around.y0, line->quad[i].y);
        around.x1 = fmax(around.x1, line->quad[i].x);
        around.y1 = fmax(around.y1, line->quad[i].y);
    }
    line->box = (struct lince_box){fmin(fmax(around.x0, old.x0), old.x1), fmin(fmax(around.y0, old.y0), old.y1),
                                   fmax(fmin(around.x1, old.x1), old.x0), fmax(fmin(around.y1, old.y1), old.y0)};
}

/* Makes a line of some of another's words, in `arena`. */
static bool line_part(const struct lince_line *whole, const struct place *place, double direction, struct arena *arena,
                      struct lince_line *part) {
    size_t bytes = 1, characters = 0;
    *part = *whole;
    part->words = whole->words + place->first_word;
    part->word_count = place->word_count;
    part->confidence = 0.0;
    for (size_t i = 0; i < part->word_count; i++) {
        size_t own = utf8_count(part->words[i].text, SIZE_MAX);
        bytes += strlen(part->words[i].text) + 1;
        part->confidence += part->words[i].confidence * (double)own;
        characters += own;
    }
    part->confidence = characters == 0 ? whole->confidence : part->confidence / (double)characters;
    char *text = arena_allocate(arena, bytes), *end = text;
    if (text == NULL) {
        return false;
    }
    *text = '\0';
    for (size_t i = 0; i < part->word_count; i++) {
        end = stpcpy(i == 0 ? end : stpcpy(end, " "), part->words[i].text);
    }
    part->text = text;
    struct place all = place_of_line(whole, 0, direction);
    double length = fmax(all.right - all.left, 1e-9);
    quad_part(part, fmax((place->left - all.left) / length, 0), fmin((place->right - all.left) / length, 1));
    return true;
}

/* How many lines the places form: pieces that continue in a line and a row are one. */
static size_t lines_count(const struct arrangement *arrangement) {
    size_t count = 0;
    for (size_t i = 0; i < arrangement->count; i++) {
        count += i == 0 || !goes_on(&arrangement->places[i - 1], &arrangement->places[i]);
    }
    return count;
}

/* Writes the lines in the order of the places, which then refer to them. */
static bool lines_write(const struct lince_line *old, struct arrangement *arrangement, struct arena *arena,
                        struct line_list *lines) {
    struct place *places = arrangement->places;
    for (size_t i = 0, until; i < arrangement->count; i = until) {
        struct place all = places[i];
        for (until = i + 1; until < arrangement->count && goes_on(&all, &places[until]); until++) {
            all.word_count += places[until].word_count;
            all.right = places[until].right;
        }
        const struct lince_line *whole = &old[all.line];
        struct lince_line *line = &lines->items[lines->count];
        if (all.word_count == whole->word_count) {
            *line = *whole;
        } else if (!line_part(whole, &all, arrangement->direction, arena, line)) {
            return false;
        }
        for (size_t k = i; k < until; k++) {
            places[k].line = lines->count;
            places[k].first_word -= all.first_word;
            places[k].text = line->text;
        }
        lines->count++;
    }
    return true;
}

bool page_arrange(struct lince_page *page, struct arena *scratch, struct arrangement *arrangement) {
    *arrangement = (struct arrangement){.count = 0};
    const struct lince_line *old = page->lines.items;
    if (!pieces_cut(page, scratch, arrangement) ||
        !blocks_cut(arrangement->places, arrangement->count, old, scratch, &arrangement->runs)) {
        return false;
    }
    struct line_list lines = {.count = 0};
    lines.items = arena_allocate(&page->arena, (lines_count(arrangement) + 1) * sizeof *lines.items);
    if (lines.items == NULL || !lines_write(old, arrangement, &page->arena, &lines)) {
        return false;
    }
    page->lines = lines;
    return true;
}
