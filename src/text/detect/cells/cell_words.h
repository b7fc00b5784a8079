/* cell_words.h - words of small letters that stand among larger things: labels above values, in frames, on cards. */
#ifndef LINCE_TEXT_DETECT_CELLS_CELL_WORDS_H
#define LINCE_TEXT_DETECT_CELLS_CELL_WORDS_H

#include "text/detect/cells/cell_shapes.h"

/* Lower letters can hardly be read. */
enum { CELL_LEAST_LETTER_PX = 4 };

/*
 * The height of the letters of the smallest word that begins in the cell, if they are lower than `small_px`; 0 if no
 * word is so small. A word is some letters side by side on one base line, with nothing larger beside them.
 */
uint8_t cell_words_height(const struct cell *cell, uint32_t small_px);

#endif
