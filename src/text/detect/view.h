/*
 * view.h - an image as one looks at it whose text stands on its side or on its head: turned until the text is upright.
 *
 * Nothing is copied: pixels are turned as they are sampled, and points are taken back to the image.
 */
#ifndef LINCE_TEXT_DETECT_VIEW_H
#define LINCE_TEXT_DETECT_VIEW_H

#include "text/detect/sample.h"

struct view {
    const struct image *image;    /* borrowed */
    unsigned turn;                /* quarter turns clockwise by which its text stands away from upright, 0 to 3 */
    uint32_t width_px, height_px; /* as seen */
};

struct view view_of(const struct image *image, unsigned turn);

/* Every few pixels, as they follow one another in what is seen. */
struct view_grid {
    const uint8_t *first; /* of the image, borrowed: red, green and blue of the first one */
    ptrdiff_t across_bytes, down_bytes;
    uint32_t width, height;
};

struct view_grid view_grid(const struct view *view, uint32_t step_px);

/* As sample_window, of what is seen. */
bool view_sample(const struct view *view, const struct sample_window *window, const struct sample_norm *norm,
                 struct arena *arena, float *planes);

/* From pixels as seen to pixels of the image. */
struct lince_point view_point(const struct view *view, struct lince_point point);

#endif
