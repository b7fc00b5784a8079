/*
 * doubt.h - which words stand so close that some of their characters may not have been read.
 *
 * The recogniser says one thing for every STRIP_WIDTH_STEP_PX of a strip, and of two like digits side by side it needs
 * to see the paper between: digits closer than two steps are lost where they repeat. Such a number is read again from a
 * strip that is wider than its natural width.
 */
#ifndef LINCE_TEXT_DOUBT_H
#define LINCE_TEXT_DOUBT_H

#include "text/alphabet.h"
#include "text/recognise.h"

struct arena;

/* A word that should be read again. */
struct doubt {
    struct doubt *next; /* of the same line, or NULL */
    size_t word;        /* its index in the line */
    struct lince_point corners[4];
    double stretch; /* how many times its natural width its strip should have */
};

/*
 * How many times its natural width the strip should have for the word that the glyphs first..end and the columns
 * from..until hold: 1 where nothing can have been lost.
 */
double word_stretch(const struct reading *reading, size_t first, size_t end, const struct ink *ink, uint32_t from,
                    uint32_t until, const struct alphabet *alphabet);

#endif
