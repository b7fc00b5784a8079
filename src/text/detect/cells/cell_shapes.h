/* cell_shapes.h - what stands out from the paper of a part of a page, as shapes: letters, specks, rules. */
#ifndef LINCE_TEXT_DETECT_CELLS_CELL_SHAPES_H
#define LINCE_TEXT_DETECT_CELLS_CELL_SHAPES_H

#include <stdbool.h>
#include <stdint.h>

#include "text/detect/view.h"

struct arena;

enum { CELL_MOST_PX = 224, CELL_MOST_MARGIN_PX = 31 }; /* a byte holds every place */

struct shape {
    uint8_t x0, x1, y0, y1; /* inclusive */
    uint8_t peak;           /* the greatest distance of its pixels from the paper */
};

/* One plane of a cell and of a margin to its right and below it, its runs and their shapes. */
struct cell {
    uint8_t *pixels;        /* [height][width]: distance from the paper; 0: paper */
    uint32_t width, height; /* with the margin */
    uint32_t own_width, own_height;
    int farthest;
    bool is_light;        /* the shapes are lighter than the paper */
    struct shape *shapes; /* one for each run; joined ones are in their root */
    uint32_t *parents;    /* of the shapes */
    uint32_t shape_count;
};

/* Room for cells of so many pixels a side, in `arena`; false when it is refused. */
bool cell_open(struct arena *arena, uint32_t side_px, struct cell *cell);

/*
 * Measures the cell whose first pixel is `first`, its size set: gives the range of its own colours, in the channel that
 * changes most. Below `least_range` it is of one colour, and no shape is sought.
 */
uint8_t cell_shapes_find(const struct view_grid *grid, const uint8_t *first, uint8_t least_range, struct cell *cell);

/* Whether a shape is a thin stroke from one corner of its bounds to another: a piece of a rule that lies askew. */
bool cell_is_rule(const struct cell *cell, const struct shape *shape);

/* Whether a run is the first of its shape. */
static inline bool cell_is_shape(const struct cell *cell, uint32_t run) {
    return cell->parents[run] == run;
}

#endif
