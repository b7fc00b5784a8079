/*
 * areas.h - which rectangles of a page are looked at more finely than the rest, and how finely.
 */
#ifndef LINCE_TEXT_DETECT_AREAS_H
#define LINCE_TEXT_DETECT_AREAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct letters;

/* Pixels x0 <= x < x1 of what is seen. */
struct area {
    uint32_t x0, y0, x1, y1;
    double scale; /* map pixels per pixel */
};

enum { AREAS_LIMIT = 256 };

/* No area is finer: the smallest letters that can be read are large enough in it. */
#define AREAS_MOST_SCALE 1.125

/* From the coarsest to the finest; they may overlap, and each is finer than the rest of the page. */
struct areas {
    struct area items[AREAS_LIMIT];
    size_t count;
    double finest;   /* the largest scale; 0 without areas */
    double coverage; /* 0..1: of the cells with letters too small for the page's map, those that are legible here */
    uint32_t smallest_px; /* how high the letters are of the cell with the smallest; 0: no cell has any */
    uint32_t letter_px;   /* how high the letters are of the cells that are not; 0: none */
};

/* Letters lower than this many pixels of a map of `scale` are looked for in areas. */
double areas_small_px(double scale);

/* A scale at which pixels are resampled: drawn pixel by pixel, lines that stand close run together on the map. */
double areas_scale_near(double scale);

/*
 * The areas of a page of this size around the cells of `letters`, finer than `scale` and none finer than `most_scale`.
 * Scratch from `arena`, returned to it; false when it is refused.
 */
bool areas_find(const struct letters *letters, uint32_t width_px, uint32_t height_px, double scale, double most_scale,
                struct arena *arena, struct areas *areas);

/* The finest scale at which a place is looked at; `scale` outside the areas. */
double areas_scale_at(const struct areas *areas, double scale, double x, double y);

#endif
