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
 * Whether a line had upright rules between its letters, so that they may be far apart; and whether those were the
 * cells of one field, in which two letters are enough for a word.
 */
enum spread_cells { CELLS_NONE, CELLS_SEEN, CELLS_OF_COMB };

/* Fills `joined`, one for each glyph: whether the glyph belongs to the same word as the one before it. */
void spread_find(const struct reading *reading, const struct alphabet *alphabet, const struct ink *ink,
                 enum spread_cells cells, bool *joined);

#endif
