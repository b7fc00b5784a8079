/*
 * recognise.h - strip → glyphs: what is written, where in the strip, and how sure.
 *
 * Source: A. Graves et al., "Connectionist Temporal Classification", 2006: the best path, repeats and blanks removed.
 */
#ifndef LINCE_TEXT_RECOGNISE_H
#define LINCE_TEXT_RECOGNISE_H

#include <stdbool.h>

#include "text/strip.h"

struct arena;
struct session;

struct glyph {
    uint32_t symbol;                /* a class of the alphabet, never the blank */
    uint32_t first_step, last_step; /* where it was seen: strip pixels divided by STRIP_WIDTH_STEP_PX */
    float probability;              /* the highest of its steps */
    float space_before;             /* the highest probability of a space between the glyph before and this one */
};

struct reading {
    struct glyph *glyphs;
    size_t count;
    double confidence; /* mean probability; 0 without glyphs */
};

/*
 * Decodes a matrix of `steps` rows of `classes` probabilities, class 0 being the blank. Gives `reading` in `arena`;
 * false when it is refused.
 */
bool reading_decode(const float *probabilities, size_t steps, size_t classes, size_t space, struct arena *arena,
                    struct reading *reading);

/* Runs the network, whose classes are `classes` in number, and decodes. MEMORY_LIMIT, MODEL, RUNTIME. */
enum lince_status recognise_strip(struct session *recogniser, const struct strip *strip, size_t classes, size_t space,
                                  struct heap *heap, struct arena *arena, struct reading *reading,
                                  struct lince_error *error);

#endif
