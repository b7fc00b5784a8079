/* rectangle.c - convex hull by Andrew's monotone chain, then the best of the rectangles along its edges. */
#include "text/detect/rectangle.h"

#include <math.h>

/* A slanted rectangle must save this share of the upright one's area; otherwise the slant is noise. */
static const double SLANT_MUST_SAVE = 0.06;

static double turn(struct lince_point a, struct lince_point b, struct lince_point c) {
    return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static size_t hull_make(const struct lince_point *points, size_t count, struct lince_point *hull) {
    size_t size = 0;
    for (size_t i = 0; i < count; i++) {
        while (size >= 2 && turn(hull[size - 2], hull[size - 1], points[i]) <= 0.0) {
            size--;
        }
        hull[size++] = points[i];
    }
    size_t first_side = size + 1;
    for (size_t i = count; i-- > 0;) {
        while (size >= first_side && turn(hull[size - 2], hull[size - 1], points[i]) <= 0.0) {
            size--;
        }
        hull[size++] = points[i];
    }
    return size > 1 ? size - 1 : size;
}

static struct rectangle rectangle_along(const struct lince_point *hull, size_t size, double x, double y) {
    double least_u = INFINITY, most_u = -INFINITY, least_v = INFINITY, most_v = -INFINITY;
    for (size_t i = 0; i < size; i++) {
        double u = hull[i].x * x + hull[i].y * y, v = hull[i].y * x - hull[i].x * y;
        least_u = fmin(least_u, u);
        most_u = fmax(most_u, u);
        least_v = fmin(least_v, v);
        most_v = fmax(most_v, v);
    }
    double u = (least_u + most_u) / 2.0, v = (least_v + most_v) / 2.0;
    return (struct rectangle){{u * x - v * y, u * y + v * x}, x, y, most_u - least_u, most_v - least_v};
}

/* Of a direction and its quarter turns, the one within 45 degrees of the x axis. */
static void direction_level(double *x, double *y) {
    if (fabs(*y) > fabs(*x)) {
        double swapped = *x;
        *x = *y;
        *y = -swapped;
    }
    if (*x < 0.0) {
        *x = -*x;
        *y = -*y;
    }
}

struct rectangle rectangle_around(const struct lince_point *points, size_t count, struct lince_point *hull) {
    size_t size = hull_make(points, count, hull);
    struct rectangle upright = rectangle_along(hull, size, 1.0, 0.0), best = upright;
    double best_area = upright.width * upright.height * (1.0 - SLANT_MUST_SAVE);
    for (size_t i = 0; i < size; i++) {
        struct lince_point a = hull[i], b = hull[(i + 1) % size];
        double length = hypot(b.x - a.x, b.y - a.y);
        if (length < 1e-9) {
            continue;
        }
        double x = (b.x - a.x) / length, y = (b.y - a.y) / length;
        direction_level(&x, &y);
        struct rectangle rectangle = rectangle_along(hull, size, x, y);
        double area = rectangle.width * rectangle.height;
        if (area < best_area) {
            best = rectangle;
            best_area = area;
        }
    }
    return best;
}

struct rectangle rectangle_grow(struct rectangle rectangle, double distance) {
    rectangle.width += 2.0 * distance;
    rectangle.height += 2.0 * distance;
    return rectangle;
}

void rectangle_corners(const struct rectangle *rectangle, struct lince_point corners[4]) {
    double right_x = rectangle->across_x * rectangle->width / 2.0;
    double right_y = rectangle->across_y * rectangle->width / 2.0;
    double down_x = -rectangle->across_y * rectangle->height / 2.0;
    double down_y = rectangle->across_x * rectangle->height / 2.0;
    struct lince_point centre = rectangle->centre;
    corners[0] = (struct lince_point){centre.x - right_x - down_x, centre.y - right_y - down_y};
    corners[1] = (struct lince_point){centre.x + right_x - down_x, centre.y + right_y - down_y};
    corners[2] = (struct lince_point){centre.x + right_x + down_x, centre.y + right_y + down_y};
    corners[3] = (struct lince_point){centre.x - right_x + down_x, centre.y - right_y + down_y};
}
