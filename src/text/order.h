/*
 * order.h - lines into the order in which a person reads them.
 *
 * Lines whose vertical spans overlap form a row; rows run downwards, lines in a row from left to right. The page's
 * quarter turns, as most of its text stands, and its skew, the median angle of its lines, are taken out first.
 */
#ifndef LINCE_TEXT_ORDER_H
#define LINCE_TEXT_ORDER_H

#include <stdbool.h>

#include "lince.h"

struct arena;

/* Sorts in place; the order depends on the lines alone, not on how they stood before. False when scratch is refused. */
bool lines_order(struct lince_line *lines, size_t count, struct arena *scratch);

#endif
