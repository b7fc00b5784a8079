/*
 * letter_gaps.h - joins parts of a word that the recogniser separated, judging by the gaps between all letters of a
 * page.
 *
 * In small print a pixel is a large part of a space, and hinted letters are sometimes a pixel farther apart. One line
 * seldom shows which gaps are spaces, but all lines of one size do. The distance of two letters is the sum of the bare
 * space at their sides, which many pairs show, and of a space, which is the same everywhere.
 */
#ifndef LINCE_TEXT_LETTER_GAPS_H
#define LINCE_TEXT_LETTER_GAPS_H

#include <stdbool.h>

#include "text/alphabet.h"
#include "text/doubt.h"
#include "text/recognise.h"

struct arena;
struct letter_book;

/* The gap between two neighbouring glyphs of a line; spaces are not counted as glyphs. */
struct letter_gap {
    uint16_t before, after; /* their classes */
    uint16_t gap_64ths;     /* of a pixel of the image */
    int8_t odds_16ths;      /* logarithm of the odds of a space, as the recogniser sees it */
    uint8_t flags;
};

struct letter_gaps {
    struct letter_gap *items;
    size_t count;
    double height_px; /* of the line, in pixels of the image */
};

/*
 * Measures a line. `starts[i]`: a word begins with the glyph i. `joined[i]`: it belongs to the one before, whatever the
 * gap. In `arena`; false when it is refused.
 */
bool letter_gaps_measure(const struct reading *reading, const struct alphabet *alphabet, const struct strip *strip,
                         const struct ink *ink, const bool *starts, const bool *joined, struct arena *arena,
                         struct letter_gaps *gaps);

/*
 * Joins words of `lines` whose gap is a gap between letters. `doubts[i]` and `gaps[i]` are those of `lines[i]`; a doubt
 * about a joined word is dropped. `classes` is the size of the alphabet. `letters` may be NULL. False when `arena` is
 * refused.
 */
bool letter_gaps_join(struct lince_line *lines, struct doubt **doubts, const struct letter_gaps *gaps,
                      size_t line_count, size_t classes, struct letter_book *letters, struct arena *arena);

#endif
