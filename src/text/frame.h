/*
 * frame.h - removes from a strip the rules of a form: the frame around a value, and the cells of one letter each.
 *
 * They are read as letters, they hide the gaps between words, and they keep repeated digits from being counted.
 */
#ifndef LINCE_TEXT_FRAME_H
#define LINCE_TEXT_FRAME_H

#include "text/ink.h"

struct arena;

/*
 * Paints with the strip's paper over its rules. Updates `ink`, which is the strip's, and tells whether upright rules
 * parted what is on it. Scratch from `arena`, returned to it; false when it is refused.
 */
bool frame_erase(struct strip *strip, struct ink *ink, struct arena *arena, bool *in_cells);

#endif
