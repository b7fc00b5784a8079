/* likeness.h - a hash of how an image looks, that stays nearly the same when it is recompressed or resized. */
#ifndef LINCE_WORKER_LIKENESS_H
#define LINCE_WORKER_LIKENESS_H

#include "worker/worker_protocol.h"

struct image;

/* The size at which the image must have been decoded. */
enum { LIKENESS_WIDTH_PX = 17, LIKENESS_HEIGHT_PX = 16 };

/* Of those mean greys each neighbouring pair gives one bit: whether it gets brighter to the right. */
void likeness_of(const struct image *image, unsigned char likeness[WORK_LIKENESS_BYTES]);

#endif
