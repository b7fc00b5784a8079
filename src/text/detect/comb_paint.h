/* comb_paint.h - paints paper over the rules of comb fields. */
#ifndef LINCE_TEXT_DETECT_COMB_PAINT_H
#define LINCE_TEXT_DETECT_COMB_PAINT_H

#include "text/detect/comb_strokes.h"
#include "text/detect/combs.h"

/* What belongs to a row of cells stands so near to the line of its strokes. */
#define COMB_CLEAN_PX 1.6

/* The level rule near the line between two points of the grid. */
void comb_paint_level(const struct comb_page *page, struct lince_point from, struct lince_point until);

/* The upright strokes of a field. */
void comb_paint_uprights(const struct comb_page *page, const struct comb *comb);

#endif
