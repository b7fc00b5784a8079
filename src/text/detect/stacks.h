/*
 * stacks.h - words whose letters stand one below another, each upright, as on signs.
 *
 * The detector finds such a word as a region for each letter, or as one region that runs down.
 */
#ifndef LINCE_TEXT_DETECT_STACKS_H
#define LINCE_TEXT_DETECT_STACKS_H

#include "text/detect/detect.h"

enum { STACK_LETTERS_MOST = 24 };

/* Where a word may stand. Corners begin with the upper left one of its letters, in pixels of the image. */
struct stack {
    struct lince_point corners[4];                   /* around all letters */
    struct lince_point cells[STACK_LETTERS_MOST][4]; /* of each letter, from the top; all are of one height */
    size_t count;
};

struct stack_list {
    struct stack *items;
    size_t count;
};

/*
 * Looks for letters of one size at equal distances. A column of a table, whose letters stand in line with other text,
 * is no stack. Gives `stacks` in `arena`; false when it is refused.
 */
bool stacks_find(const struct view *view, const struct region_list *regions, struct arena *arena,
                 struct stack_list *stacks);

/* Whether the middle of a region is within a stack: then it is one of its letters, or several. */
bool stack_holds(const struct stack *stack, const struct region *region);

/* Whether the region is the stack, or most of its length: then it is no line that runs down. */
bool stack_fills(const struct stack *stack, const struct region *region);

#endif
