/*
 * view.h - an image turned so that its text is upright, when the text is sideways or upside down.
 *
 * Nothing is copied: pixels are turned as they are sampled, and points are converted back to the image.
 */
#ifndef LINCE_TEXT_DETECT_VIEW_H
#define LINCE_TEXT_DETECT_VIEW_H

#include "text/detect/sample.h"

struct view {
    const struct image *image;    /* borrowed */
    unsigned turn;                /* clockwise quarter turns, 0 to 3, by which the text is turned away from upright */
    uint32_t width_px, height_px; /* of the view */
};

struct view view_of(const struct image *image, unsigned turn);

/* Every few pixels, in the order of the view. */
struct view_grid {
    const uint8_t *first; /* of the image, borrowed: red, green and blue of the first pixel */
    ptrdiff_t across_bytes, down_bytes;
    uint32_t width, height;
};

struct view_grid view_grid(const struct view *view, uint32_t step_px);

/* Red, green and blue of a pixel of the grid; and its green, which tells ink from paper. */
static inline const uint8_t *view_pixel(const struct view_grid *grid, uint32_t x, uint32_t y) {
    return grid->first + (ptrdiff_t)x * grid->across_bytes + (ptrdiff_t)y * grid->down_bytes;
}
static inline const uint8_t *view_green(const struct view_grid *grid, uint32_t x, uint32_t y) {
    return view_pixel(grid, x, y) + 1;
}

/* Paints `count` pixels, `step_bytes` from one to the next, with a blend from the colour `before` them to the one
 * `after`. */
void view_pixels_blend(uint8_t *first, ptrdiff_t step_bytes, size_t count, const uint8_t *before, const uint8_t *after);

/* As sample_window, for the view. */
bool view_sample(const struct view *view, const struct sample_window *window, const struct sample_norm *norm,
                 struct arena *arena, float *planes);

/* Converts pixels of the view to pixels of the image. */
struct lince_point view_point(const struct view *view, struct lince_point point);

#endif
