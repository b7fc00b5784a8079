/* detail.c - the smallest letters of an image, cell by cell, beside the height at which they are read well. */
#include "text/detect/detail.h"

#include "base/arena.h"
#include "text/detect/letters.h"
#include "text/detect/view.h"

/* Lower letters are read less well. */
static const double SMALL_HEIGHT_PX = 10.0;

/* Labels are looked for down to this height. */
static const double LABEL_HEIGHT_PX = 5.0;

/* What is too low to tell goes on in the next cell if it is print; otherwise it may be dirt or an edge. */
static bool is_fine(const struct letters *letters, uint32_t cell) {
    return letters->heights[cell] == LETTERS_FINE && (cell + 1) % letters->columns != 0 &&
           letters->heights[cell + 1] == LETTERS_FINE;
}

bool detail_measure(const struct image *image, struct arena *arena, double *detail) {
    struct arena_mark mark = arena_mark(arena);
    struct view view = view_of(image, 0);
    struct letters letters;
    bool done = letters_measure(&view, SMALL_HEIGHT_PX, LABEL_HEIGHT_PX, arena, &letters);
    *detail = 1.0;
    for (uint32_t i = 0; done && i < letters.columns * letters.rows; i++) {
        if (letters_are_small(letters.heights[i])) {
            *detail = fmax(*detail, DETAIL_LETTER_PX / letters.heights[i]);
        } else if (is_fine(&letters, i)) {
            *detail = DETAIL_ALL;
        }
    }
    arena_rewind(arena, mark);
    return done;
}
