/*
 * map.h - image → probability map: the detector's network, run over the image in windows.
 */
#ifndef LINCE_TEXT_DETECT_MAP_H
#define LINCE_TEXT_DETECT_MAP_H

#include "base/progress.h"
#include "text/detect/areas.h"
#include "text/detect/components.h"
#include "text/detect/stretches.h"
#include "text/detect/view.h"

struct heap;
struct session;

struct map_size {
    uint32_t width, height;
};

/* The map of an image of this size, scaled by `scale`. */
struct map_size map_size_for(uint32_t image_width_px, uint32_t image_height_px, double scale);

/*
 * The most pixels of a window in which such a map, or one that is smaller or lies on its side, is computed when at most
 * `window_area_px` (never under 256^2) may be.
 */
uint64_t map_window_px(struct map_size largest, uint32_t window_area_px);

/* How a page is looked at. */
struct map_looks {
    double scale;          /* of the page as a whole, in map pixels per pixel */
    struct stretches rows; /* of its map; outside them there is no text */
    struct areas areas;    /* which are looked at more finely */
    uint32_t window_area_px;
};

/* Map pixels per pixel of the map that is made: the finest of its areas, or of the page as a whole. */
double map_scale(const struct map_looks *looks);

/*
 * Gives `map` in `arena`: what is seen, scaled by map_scale(), at most `window_area_px` through the network at once.
 * What was looked at more coarsely takes several of its pixels, so that a line from one area into another is one line.
 * Activations come from `heap`. MEMORY_LIMIT, CANCELLED, RUNTIME.
 */
enum lince_status map_compute(struct session *detector, const struct view *view, const struct map_looks *looks,
                              const struct progress *progress, struct heap *heap, struct arena *arena,
                              struct probability_map *map, struct lince_error *error);

#endif
