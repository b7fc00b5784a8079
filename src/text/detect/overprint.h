/*
 * overprint.h - removes watermarks and stamps from an image: large letters in one pale or bright colour across the
 * text.
 *
 * The detector finds them as large slanted regions, and the lines that they cross are lost.
 */
#ifndef LINCE_TEXT_DETECT_OVERPRINT_H
#define LINCE_TEXT_DETECT_OVERPRINT_H

#include <stdbool.h>

#include "image/image.h"

struct arena;

/*
 * Lightens what is printed across the dark text of a page of one light colour, and leaves the text. `found` says
 * whether there was any. Other pages stay as they are. Scratch from `arena`, returned to it; false when it is refused.
 */
bool overprint_erase(struct image *image, struct arena *arena, bool *found);

#endif
