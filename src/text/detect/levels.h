/* levels.h - how bright paper is, and how much ink differs from it, by the brightness of all pixels of a place. */
#ifndef LINCE_TEXT_DETECT_LEVELS_H
#define LINCE_TEXT_DETECT_LEVELS_H

#include <stdbool.h>
#include <stdint.h>

/* Ink differs from the paper by this share of the contrast, which is at least so much. */
static const double LEVELS_INK_SHARE = 0.4;
enum { LEVELS_LEAST_CONTRAST = 40, LEVELS_COUNT = 32 };

struct levels {
    uint32_t histogram[LEVELS_COUNT];
    int least, most;
};

#define LEVELS_NONE                                                                                                    \
    { .least = UINT8_MAX }

/* Of red, green and blue, 0 to 255. */
static inline int pixel_brightness(const uint8_t *pixel) {
    return (pixel[0] + 2 * pixel[1] + pixel[2]) / 4;
}

static inline void levels_add(struct levels *levels, int brightness) {
    levels->histogram[brightness * LEVELS_COUNT / (UINT8_MAX + 1)]++;
    levels->least = brightness < levels->least ? brightness : levels->least;
    levels->most = brightness > levels->most ? brightness : levels->most;
}

/* The commonest brightness is the paper. Ink differs from it by more than `least`. False if nothing does. */
static inline bool levels_settle(const struct levels *levels, int *paper, int *least) {
    int best = 0;
    for (int level = 1; level < LEVELS_COUNT; level++) {
        best = levels->histogram[level] > levels->histogram[best] ? level : best;
    }
    *paper = (2 * best + 1) * (UINT8_MAX + 1) / (2 * LEVELS_COUNT);
    int above = levels->most - *paper, below = *paper - levels->least, contrast = above > below ? above : below;
    *least = (int)(LEVELS_INK_SHARE * contrast);
    return contrast >= LEVELS_LEAST_CONTRAST;
}

#endif
