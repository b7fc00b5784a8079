/* paper.h - what surrounds an image where a window reaches over its edge: the paper of that edge, continued. */
#ifndef LINCE_TEXT_DETECT_PAPER_H
#define LINCE_TEXT_DETECT_PAPER_H

#include "text/detect/view.h"

/* The colour of the paper at one side of the image, in the network's values. */
struct paper {
    float value[3];
};

enum { SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT, SIDE_COUNT };

struct papers {
    struct paper of[SIDE_COUNT];
};

/* The papers of the view, normalised like its window. */
struct papers papers_of(const struct view *view, const struct sample_norm *norm);

/*
 * Fills the window with paper outside the page, whose size is given at the window's scale. Repeating the image's edge
 * instead would draw letters that touch it out into stripes, which are not found as text.
 */
void paper_pads_fill(const struct sample_window *window, uint32_t page_width_px, uint32_t page_height_px,
                     const struct papers *papers, float *planes);

#endif
