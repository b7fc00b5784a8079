/* paragraph.c - where paragraphs begin, and which of them are headings. */
#include "text/order/paragraph.h"

#include <math.h>
#include <string.h>

#include "base/doubles.h"

/*
 * In heights of a row: a gap wider than usual by the first separates paragraphs; a row the second from the edge is
 * indented.
 */
static const double WIDER_GAP = 0.35, SET_IN = 0.8;
/* Of the column's width: a row that ends before the first is short, before the second very short. */
static const double SHORT = 0.85, VERY_SHORT = 0.65;
/* Type this many times as large, or as small, is a different type. */
static const double OTHER_SIZE = 1.2, OTHER_LETTER = 1.1;
/* Relative to the page's text: the least size of headings of levels 3, 2 and 1. */
static const double HEADING_SIZES[] = {1.2, 1.4, 1.8};
/* A row alone that could be a title is one if its letters are so much wider; its height is measured less well. */
static const double TITLE_LETTER = 1.25, TITLE_HEIGHT = 0.95;
enum { HEADING_ROWS = 3 };

static double row_height(const struct row *row) {
    return row->bottom - row->top;
}

/* The median is taken over at most this many gaps. Space parts paragraphs where there are so many wide ones. */
enum { GAPS_LIMIT = 64, WIDE_GAPS_LEAST = 2 };

bool rows_are_apart(const struct row *a, const struct row *b, double usual_px) {
    double height = fmin(row_height(a), row_height(b));
    return b->top - a->bottom > fmax(fmin(usual_px, height), 0.0) + WIDER_GAP * height;
}

struct column_shape column_shape_of(const struct row *rows, size_t count) {
    struct column_shape shape = {INFINITY, -INFINITY, 0.0, false};
    double gaps[GAPS_LIMIT];
    size_t gap_count = 0;
    for (size_t i = 0; i < count; i++) {
        shape.left = fmin(shape.left, rows[i].left);
        shape.right = fmax(shape.right, rows[i].right);
        if (i > 0 && gap_count < GAPS_LIMIT) {
            gaps[gap_count++] = rows[i].top - rows[i - 1].bottom;
        }
    }
    if (gap_count > 0) {
        doubles_sort(gaps, gap_count);
        shape.gap_px = gaps[(gap_count - 1) / 2];
    }
    size_t wide = 0;
    for (size_t i = 1; i < count; i++) {
        wide += rows_are_apart(&rows[i - 1], &rows[i], shape.gap_px);
    }
    shape.is_spaced = wide >= WIDE_GAPS_LEAST;
    return shape;
}

static bool is_other_type(const struct row *a, const struct row *b) {
    double height = row_height(a) / row_height(b), letter = a->letter_px / b->letter_px;
    return (height > OTHER_SIZE && letter > OTHER_LETTER) || (height < 1 / OTHER_SIZE && letter < 1 / OTHER_LETTER);
}

bool row_is_under(const struct row *item, const struct row *row) {
    return row->left > item->left + SET_IN * fmin(row_height(item), row_height(row));
}

/* Whether a paragraph that begins with `first` ends after `a`. */
static bool paragraph_ends(const struct row *first, const struct row *a, const struct row *b,
                           const struct column_shape *shape) {
    double height = fmin(row_height(a), row_height(b)), width = shape->right - shape->left;
    if (rows_are_apart(a, b, shape->gap_px) || b->is_marked) {
        return true;
    }
    if (a->ends_hyphen || b->begins_lower) {
        return false;
    }
    if (is_other_type(a, b)) {
        return true;
    }
    double share = (a->right - shape->left) / width;
    if (first->is_marked && row_is_under(first, b)) {
        return share < SHORT && a->ends_sentence; /* the next item, whose mark was not read */
    }
    bool is_set_in = b->left > shape->left + SET_IN * height && b->left > a->left + SET_IN * height;
    return is_set_in || share < VERY_SHORT || (share < SHORT && a->ends_sentence && !shape->is_spaced);
}

size_t paragraph_length(const struct row *rows, size_t count, const struct column_shape *shape) {
    size_t length = 1;
    while (length < count && !paragraph_ends(&rows[0], &rows[length - 1], &rows[length], shape)) {
        length++;
    }
    return length;
}

void paragraph_judge(const struct row *rows, size_t count, const struct body *body, struct lince_block *block) {
    double height = 0.0, letter = 0.0;
    for (size_t i = 0; i < count; i++) {
        height += row_height(&rows[i]) / (double)count;
        letter += rows[i].letter_px / (double)count;
    }
    double size = sqrt(height / body->height_px * letter / body->letter_px);
    block->kind = rows[0].is_marked ? LINCE_BLOCK_LIST_ITEM : LINCE_BLOCK_PARAGRAPH;
    bool is_large = height > OTHER_LETTER * body->height_px && size >= HEADING_SIZES[0];
    bool is_title = count == 1 && rows[0].is_title && letter >= TITLE_LETTER * body->letter_px &&
                    height >= TITLE_HEIGHT * body->height_px;
    if (count <= HEADING_ROWS && (is_large || is_title)) {
        block->kind = LINCE_BLOCK_HEADING;
        block->level = size >= HEADING_SIZES[2] ? 1 : size >= HEADING_SIZES[1] ? 2 : 3;
    }
}

const char *paragraph_text(const struct arrangement *arrangement, const struct lince_line *lines,
                           const struct row *rows, size_t count, struct arena *arena) {
    size_t bytes = 1;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = rows[i].first; k < rows[i].first + rows[i].count; k++) {
            bytes += strlen(lines[arrangement->places[k].line].text) + 1;
        }
    }
    char *text = arena_allocate(arena, bytes), *end = text;
    for (size_t i = 0; text != NULL && i < count; i++) {
        size_t before = SIZE_MAX;
        if (i > 0 && rows[i - 1].ends_hyphen && rows[i].begins_lower) {
            end--;
        } else if (i > 0) {
            *end++ = ' ';
        }
        for (size_t k = rows[i].first; k < rows[i].first + rows[i].count; k++) {
            size_t line = arrangement->places[k].line;
            if (line != before) { /* cells of one line are one text */
                end = stpcpy(before == SIZE_MAX ? end : stpcpy(end, " "), lines[line].text);
            }
            before = line;
        }
    }
    return text;
}
