/* growth.h - whether memory grows with each image, as with a leak: a straight line through the last images. */
#ifndef LINCE_ENGINE_GROWTH_H
#define LINCE_ENGINE_GROWTH_H

#include <stdbool.h>
#include <stdint.h>

enum { GROWTH_IMAGES = 256 };

struct growth {
    uint64_t live_bytes[GROWTH_IMAGES]; /* a ring: bytes held after each image */
    uint64_t count;                     /* images noted since the start */
};

void growth_note(struct growth *growth, uint64_t live_bytes);

/* Bytes per image, by least squares over the last GROWTH_IMAGES; 0 until there are that many. */
double growth_bytes_per_image(const struct growth *growth);

/*
 * Whether the line rises by at least 1 KiB per image and fits the points well. A leak rises with every image; a cache
 * that fills up, or a large image among small ones, does not.
 */
bool growth_is_a_leak(const struct growth *growth);

#endif
