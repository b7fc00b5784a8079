/* detail.h - whether a reduced image may hold print that needs more of the original's pixels. */
#ifndef LINCE_TEXT_DETECT_DETAIL_H
#define LINCE_TEXT_DETECT_DETAIL_H

#include <math.h>
#include <stdbool.h>

struct arena;
struct image;

/* Lower letters are small: they are read less well. */
#define DETAIL_SMALL_PX 10.0

/* Small letters of this many pixels are ample: a picture that lacks detail should give them as many. */
#define DETAIL_LETTER_PX 14.0

/* Something is too fine to tell what it is. */
#define DETAIL_ALL INFINITY

/*
 * How many times as long the image's sides should be for its smallest letters to be read well: 1 if they are large
 * enough, DETAIL_ALL where letters may be that cannot be made out. Uses scratch memory from `arena` and returns it;
 * false when it is refused.
 */
bool detail_measure(const struct image *image, struct arena *arena, double *detail);

#endif
