/*
 * overprint.h - watermarks and stamps, letters in one pale or bright colour across the text, are taken out of an image.
 *
 * The detector makes large slanted regions of them, and the lines that they cross are lost.
 */
#ifndef LINCE_TEXT_DETECT_OVERPRINT_H
#define LINCE_TEXT_DETECT_OVERPRINT_H

#include <stdbool.h>

#include "image/image.h"

struct arena;

/*
 * Lightens what is printed across the dark text of a page of one light colour, down to that text; `found` says whether
 * there was any. Pages without it are left as they are. Scratch from `arena`, returned to it; false when it is refused.
 */
bool overprint_erase(struct image *image, struct arena *arena, bool *found);

#endif
