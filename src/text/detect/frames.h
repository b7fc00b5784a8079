/* frames.h - regions that hold the level rules of a form are cut at them, so that a line is no higher than its cell. */
#ifndef LINCE_TEXT_DETECT_FRAMES_H
#define LINCE_TEXT_DETECT_FRAMES_H

#include "text/detect/detect.h"

/*
 * Cuts regions at the rules across them and drops what is too low for a line. What was cut is no longer doubtful.
 * `arena` gives the new list; false when it is refused.
 */
bool frames_part(const struct image *image, struct arena *arena, struct region_list *regions);

#endif
