/* spaces.h - between which glyphs of a line there is a space. */
#ifndef LINCE_TEXT_SPACES_H
#define LINCE_TEXT_SPACES_H

#include <stdbool.h>

#include "text/alphabet.h"
#include "text/recognise.h"

/*
 * The widest gap in the ink between two glyphs. `middle` is its middle, or the middle between the glyphs if there is
 * none.
 */
uint32_t glyphs_gap(const struct ink *ink, const struct glyph *before, const struct glyph *after, uint32_t *middle);

/* The distance between the digits of a line; a usual value if it has few. */
double spaces_digits_pitch_px(const struct reading *reading, const struct alphabet *alphabet);

/* Whether a word begins with the glyph `i`, which is no space. */
bool spaces_word_starts(const struct reading *reading, size_t i, const struct alphabet *alphabet, const struct ink *ink,
                        double digits_px);

#endif
