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
    bool *light;            /* [rows][columns]: the letters of a cell are lighter than the paper */
    bool *alone;            /* [rows][columns]: nothing larger stands beside the letters of a cell, and few specks */
    uint32_t columns, rows; /* number of cells; 0 if no readable letter is too small */
    uint32_t cell_px;
};

/* Whether the value of a cell is a height. */
static inline bool letters_are_small(uint8_t height) {
    return height != LETTERS_BARE && height < LETTERS_FINE;
}

/* A label is two letters or more with nothing beside them. Lower ones than this are more often dirt. */
#define LETTERS_LABEL_PX 7.0

struct letters_search {
    double small_px; /* lower letters are too small */
    double light_px; /* the same for letters that are lighter than the paper */
    double label_px; /* labels of this height and higher count */
    bool is_strict;  /* pieces of broken letters and of ragged rules do not count */
};

/*
 * Looks for small letters by the shapes that stand out from the paper of each cell. A height is the median of the small
 * letters, not of the capitals. In `arena`; false when it is refused.
 */
bool letters_measure(const struct view *view, const struct letters_search *search, struct arena *arena,
                     struct letters *letters);

#endif
