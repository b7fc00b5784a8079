/*
 * combs.h - removes the rules of comb fields from an image: cells for one letter each, or ticks between letters on a
 * rule. What stands in such a field is one line.
 *
 * The detector finds each letter by itself, and the recogniser reads the rules as letters.
 */
#ifndef LINCE_TEXT_DETECT_COMBS_H
#define LINCE_TEXT_DETECT_COMBS_H

#include <stdbool.h>

#include "text/detect/detect.h"

struct arena;

/* The cells of one field with letters in them, in pixels of the view. */
struct comb {
    struct lince_point left, right; /* of its base */
    double height_px, pitch_px;     /* of its rules */
    double from_px, until_px;       /* where cells with letters begin and end, from the left end of the base */
    double rise_px;                 /* how far its letters stand above the base */
};

struct comb_list {
    struct comb *items;
    size_t count;
};

/*
 * Paints paper over the rules of comb fields with letters in them, viewed with `turn` quarter turns, that are within
 * three degrees of level. Gives the fields in `arena`, in pixels of the view; false when it is refused.
 */
bool combs_erase(struct image *image, unsigned turn, struct arena *arena, struct comb_list *combs);

/*
 * Joins the regions in each field to one, which is marked; a field in which none was found gets one. The list is in
 * `arena` afterwards; false when it is refused.
 */
bool combs_join(const struct comb_list *combs, const struct view *view, struct arena *arena,
                struct region_list *regions);

#endif
