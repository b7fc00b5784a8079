/* page_turn.h - regions → is the page upright, or on its side? */
#ifndef LINCE_TEXT_PAGE_TURN_H
#define LINCE_TEXT_PAGE_TURN_H

#include "text/detect/stacks.h"

/*
 * Sets `turn` to the number of clockwise quarter turns by which most lines are turned away from upright: 1 or 3 if they
 * run along the image's height, as the direction classifier decides from the longest ones; otherwise 0. The letters of
 * `stacks` are no such lines. MEMORY_LIMIT, MODEL, RUNTIME.
 */
enum lince_status page_turn_find(struct session *direction, const struct image *image,
                                 const struct region_list *regions, const struct stack_list *stacks, struct heap *heap,
                                 unsigned *turn, struct lince_error *error);

#endif
