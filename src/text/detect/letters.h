/* letters.h - where on a page letters are too small for its map, and how high they are, cell by cell. */
#ifndef LINCE_TEXT_DETECT_LETTERS_H
#define LINCE_TEXT_DETECT_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

#include "text/detect/view.h"

struct arena;

/* The values of a cell without letters that are too small. */
enum { LETTERS_BARE = 0, LETTERS_OTHER = 255 };

struct letters {
    uint8_t *heights;       /* [rows][columns]: pixels; LETTERS_BARE: one colour; LETTERS_OTHER: something else */
    uint32_t columns, rows; /* number of cells; 0 if no readable letter is too small */
    uint32_t cell_px;
};

/*
 * Looks for letters lower than `small_px` by the shapes that stand out from the paper of each cell. A height is the
 * median of the small letters, not of the capitals. In `arena`; false when it is refused.
 */
bool letters_measure(const struct view *view, double small_px, struct arena *arena, struct letters *letters);

#endif
