/* rows.h - regions that hold several rows become one region for each row. */
#ifndef LINCE_TEXT_DETECT_ROWS_H
#define LINCE_TEXT_DETECT_ROWS_H

#include "text/detect/detect.h"

/*
 * Numbers below one another in tight columns may be found as one region. A region much higher than the lines of its
 * page is parted where bare rows lie between rows as high and as far apart as these lines. The list may be replaced by
 * one in `arena`; false when it is refused.
 */
bool rows_part(const struct image *image, struct arena *arena, struct region_list *regions);

#endif
