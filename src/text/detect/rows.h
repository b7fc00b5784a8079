/* rows.h - splits a region that holds several rows into one region per row. */
#ifndef LINCE_TEXT_DETECT_ROWS_H
#define LINCE_TEXT_DETECT_ROWS_H

#include "text/detect/detect.h"

/*
 * Numbers one below another in tight columns may be found as one region. A region much higher than the lines of its
 * page is split if bare rows separate rows that are as high and as far apart as these lines. Doubtful regions that were
 * not split are dropped. The list may be replaced by one in `arena`; false when it is refused.
 */
bool rows_part(const struct image *image, struct arena *arena, struct region_list *regions);

#endif
