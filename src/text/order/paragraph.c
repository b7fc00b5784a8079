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

/* The median is taken over at most this many gaps. */
enum { GAPS_LIMIT = 64 };

struct column_shape column_shape_of(const struct row *rows, size_t count) {
    struct column_shape shape = {INFINITY, -INFINITY, 0.0};
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
    return shape;
}

static bool is_other_type(const struct row *a, const struct row *b) {
    double height = row_height(a) / row_height(b), letter = a->letter_px / b->letter_px;
    return (height > OTHER_SIZE && letter > OTHER_LETTER) || (height < 1 / OTHER_SIZE && letter < 1 / OTHER_LETTER);
}

/* Whether a paragraph that begins with `first` ends after `a`. */
static bool paragraph_ends(const struct row *first, const struct row *a, const struct row *b,
                           const struct column_shape *shape) {
    double height = fmin(row_height(a), row_height(b)), width = shape->right - shape->left;
    double usual = fmin(shape->gap_px, height);
    if (b->top - a->bottom > fmax(usual, 0.0) + WIDER_GAP * height || b->is_marked || is_other_type(a, b)) {
        return true;
    }
    if (a->ends_hyphen || b->begins_lower) {
        return false;
    }
    if (first->is_marked && b->left > first->left + SET_IN * height) {
        return false; /* under the item's first line */
    }
    double share = (a->right - shape->left) / width;
    bool is_set_in = b->left > shape->left + SET_IN * height && b->left > a->left + SET_IN * height;
    return is_set_in || share < VERY_SHORT || (share < SHORT && a->ends_sentence);
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
