/*
 * turned.h - bars that are not level: where they are, how far they are turned, and a level picture of them.
 *
 * ZXing-C++ reads along rows and columns. Bars turned by more than some 15 degrees cross too few rows whole, and of
 * ITF, whose ends look like its middle, a row that leaves the bars early gives a part of the number.
 */
#ifndef LINCE_CODES_TURNED_H
#define LINCE_CODES_TURNED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct meter;

struct grey {
    uint8_t *pixels; /* on the search's meter */
    uint32_t width_px, height_px;
};

/* A rectangle that is turned by `degrees`, -45 to 45, in pixels of the grey picture. */
struct turned_area {
    double degrees;
    double x, y; /* its upper left corner, and the rest along its own axes */
    double width, height;
};

enum { TURNED_AREAS_MOST = 3 };

/* Finds areas of bars that are turned by at least `least_degrees`, the largest first. False: memory was refused. */
bool turned_find(const struct grey *grey, double least_degrees, struct meter *meter,
                 struct turned_area areas[TURNED_AREAS_MOST], size_t *count);

/* The pixels that the level picture of the area takes. */
uint64_t turned_pixels(const struct turned_area *area);
/* Gives that picture, on `meter`. False: memory was refused. */
bool turned_make(const struct grey *grey, const struct turned_area *area, struct meter *meter, struct grey *level);
/* From a point of the level picture to the one of the grey picture. */
void turned_place(const struct turned_area *area, double x, double y, double *grey_x, double *grey_y);
/* Whether the point of the grey picture is in the area. */
bool turned_has(const struct turned_area *area, double x, double y);

#endif
