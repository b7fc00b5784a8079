/* areas.h - which rectangles of a page need a finer map than the rest, and how fine. */
#ifndef LINCE_TEXT_DETECT_AREAS_H
#define LINCE_TEXT_DETECT_AREAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct letters;

/* Pixels x0 <= x < x1 of the view. */
struct area {
    uint32_t x0, y0, x1, y1;
    double scale; /* map pixels per pixel */
};

enum { AREAS_LIMIT = 256 };

/* No area is finer: at this scale the smallest readable letters are large enough. */
#define AREAS_MOST_SCALE 1.125

/* From the coarsest to the finest. They may overlap, and each is finer than the rest of the page. */
struct areas {
    struct area items[AREAS_LIMIT];
    size_t count;
    double finest;   /* the largest scale; 0 without areas */
    double coverage; /* 0..1: of the cells whose letters are too small for the page's map, the share that is legible
                        here */
    uint32_t smallest_px; /* letter height in the cell with the smallest letters; 0: no cell has any */
    uint32_t letter_px;   /* mean letter height in the cells that stay illegible; 0: none */
};

/* Areas are made for letters lower than this many pixels, if the map of the page has `scale`. */
double areas_small_px(double scale, bool is_light);

/* A scale at which pixels are resampled: drawn pixel for pixel, close lines run together on the map. */
double areas_scale_near(double scale);

/*
 * The areas of a page of this size around the cells of `letters`, finer than `scale` and at most as fine as
 * `most_scale`. Uses scratch memory from `arena` and returns it; false when it is refused.
 */
bool areas_find(const struct letters *letters, uint32_t width_px, uint32_t height_px, double scale, double most_scale,
                struct arena *arena, struct areas *areas);

/* The finest scale of the map at a place; `scale` outside the areas. */
double areas_scale_at(const struct areas *areas, double scale, double x, double y);

#endif
