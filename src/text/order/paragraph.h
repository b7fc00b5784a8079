/*
 * paragraph.h - rows of one column into paragraphs, headings and items of lists.
 */
#ifndef LINCE_TEXT_ORDER_PARAGRAPH_H
#define LINCE_TEXT_ORDER_PARAGRAPH_H

#include "text/order/row.h"

/* How large most of the page's text is. */
struct body {
    double height_px, letter_px;
};

/* What the rows of a run have in common. */
struct column_shape {
    double left, right, gap_px; /* the usual gap between two rows */
};

struct column_shape column_shape_of(const struct row *rows, size_t count);

/* How many of the rows, from the first on, are one paragraph; at least 1. */
size_t paragraph_length(const struct row *rows, size_t count, const struct column_shape *shape);

/* Kind and level of the paragraph that these rows make. */
void paragraph_judge(const struct row *rows, size_t count, const struct body *body, struct lince_block *block);

/*
 * The rows' text, joined by spaces; a hyphen at the end of a row whose word goes on in small letters is taken out. In
 * the arena; NULL when memory is refused.
 */
const char *paragraph_text(const struct arrangement *arrangement, const struct lince_line *lines,
                           const struct row *rows, size_t count, struct arena *arena);

#endif
