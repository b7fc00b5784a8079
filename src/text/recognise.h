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

/* The middle of what was seen of it, in columns of the strip. */
double glyph_centre_px(const struct glyph *glyph);

struct reading {
    struct glyph *glyphs;
    size_t count;
    double confidence; /* mean probability; 0 without glyphs */

    /* Where the path has come to, while it is being extended. */
    uint32_t steps, steps_limit;
    size_t path_end;  /* the class of the last step */
    float space_seen; /* the highest probability of a space since the last glyph */
};

/* Begins a reading of at most `steps_limit` steps. Gives `reading` in `arena`; false when it is refused. */
bool reading_open(struct arena *arena, size_t steps_limit, struct reading *reading);

/*
 * Decodes the next `steps` rows of `classes` probabilities, class 0 being the blank. What goes on from the rows before
 * is one glyph with it.
 */
void reading_extend(struct reading *reading, const float *probabilities, size_t steps, size_t classes, size_t space);

/* Ends the reading: `confidence` is that of all its glyphs. */
void reading_close(struct reading *reading);

/*
 * The widest piece of a strip that goes through the network at once; bounds the memory. Each slice begins in the one
 * before, so that what stands at its edge has been read with its neighbours.
 */
#define SLICE_WIDTH_LIMIT_PX 1280u
#define SLICE_OVERLAP_PX 64u

/*
 * Where the slice ends that begins at the column `begin`: at the strip's end if that is near enough, or else so that
 * the middle of what it shares with the next slice lies in a wide gap of the ink. A multiple of STRIP_WIDTH_STEP_PX.
 */
uint32_t slice_end(const struct ink *ink, uint32_t begin);

/*
 * Two slices have read the same `steps`: the one from which on the later slice counts, that on which both agree most
 * and which is far from either edge. Before it counts what the earlier one has read.
 */
size_t seam_step(const float *before, const float *after, size_t steps, size_t classes);

/*
 * Runs the network, whose classes are `classes` in number, and decodes; a wide strip goes through in slices. `ink` is
 * the strip's. MEMORY_LIMIT, MODEL, RUNTIME.
 */
enum lince_status recognise_strip(struct session *recogniser, const struct strip *strip, const struct ink *ink,
                                  size_t classes, size_t space, struct heap *heap, struct arena *arena,
                                  struct reading *reading, struct lince_error *error);

#endif
