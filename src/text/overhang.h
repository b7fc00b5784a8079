/*
 * overhang.h - removes from a strip what hangs into it from the row of text above.
 *
 * In tight print the tails of g, j, p, q, y and of commas of one row touch the letters of the next, and a capital below
 * one is read with an accent.
 */
#ifndef LINCE_TEXT_OVERHANG_H
#define LINCE_TEXT_OVERHANG_H

#include <stdbool.h>

#include "text/ink.h"

struct arena;
struct heap;

/*
 * Paints with the strip's paper over strokes that come from well above the strip and end in its upper third. Updates
 * `ink`, which is the strip's. Uses scratch memory from both and returns it; false when they refuse.
 */
bool overhang_erase(const struct image *image, struct heap *heap, struct arena *arena, struct strip *strip,
                    struct ink *ink);

#endif
