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

#endif
