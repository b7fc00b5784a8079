/*
 * bands.h - how much the colour changes within each row of narrow bands down a page.
 *
 * Where text crosses a band, its rows change, whatever the colours. Between lines and on bare paper they do not.
 */
#ifndef LINCE_TEXT_DETECT_BANDS_H
#define LINCE_TEXT_DETECT_BANDS_H

#include <stdbool.h>
#include <stdint.h>

#include "text/detect/view.h"

struct arena;

struct bands {
    uint8_t *ranges;        /* [count][height]: maximum less minimum of the channel that changes most, 0 to 255 */
    uint32_t count, height; /* number of bands, side by side, and rows of each */
    uint32_t step_px;       /* pixels of the view between two rows */
};

/*
 * The bands of the view, of every row, or of rows at most half a pixel apart on a map with `scale` map pixels per
 * pixel. In `arena`; false when it is refused.
 */
bool bands_measure(const struct view *view, double scale, struct arena *arena, struct bands *bands);

#endif
