/*
 * ground.h - the ground under a transparent image: white, or black or grey if the visible pixels would not show on
 * white.
 *
 * White letters on a transparent ground are made for a dark page. Contrast is measured at the edges of what is visible:
 * wherever transparency changes from one pixel to the next, the more visible side is compared with each ground,
 * weighted by the change. If the ground of a finished picture was made transparent, the pixels at its edges have some
 * of that ground's colour left. So of the first pixels of a side the one counts that differs most from the edge. White
 * stays unless another ground gives clearly more contrast.
 */
#ifndef LINCE_IMAGE_GROUND_H
#define LINCE_IMAGE_GROUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* GROUND_DEPTH_PX: of the pixels beside an edge that are looked at. */
enum { GROUND_COUNT = 3, GROUND_WHITE_LEVEL = 255, GROUND_DEPTH_PX = 3 };

/* The contrast with each ground, summed over the rows of one decoding. Starts cleared. */
struct ground_contrast {
    uint64_t sums[GROUND_COUNT];
};

/* Whether transparency changes within a row. Most rows have none of it, or nothing else: they need no walk. */
bool ground_row_has_edges(const uint8_t *row, uint32_t channels, uint32_t count);

/* Adds a row of `count` pixels with 2 (grey, alpha) or 4 (colour, alpha) channels of 8 bits, not premultiplied. */
void ground_row_note(struct ground_contrast *contrast, const uint8_t *row, uint32_t channels, uint32_t count);

/* A walk over the pixels of one row. Starts with its contrast only; not to be changed by others. */
struct ground_walk {
    struct ground_contrast *contrast;
    uint8_t last[GROUND_DEPTH_PX][4]; /* the pixels before, the newest first */
    uint32_t count;                   /* of them */
    uint32_t change;                  /* of alpha at the edge whose side is being looked at; 0: there is none */
    uint32_t edge, inner;             /* brightness at that edge, and of the pixel that differs most from it */
    uint32_t left_px;                 /* that may still belong to it */
};

/* Adds the next pixel of a row: colour, not premultiplied, and alpha. */
void ground_pixel_note(struct ground_walk *walk, const uint8_t pixel[4]);
/* Ends the row. */
void ground_walk_end(struct ground_walk *walk);

/* The ground, 0..255, with the best contrast. */
uint8_t ground_level(const struct ground_contrast *contrast);

/* A value seen through `alpha` on a ground, rounded. */
static inline uint8_t ground_over(uint32_t ground, uint32_t value, uint32_t alpha) {
    uint32_t sum = value * alpha + ground * (255 - alpha) + 128;
    return (uint8_t)((sum + (sum >> 8)) >> 8); /* divided by 255 */
}

/* Notes a row of colour and alpha, and lays it on the ground as `rgb`. */
void ground_row_lay(struct ground_contrast *contrast, uint8_t ground, const uint8_t *row, uint32_t count, uint8_t *rgb);

#endif
