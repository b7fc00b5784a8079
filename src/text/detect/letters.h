/* letters.h - where on a page letters are too small for its map, and how high they are, cell by cell. */
#ifndef LINCE_TEXT_DETECT_LETTERS_H
#define LINCE_TEXT_DETECT_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

#include "text/detect/view.h"

struct arena;

/* The values of a cell without letters that are too small. */
enum { LETTERS_BARE = 0, LETTERS_FINE = 254, LETTERS_OTHER = 255 };

struct letters {
    /*
     * [rows][columns]: pixels. LETTERS_BARE: one colour; LETTERS_FINE: shapes lower than any letter that can be read,
     * of which some may be letters; LETTERS_OTHER: something else.
     */
    uint8_t *heights;
    uint32_t columns, rows; /* number of cells; 0 if no readable letter is too small */
    uint32_t cell_px;
};

/* Whether the value of a cell is a height. */
static inline bool letters_are_small(uint8_t height) {
    return height != LETTERS_BARE && height < LETTERS_FINE;
}

/* A label is two letters or more with nothing beside them. Lower ones than this are more often dirt. */
#define LETTERS_LABEL_PX 7.0

/*
 * Looks for letters lower than `small_px` by the shapes that stand out from the paper of each cell, labels of
 * `label_px` and higher among them. A height is the median of the small letters, not of the capitals. In `arena`; false
 * when it is refused.
 */
bool letters_measure(const struct view *view, double small_px, double label_px, struct arena *arena,
                     struct letters *letters);

#endif
