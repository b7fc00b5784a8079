/*
 * paper.h - what stands around an image where a window reaches over its edge: more of the paper at that edge.
 */
#ifndef LINCE_TEXT_DETECT_PAPER_H
#define LINCE_TEXT_DETECT_PAPER_H

#include "text/detect/view.h"

/* The colour of the paper at one side of the image, as the network sees it. */
struct paper {
    float value[3];
};

enum { SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT, SIDE_COUNT };

struct papers {
    struct paper of[SIDE_COUNT];
};

/* The papers of what is seen, normalised as its window will be. */
struct papers papers_of(const struct view *view, const struct sample_norm *norm);

/*
 * Lays paper where the window reaches over the page, whose size is given at the scale of the window. The image's own
 * edge, repeated there, would draw letters that touch it out into stripes, which are not found as text.
 */
void pads_fill(const struct sample_window *window, uint32_t page_width_px, uint32_t page_height_px,
               const struct papers *papers, float *planes);

#endif
