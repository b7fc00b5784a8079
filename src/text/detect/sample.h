/*
 * sample.h - pixels of the image, resized and normalised into the planes that a model takes, in one pass.
 *
 * Planes are floats [3][height][width] in the order blue, green, red, as the models were trained.
 */
#ifndef LINCE_TEXT_DETECT_SAMPLE_H
#define LINCE_TEXT_DETECT_SAMPLE_H

#include <stdbool.h>

#include "image/image.h"

struct arena;

/* value = (byte / 255 - mean) / deviation, per plane. */
struct sample_norm {
    float mean[3], deviation[3];
};

/* A rectangle of the image after scaling it by `scale`; parts outside the image repeat its edge. */
struct sample_window {
    double scale; /* window pixels per image pixel */
    int32_t x, y;
    uint32_t width, height;
};

/* Antialiased linear resampling (triangle filter). Scratch from `arena`, returned to it; false when it is refused. */
bool sample_window(const struct image *image, const struct sample_window *window, const struct sample_norm *norm,
                   struct arena *arena, float *planes);

/*
 * The parallelogram corners[0] (upper left), [1] (upper right), [3] (lower left) of the image, laid upright into
 * width x height. Bilinear, with as many samples a pixel as the reduction asks for.
 */
void sample_quad(const struct image *image, const struct lince_point corners[4], uint32_t width, uint32_t height,
                 const struct sample_norm *norm, float *planes);

#endif
