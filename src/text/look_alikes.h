/*
 * look_alikes.h - characters that many faces draw alike (I and l, O and 0, 1 and l): which of them was printed, by the
 * case of its word and by its neighbours.
 *
 * A character is replaced only where the recogniser itself thought the other one possible. What holds letters and
 * digits, as a reference does, is left as it was read.
 */
#ifndef LINCE_TEXT_LOOK_ALIKES_H
#define LINCE_TEXT_LOOK_ALIKES_H

#include "text/alphabet.h"
#include "text/recognise.h"

/* Settles the characters of the word in the glyphs first..end; `reading->alike` may be NULL: then nothing is. */
void look_alikes_settle(struct reading *reading, size_t first, size_t end, const struct alphabet *alphabet);

/* Whether a letter of the word, whose capital has the same shape, may be in the other case. */
bool look_alikes_doubt_case(const struct reading *reading, size_t first, size_t end, const struct alphabet *alphabet);

/* The height of a letter with its accent, and without; 0 where it is not known. */
struct letter_height {
    double whole, body;
};

/*
 * Settles the case of such letters by the heights of all glyphs first..end, the first of which is heights[0]: a small
 * one as high as the capitals beside it is a capital, as in small capitals, and so is the first letter of a word that
 * is higher than its small letters.
 */
void look_alikes_settle_case(struct reading *reading, size_t first, size_t end, const struct alphabet *alphabet,
                             const struct letter_height *heights);

#endif
