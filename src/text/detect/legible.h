/*
 * legible.h - how much an image may be reduced until its text is no longer found, judged by the height of its lines and
 * how far apart they stand.
 */
#ifndef LINCE_TEXT_DETECT_LEGIBLE_H
#define LINCE_TEXT_DETECT_LEGIBLE_H

#include <stdbool.h>

struct arena;
struct bands;

/* No map is smaller or larger than these shares of the sides that it would have for any text. */
#define LEGIBLE_LEAST 0.5
#define LEGIBLE_MOST 1.25

/*
 * The share of the sides of a map of `scale` map pixels per pixel of the image at which its text is large enough, from
 * LEGIBLE_LEAST to LEGIBLE_MOST; 1 where there is too little text to judge by. Scratch from `arena`, returned to it;
 * false when it is refused.
 */
bool legible_share(const struct bands *bands, double scale, struct arena *arena, double *share);

#endif
