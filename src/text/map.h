/*
 * map.h - image → probability map: the detector's network, run over the image in windows.
 */
#ifndef LINCE_TEXT_MAP_H
#define LINCE_TEXT_MAP_H

#include "base/progress.h"
#include "image/image.h"
#include "text/components.h"

struct heap;
struct session;

/*
 * Gives `map` in `arena`: the image scaled by `scale`, at most `window_area_px` through the network at once.
 * Activations come from `heap`. MEMORY_LIMIT, CANCELLED, RUNTIME.
 */
enum lince_status map_compute(struct session *detector, const struct image *image, double scale,
                              uint32_t window_area_px, const struct progress *progress, struct heap *heap,
                              struct arena *arena, struct probability_map *map, struct lince_error *error);

#endif
