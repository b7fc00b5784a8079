/*
 * components.h - connected regions of a probability map, as horizontal runs.
 *
 * Source: run-based labelling with union-find; pixels that touch at a side or a corner belong together.
 */
#ifndef LINCE_TEXT_DETECT_COMPONENTS_H
#define LINCE_TEXT_DETECT_COMPONENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* Probabilities times 255, row by row. */
struct probability_map {
    uint8_t *values;
    uint32_t width, height;
};

struct run {
    uint32_t y, x0, x1; /* pixels x0 <= x < x1 */
    uint32_t next;      /* the component's next run, in reading order; RUN_END after the last */
};

#define RUN_END UINT32_MAX

struct component {
    uint32_t first_run;
    uint32_t x0, y0, x1, y1; /* bounds of the pixels: x0 <= x < x1 */
    uint32_t pixel_count;
};

struct component_list {
    struct run *runs;
    struct component *items; /* by their first run, in reading order */
    size_t count;
};

/* The components of pixels with a value of at least `threshold`. In `arena`; false when it is refused. */
bool components_find(const struct probability_map *map, uint8_t threshold, struct arena *arena,
                     struct component_list *list);

#endif
