/* drawn.h - images and strips drawn by hand, with readings known by reasoning. */
#ifndef LINCE_TESTS_DRAWN_H
#define LINCE_TESTS_DRAWN_H

#include <stdint.h>

#include "base/arena.h"
#include "base/meter.h"
#include "image/image.h"
#include "text/strip.h"

/* Fails the running test, with both numbers, unless they are within `tolerance` of one another. */
#define assert_near(one, other, tolerance) near_or_fail((one), (other), (tolerance), __FILE__, __LINE__)
void near_or_fail(double one, double other, double tolerance, const char *file, int line);

/* An image of one 0xRRGGBB colour, not reduced; `pixels` is owned, from malloc, with unused bytes after each row. */
struct image drawn_image(uint32_t width_px, uint32_t height_px, uint32_t color);
void drawn_image_free(struct image *image);
void drawn_box(struct image *image, uint32_t x0, uint32_t y0, uint32_t x1, uint32_t y1, uint32_t color);
/* The image turned clockwise by `turn` quarters, as a new one. */
struct image drawn_turned(const struct image *upright, unsigned turn);

/* A strip of one value (-1 black, 1 white) whose corners are those of width x 48 at the origin; from malloc. */
struct strip drawn_strip(uint32_t width, float value);
void drawn_strip_free(struct strip *strip);
void drawn_strip_box(struct strip *strip, uint32_t x0, uint32_t y0, uint32_t x1, uint32_t y1, float value);

/* A fresh arena on a meter of its own with this limit; one at a time. drawn_arena_end asserts that nothing is left. */
struct arena *drawn_arena(uint64_t limit_bytes);
void drawn_arena_end(struct arena *arena);

/* A number that looks random, 0 to below `range`, always the same from the same seed; advances the seed. */
uint32_t drawn_number(uint32_t *seed, uint32_t range);

#endif
