/*
 * spread.h - which gaps of a line are between the letters of one word that is printed letter by letter: F A C T U R A,
 * or a number with one digit in each cell.
 */
#ifndef LINCE_TEXT_SPREAD_H
#define LINCE_TEXT_SPREAD_H

#include <stdbool.h>

#include "text/alphabet.h"
#include "text/recognise.h"

/*
 * Fills `joined`, one for each glyph: whether the glyph belongs to the same word as the one before it. `in_cells`: the
 * line had upright rules between its letters, so that they may be far apart.
 */
void spread_find(const struct reading *reading, const struct alphabet *alphabet, const struct ink *ink, bool in_cells,
                 bool *joined);

#endif
