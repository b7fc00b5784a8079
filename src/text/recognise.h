/*
 * recognise.h - strip → glyphs: what is written, where in the strip, and with what probability.
 *
 * Source: A. Graves et al., "Connectionist Temporal Classification", 2006: the best path, repeats and blanks removed.
 */
#ifndef LINCE_TEXT_RECOGNISE_H
#define LINCE_TEXT_RECOGNISE_H

#include <stdbool.h>

#include "text/alphabet.h"
#include "text/ink.h"

struct arena;
struct session;

struct glyph {
    uint32_t symbol;                /* a class of the alphabet, never the blank */
    uint32_t first_step, last_step; /* where it was seen: strip pixels divided by STRIP_WIDTH_STEP_PX */
    float probability;              /* the highest over its steps */
    float space_before;             /* the highest probability of a space between the previous glyph and this one */
};

/* The middle of the glyph, in columns of the strip. */
double glyph_centre_px(const struct glyph *glyph);

/* The highest probability of each of the characters that look alike, over the steps of a glyph. */
struct glyph_alike {
    float probabilities[ALIKE_COUNT];
};

struct reading {
    struct glyph *glyphs;
    struct glyph_alike *alike; /* one for each glyph; zeros for those that look like no other */
    size_t count;
    double confidence; /* mean probability; 0 without glyphs */

    /* State of the path while it is being extended. */
    uint32_t steps, steps_limit;
    size_t path_end;  /* the class of the last step */
    float space_seen; /* the highest probability of a space since the last glyph */
};

/* Begins a reading of at most `steps_limit` steps. Gives `reading` in `arena`; false when it is refused. */
bool reading_open(struct arena *arena, size_t steps_limit, struct reading *reading);

/*
 * Decodes the next `steps` rows of probabilities, one for each class of the alphabet; class 0 is the blank. A glyph
 * that continues from earlier rows stays one glyph.
 */
void reading_extend(struct reading *reading, const float *probabilities, size_t steps, const struct alphabet *alphabet);

/* Ends the reading and sets `confidence` from all its glyphs. */
void reading_close(struct reading *reading);

/*
 * The widest part of a strip that goes through the network at once; bounds the memory. Slices overlap, so that text at
 * the edge of one is read with its neighbours in the other.
 */
#define SLICE_WIDTH_LIMIT_PX 1280u
#define SLICE_OVERLAP_PX 64u

/*
 * Where the slice that begins at the column `begin` ends: at the strip's end if that is near enough; otherwise so that
 * the middle of its overlap with the next slice is in a wide gap of the ink. A multiple of STRIP_WIDTH_STEP_PX.
 */
uint32_t recognise_slice_end(const struct ink *ink, uint32_t begin);

/*
 * For the same `steps` read by two slices: the step from which the later slice is used. There both agree most, and it
 * is far from either edge.
 */
size_t recognise_seam_step(const float *before, const float *after, size_t steps, size_t classes);

/*
 * Runs the network, which has the classes of `alphabet`, and decodes its output; a wide strip goes through in slices.
 * `ink` is the strip's. MEMORY_LIMIT, MODEL, RUNTIME.
 */
enum lince_status recognise_strip(struct session *recogniser, const struct strip *strip, const struct ink *ink,
                                  const struct alphabet *alphabet, struct heap *heap, struct arena *arena,
                                  struct reading *reading, struct lince_error *error);

#endif
