/*
 * frame.h - removes from a strip the rules of a form: the frame around a value, and the cells of one letter each.
 *
 * The recogniser reads them as letters. They hide the gaps between words, and repeated digits cannot be counted through
 * them.
 */
#ifndef LINCE_TEXT_FRAME_H
#define LINCE_TEXT_FRAME_H

#include "text/ink.h"

struct arena;

/*
 * Paints with the strip's paper over its rules. Updates `ink`, which is the strip's, and reports whether upright rules
 * separated its letters. Scratch from `arena`, returned to it; false when it is refused.
 */
bool frame_erase(struct strip *strip, struct ink *ink, struct arena *arena, bool *in_cells);

#endif
