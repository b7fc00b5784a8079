/* laid.h - pages whose lines are laid by hand, at any angle, as if they had been read. */
#ifndef LINCE_TESTS_LAID_H
#define LINCE_TESTS_LAID_H

#include <stdint.h>

#include "text/order/arrange.h"

enum { LAID_LINE_LIMIT = 4000 };

/* An empty page on a meter of its own, whose text runs at `degrees` clockwise; one at a time. */
struct lince_page *laid_page(double degrees);
/* Lays a line of words with its upper left corner at (x, y), its type so high; a tab is a gap as wide as six letters.
 */
void laid_line(struct lince_page *page, double x, double y, double size, const char *text);
/* The same lines, as if they had been found in another order. */
void laid_shuffle(struct lince_page *page, uint32_t seed);
/* Asserts that nothing is left on the page's meter. */
void laid_page_end(struct lince_page *page);

#endif
