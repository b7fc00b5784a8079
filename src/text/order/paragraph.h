/* paragraph.h - groups the rows of one column into paragraphs, headings and list items. */
#ifndef LINCE_TEXT_ORDER_PARAGRAPH_H
#define LINCE_TEXT_ORDER_PARAGRAPH_H

#include "text/order/row.h"

/* The size of most of the page's text. */
struct body {
    double height_px, letter_px;
};

/* Common to the rows of a run. */
struct column_shape {
    double left, right, gap_px; /* gap_px: the usual gap between two rows */
    bool is_spaced;             /* a wider gap parts its paragraphs */
};

/* Whether the row begins to the right of the item's mark. */
bool row_is_under(const struct row *item, const struct row *row);

struct column_shape column_shape_of(const struct row *rows, size_t count);

/* Whether the gap between two rows parts paragraphs. */
bool rows_are_apart(const struct row *a, const struct row *b, double usual_px);

/* How many of the rows, from the first, form one paragraph; at least 1. */
size_t paragraph_length(const struct row *rows, size_t count, const struct column_shape *shape);

/* Sets kind and level of the paragraph that these rows form. */
void paragraph_judge(const struct row *rows, size_t count, const struct body *body, struct lince_block *block);

/*
 * The rows' text, joined by spaces. A hyphen at the end of a row is removed if the next row continues in lower case. In
 * the arena; NULL when memory is refused.
 */
const char *paragraph_text(const struct arrangement *arrangement, const struct lince_line *lines,
                           const struct row *rows, size_t count, struct arena *arena);

#endif
