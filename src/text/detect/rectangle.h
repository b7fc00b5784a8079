/*
 * rectangle.h - the smallest rectangle, at any angle, around a set of points.
 *
 * Source: H. Freeman and R. Shapira, "Determining the minimum-area encasing rectangle for an arbitrary closed curve",
 * 1975: one side of it lies along an edge of the convex hull.
 */
#ifndef LINCE_TEXT_DETECT_RECTANGLE_H
#define LINCE_TEXT_DETECT_RECTANGLE_H

#include "lince.h"

struct rectangle {
    struct lince_point centre;
    double across_x, across_y; /* unit vector along the width; the axis within 45 degrees of the x axis */
    double width, height;
};

/*
 * `points` are sorted by y, then by x, at least one; `hull` is scratch memory for 2 * count points. The upright
 * rectangle is preferred unless a slanted one is clearly smaller.
 */
struct rectangle rectangle_around(const struct lince_point *points, size_t count, struct lince_point *hull);

/* Moves every side outwards by `distance`. */
struct rectangle rectangle_grow(struct rectangle rectangle, double distance);

/* Upper left, upper right, lower right, lower left. */
void rectangle_corners(const struct rectangle *rectangle, struct lince_point corners[4]);

#endif
