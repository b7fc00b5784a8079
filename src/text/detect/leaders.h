/*
 * leaders.h - rows of equal dots or dashes that lead the eye from a label to its value are taken out of an image.
 *
 * The detector makes regions of them that swallow the value, and the recogniser reads them as part of it.
 */
#ifndef LINCE_TEXT_DETECT_LEADERS_H
#define LINCE_TEXT_DETECT_LEADERS_H

#include <stdbool.h>

#include "image/image.h"

struct arena;

/*
 * Paints the paper over the leaders of `image`, which is looked at turned by `turn` quarters, where they lie within 15
 * degrees of level. Scratch from `arena`, returned to it; false when it is refused.
 */
bool leaders_erase(struct image *image, unsigned turn, struct arena *arena);

#endif
