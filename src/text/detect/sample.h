/*
 * sample.h - resizes and normalises pixels of the image into the planes that a model takes, in one pass.
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

/* A rectangle of the image after scaling by `scale`. Outside the image its edge is repeated. */
struct sample_window {
    double scale; /* window pixels per image pixel */
    int32_t x, y;
    uint32_t width, height;
};

/*
 * Antialiased linear resampling (triangle filter). Uses scratch memory from `arena` and returns it; false when it is
 * refused.
 */
bool sample_window(const struct image *image, const struct sample_window *window, const struct sample_norm *norm,
                   struct arena *arena, float *planes);

/*
 * The parallelogram with corners[0] (upper left), [1] (upper right) and [3] (lower left) of the image, resampled to
 * width x height. Bilinear, with as many samples per pixel as the reduction needs.
 */
void sample_quad(const struct image *image, const struct lince_point corners[4], uint32_t width, uint32_t height,
                 const struct sample_norm *norm, float *planes);

#endif
