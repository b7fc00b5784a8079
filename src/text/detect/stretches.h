/*
 * stretches.h - the rows of a page on which there is anything. What lies between them is bare: margins, bars of one
 * colour, the empty lower half of a form. No network looks at it.
 */
#ifndef LINCE_TEXT_DETECT_STRETCHES_H
#define LINCE_TEXT_DETECT_STRETCHES_H

#include <stddef.h>
#include <stdint.h>

struct bands;

/* Rows of a map. */
struct stretch {
    uint32_t from_px, until_px;
};

enum { STRETCHES_LIMIT = 8 };

/* From top to bottom; they do not touch. None where the page is bare. */
struct stretches {
    struct stretch items[STRETCHES_LIMIT];
    size_t count;
};

/*
 * The stretches of a map `map_height_px` high, of `scale` map pixels per pixel. Bare rows between two of them are left
 * in where looking at both in one go costs about as much.
 */
struct stretches stretches_find(const struct bands *bands, double scale, uint32_t map_height_px);

#endif
