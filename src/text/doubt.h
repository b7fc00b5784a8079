/*
 * doubt.h - which words are so tight that some of their characters may be lost.
 *
 * The recogniser gives one result for every STRIP_WIDTH_STEP_PX of a strip, and needs to see paper between two equal
 * digits. Repeated digits that are closer than two steps are therefore lost. Such a number is read again from a wider
 * strip.
 */
#ifndef LINCE_TEXT_DOUBT_H
#define LINCE_TEXT_DOUBT_H

#include "text/alphabet.h"
#include "text/recognise.h"

struct arena;

/* A word to read again. */
struct doubt {
    struct doubt *next; /* of the same line, or NULL */
    size_t word;        /* its index in the line */
    struct lince_point corners[4];
    double stretch; /* how many times its natural width the strip should have */
};

/*
 * How many times its natural width the strip should have for the word in the glyphs first..end and the columns
 * from..until; 1 if nothing can have been lost.
 */
double doubt_word_stretch(const struct reading *reading, size_t first, size_t end, const struct ink *ink, uint32_t from,
                          uint32_t until, const struct alphabet *alphabet);

#endif
