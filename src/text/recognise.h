/*
 * recognise.h - strip → glyphs: what is written, where in the strip, and how sure.
 *
 * Source: A. Graves et al., "Connectionist Temporal Classification", 2006: the best path, repeats and blanks removed.
 */
#ifndef LINCE_TEXT_RECOGNISE_H
#define LINCE_TEXT_RECOGNISE_H

#include <stdbool.h>

#include "text/ink.h"

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

/* The widest piece of a strip that goes through the network at once; bounds the memory. */
#define SLICE_WIDTH_LIMIT_PX 1280u

/*
 * Where a strip is cut that is wider than a slice: the column, a multiple of STRIP_WIDTH_STEP_PX, after `from` at which
 * the slice that begins there ends. It lies in the widest gap of the ink that a slice's later half reaches.
 */
uint32_t slice_end(const struct ink *ink, uint32_t from);

/*
 * Runs the network, whose classes are `classes` in number, and decodes; a wide strip goes through in slices. `ink` is
 * the strip's. MEMORY_LIMIT, MODEL, RUNTIME.
 */
enum lince_status recognise_strip(struct session *recogniser, const struct strip *strip, const struct ink *ink,
                                  size_t classes, size_t space, struct heap *heap, struct arena *arena,
                                  struct reading *reading, struct lince_error *error);

#endif
