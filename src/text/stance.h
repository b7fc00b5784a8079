/*
 * stance.h - regions → how the page stands: upright, or on one of its sides.
 */
#ifndef LINCE_TEXT_STANCE_H
#define LINCE_TEXT_STANCE_H

#include "text/detect/detect.h"

/*
 * Gives in `turn` by how many quarter turns clockwise most lines stand away from upright: 1 or 3 where they run along
 * the image's height, by what the direction classifier says of the longest ones; else 0. MEMORY_LIMIT, MODEL, RUNTIME.
 */
enum lince_status stance_find(struct session *direction, const struct image *image, const struct region_list *regions,
                              struct heap *heap, unsigned *turn, struct lince_error *error);

#endif
