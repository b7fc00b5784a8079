/* arrange.h - puts a page's lines into reading order, and splits a line that runs over a gutter. */
#ifndef LINCE_TEXT_ORDER_ARRANGE_H
#define LINCE_TEXT_ORDER_ARRANGE_H

#include "text/order/blocks.h"
#include "text/page.h"

/* The order of a page. All in scratch memory. */
struct arrangement {
    double direction;     /* radians from the x axis to that of the text */
    struct place *places; /* in reading order: whole lines and, in rows, their cells; `line` is the line's new index */
    size_t count;
    struct runs runs; /* of the places */
};

/*
 * Sorts the page's lines, which are in source pixels. Parts of cut lines go to the page's arena. The result depends
 * only on the lines, not on their previous order. False when memory is refused.
 */
bool page_arrange(struct lince_page *page, struct arena *scratch, struct arrangement *arrangement);

#endif
