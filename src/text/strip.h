/* strip.h - one line of text, cut out of the image and laid level at the recogniser's height. */
#ifndef LINCE_TEXT_STRIP_H
#define LINCE_TEXT_STRIP_H

#include "text/detect/sample.h"

struct heap;

#define STRIP_HEIGHT_PX 48u
#define STRIP_WIDTH_STEP_PX 8u
/* A line longer than 200 times its height is compressed to this width. */
#define STRIP_WIDTH_LIMIT_PX 9600u

struct strip {
    float *planes; /* [3][STRIP_HEIGHT_PX][width], blue green red, -1..1; owned, in the heap */
    uint32_t width;
    struct lince_point corners[4]; /* in the image, as the strip shows them: upper left, upper right, ... */
};

/* Converts pixels of a strip to its values. */
extern const struct sample_norm STRIP_NORM;

/* The width of the strip between these corners, `stretch` times its natural width. */
uint32_t strip_width(const struct lince_point corners[4], double stretch);

/* Gives `strip`; free it with strip_free. MEMORY_LIMIT when the heap refuses. */
enum lince_status strip_cut(const struct image *image, const struct lince_point corners[4], double stretch,
                            struct heap *heap, struct strip *strip, struct lince_error *error);
void strip_free(struct strip *strip);

/*
 * Gives one strip of several parts of the image side by side, from left to right, each as high as the strip. `corners`
 * are those that the strip is said to have. Free it with strip_free. MEMORY_LIMIT.
 */
enum lince_status strip_join(const struct image *image, const struct lince_point (*parts)[4], size_t count,
                             const struct lince_point corners[4], struct heap *heap, struct strip *strip,
                             struct lince_error *error);

/* Turns the strip by 180 degrees, in place. */
void strip_reverse(struct strip *strip);

/* The corners, in the image, of the strip's columns from..until. */
void strip_part(const struct strip *strip, uint32_t from, uint32_t until, struct lince_point corners[4]);

/* The upright box, in the image, of the strip's rectangle x0..x1, y0..y1. */
struct lince_box strip_box(const struct strip *strip, double x0, double y0, double x1, double y1);

#endif
