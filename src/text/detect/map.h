/* map.h - image → probability map: runs the detector's network over the image in windows. */
#ifndef LINCE_TEXT_DETECT_MAP_H
#define LINCE_TEXT_DETECT_MAP_H

#include "base/progress.h"
#include "text/detect/areas.h"
#include "text/detect/components.h"
#include "text/detect/row_spans.h"
#include "text/detect/view.h"

struct heap;
struct session;

struct map_size {
    uint32_t width, height;
};

/* The size of the map of an image of this size at `scale`. */
struct map_size map_size_for(uint32_t image_width_px, uint32_t image_height_px, double scale);

/*
 * The most pixels of a window for such a map, or for one that is smaller or turned on its side, when a window may have
 * at most `window_area_px` (never under 256^2).
 */
uint64_t map_window_px(struct map_size largest, uint32_t window_area_px);

/* The scales at which a page is processed. */
struct map_looks {
    double scale;          /* of the whole page, in map pixels per pixel */
    struct row_spans rows; /* of its map; there is no text outside them */
    struct areas areas;    /* the finer ones */
    uint32_t window_area_px;
};

/* Map pixels per pixel of the resulting map: those of its finest area, or of the whole page. */
double map_scale(const struct map_looks *looks);

/*
 * Gives `map` in `arena`: the view at map_scale(), with at most `window_area_px` through the network at once. Coarser
 * values fill several of its pixels, so a line from one area into another is one line. Activations come from `heap`.
 * MEMORY_LIMIT, CANCELLED, RUNTIME.
 */
enum lince_status map_compute(struct session *detector, const struct view *view, const struct map_looks *looks,
                              const struct progress *progress, struct heap *heap, struct arena *arena,
                              struct probability_map *map, struct lince_error *error);

#endif
