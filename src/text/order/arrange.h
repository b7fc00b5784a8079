/*
 * arrange.h - a page's lines into reading order, and a line that runs over a gutter into two.
 */
#ifndef LINCE_TEXT_ORDER_ARRANGE_H
#define LINCE_TEXT_ORDER_ARRANGE_H

#include "text/order/blocks.h"
#include "text/page.h"

/* How a page was put in order. All in scratch. */
struct arrangement {
    double direction;     /* radians from the x axis to that of the text */
    struct place *places; /* in reading order: whole lines and, in rows, their cells; `line` is the page's line now */
    size_t count;
    struct runs runs; /* of the places */
};

/*
 * Sorts the page's lines, which are in pixels of the source; parts of lines that are cut go to the page's arena. The
 * result depends on the lines alone, not on how they stood before. False when memory is refused.
 */
bool page_arrange(struct lince_page *page, struct arena *scratch, struct arrangement *arrangement);

#endif
