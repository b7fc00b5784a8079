/*
 * turn.h - pages that were scanned or photographed sideways or upside down.
 *
 * A turn is the number of clockwise quarter turns, 0 to 3, by which text is turned away from upright.
 */
#ifndef LINCE_BASE_TURN_H
#define LINCE_BASE_TURN_H

#include <stddef.h>

#include "lince.h"

/* The turn of a line of text whose quad begins at the line's own upper left. */
unsigned turn_of_quad(const struct lince_point quad[4]);

/* The turn of most of the text, each line weighted by its length; 0 if no turn has more than half. */
unsigned turn_of_lines(const struct lince_line *lines, size_t count);

/* The point after its image, `width` x `height`, makes `turn` clockwise quarter turns. */
struct lince_point point_turn(struct lince_point point, unsigned turn, double width, double height);

/* The box around a quad. */
struct lince_box box_of_quad(const struct lince_point quad[4]);

/* The box after its image, `width` x `height`, makes `turn` clockwise quarter turns. */
struct lince_box box_turn(struct lince_box box, unsigned turn, double width, double height);

#endif
