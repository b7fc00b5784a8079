/*
 * detect.h - image → regions: where text is, as quadrilaterals.
 *
 * The network gives each pixel the probability that it is in the core of a line. Components of likely pixels become
 * rectangles at any angle, grown back to the size of the letters. Large maps are computed in overlapping windows and
 * joined as maps, so a line across two windows is one line.
 *
 * Source: M. Liao et al., "Real-time Scene Text Detection with Differentiable Binarization", 2019; the post-processing
 * follows its section 3.4.
 */
#ifndef LINCE_TEXT_DETECT_DETECT_H
#define LINCE_TEXT_DETECT_DETECT_H

#include "base/progress.h"
#include "text/detect/view.h"

struct arena;
struct heap;
struct session;

struct region {
    struct lince_point corners[4]; /* pixels of the image; upper left, upper right, ... as viewed */
    double score;                  /* 0..1: the mean probability inside */
    bool is_comb;                  /* its letters stand apart, in the cells of one field */
    bool is_doubtful;              /* it scores as text only if the empty corners of its shape are left out */
    bool is_line;                  /* doubtful, but a line by its shape: it stays even if it is not parted */
};

enum { REGION_COLUMNS_LIMIT = 32 };

struct region_list {
    struct region *items;
    size_t count;
    struct region *columns; /* what was parted into rows, but may be one line that runs down or up */
    size_t column_count;
    double coverage;      /* 0..1: the share of places with small print that the map was fine enough for */
    uint32_t smallest_px; /* height of the smallest letters that are too small for the page's map; 0: none */
    uint32_t letter_px;   /* height, in image pixels, of small letters that the map was too coarse for; otherwise 0 */
};

struct detect_settings {
    double threshold;        /* pixels of at least this probability are text */
    double score_threshold;  /* the least mean probability of a region */
    double grow_ratio;       /* "unclip": growth by area * ratio / perimeter */
    uint32_t side_px;        /* the longest side of the map, pads included, that is enough for a page */
    uint32_t narrow_side_px; /* the shortest side is not reduced below this, however long the other is */
    uint32_t map_area_px;    /* the most pixels of a map made finer for small print; 0: none */
    double least_letter_px;  /* the page is known to have no lower letters; 0: nothing is known */
    uint32_t window_area_px; /* the most pixels through the network at once; bounds the memory */
};

#define DETECT_WINDOW_AREA_PX (736u * 480u)
#define DETECT_SETTINGS_DEFAULTS                                                                                       \
    { 0.3, 0.6, 1.4, 736, 320, 0, 0.0, DETECT_WINDOW_AREA_PX }

/* Map pixels per image pixel under these settings for an image of this size; at most 1. */
double detect_scale(const struct detect_settings *settings, uint32_t width_px, uint32_t height_px);

/*
 * Gives `regions` in `arena`, in no particular order. Activations come from `heap`. MEMORY_LIMIT, CANCELLED, RUNTIME.
 */
enum lince_status detect_regions(struct session *detector, const struct view *view,
                                 const struct detect_settings *settings, const struct progress *progress,
                                 struct heap *heap, struct arena *arena, struct region_list *regions,
                                 struct lince_error *error);

#endif
