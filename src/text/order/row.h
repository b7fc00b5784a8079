/* row.h - the content of one row of a run, and what its text says about its paragraph. */
#ifndef LINCE_TEXT_ORDER_ROW_H
#define LINCE_TEXT_ORDER_ROW_H

#include "text/order/arrange.h"

struct row {
    size_t first, count; /* places */
    double left, right, top, bottom;
    double letter_px; /* mean width of a letter */
    bool is_marked;   /* begins with a bullet or an item number */
    bool begins_lower, ends_sentence, ends_hyphen;
    bool is_title; /* could be a heading: words that begin with a capital, and no sentence */
};

/* The row that begins at `first` among the places before `until`. */
struct row row_at(const struct arrangement *arrangement, const struct lince_line *lines, size_t first, size_t until);

/* Whether the text is only a bullet or an item number: "•", "-", "3.", "b)". */
bool text_is_mark(const char *text);

/* Whether the text is only a page number: "7", "- 7 -", "Página 7 de 9", "vii". */
bool text_is_page_number(const char *text);

#endif
