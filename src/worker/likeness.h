/* likeness.h - a hash of how an image looks, which hardly changes when the image is recompressed or resized. */
#ifndef LINCE_WORKER_LIKENESS_H
#define LINCE_WORKER_LIKENESS_H

#include "worker/worker_protocol.h"

struct image;

/* The size to which the image must be decoded. */
enum { LIKENESS_WIDTH_PX = 17, LIKENESS_HEIGHT_PX = 16 };

/* Each pair of neighbouring mean greys gives one bit: whether it gets brighter to the right. */
void likeness_of(const struct image *image, unsigned char likeness[WORK_LIKENESS_BYTES]);

#endif
