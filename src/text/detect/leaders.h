/*
 * leaders.h - removes leaders from an image: rows of equal dots or dashes that lead the eye from a label to its value.
 *
 * The detector finds them as regions that include the value, and the recogniser reads them as part of it.
 */
#ifndef LINCE_TEXT_DETECT_LEADERS_H
#define LINCE_TEXT_DETECT_LEADERS_H

#include <stdbool.h>

#include "image/image.h"

struct arena;

/*
 * Paints paper over the leaders of `image`, viewed with `turn` quarter turns, that are within 15 degrees of level.
 * Scratch from `arena`, returned to it; false when it is refused.
 */
bool leaders_erase(struct image *image, unsigned turn, struct arena *arena);

#endif
