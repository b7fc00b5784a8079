/* level_lines.h - the lines of a page as they would be if it were upright and level. */
#ifndef LINCE_FIELDS_SHEET_LEVEL_LINES_H
#define LINCE_FIELDS_SHEET_LEVEL_LINES_H

#include "fields/sheet.h"

/*
 * Gives `count` lines by rows in `arena`, and in `indices` their places in `lines`. The sheet has its size and turn;
 * its slope is set. NULL when memory is refused.
 */
struct lince_line *level_lines_make(struct arena *arena, const struct lince_line *lines, size_t count, size_t *indices,
                                    struct sheet *sheet);

#endif
