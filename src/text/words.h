/* words.h - glyphs → a line of words with boxes fitted to the ink. */
#ifndef LINCE_TEXT_WORDS_H
#define LINCE_TEXT_WORDS_H

#include <stdbool.h>

#include "lince.h"
#include "text/doubt.h"
#include "text/letter_gaps.h"
#include "text/spread.h"

struct arena;
struct letter_book;

/*
 * Fills `line` in `arena`: text, words, confidence, and the strip's corners as its quad, in pixels of the image that
 * the strip was cut from. `cells`: whether rules parted its letters. `doubts` are the words to read again, the last one
 * first; `gaps` are those between its glyphs. A reading without words gives word_count 0. `letters` gets those of the
 * words; NULL: they are not kept. False when an arena is refused.
 */
bool line_make(struct reading *reading, const struct strip *strip, const struct ink *ink,
               const struct alphabet *alphabet, enum spread_cells cells, struct arena *scratch, struct arena *arena,
               struct letter_book *letters, struct lince_line *line, struct doubt **doubts, struct letter_gaps *gaps);

#endif
