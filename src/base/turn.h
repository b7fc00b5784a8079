/*
 * turn.h - pages that were scanned or photographed on their side or on their head.
 *
 * A turn is a number of quarter turns clockwise, 0 to 3, by which text stands away from upright.
 */
#ifndef LINCE_BASE_TURN_H
#define LINCE_BASE_TURN_H

#include <stddef.h>

#include "lince.h"

/* The turn of a line of text whose quad begins at the line's own upper left. */
unsigned turn_of_quad(const struct lince_point quad[4]);

/* The turn of most of the text, each line counting with the length of its text; 0 where no turn has more than half. */
unsigned turn_of_lines(const struct lince_line *lines, size_t count);

/* The point after `turn` quarter turns clockwise of the image of `width` x `height` that it stands in. */
struct lince_point point_turn(struct lince_point point, unsigned turn, double width, double height);

/* The box after `turn` quarter turns clockwise of the image of `width` x `height` that it stands in. */
struct lince_box box_turn(struct lince_box box, unsigned turn, double width, double height);

#endif
