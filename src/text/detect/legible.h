/*
 * legible.h - how far an image may be reduced before its text is no longer found, judged by the height and distance of
 * its lines.
 */
#ifndef LINCE_TEXT_DETECT_LEGIBLE_H
#define LINCE_TEXT_DETECT_LEGIBLE_H

#include <stdbool.h>

struct arena;
struct bands;

/* The sides of a map are between these shares of those it would need for any text. */
#define LEGIBLE_LEAST 0.5
#define LEGIBLE_MOST 1.25

/*
 * The share of the sides of a map with `scale` map pixels per image pixel at which the text is large enough, from
 * LEGIBLE_LEAST to LEGIBLE_MOST; 1 if there is too little text to judge. Uses scratch memory from `arena` and returns
 * it; false when it is refused.
 */
bool legible_share(const struct bands *bands, double scale, struct arena *arena, double *share);

#endif
