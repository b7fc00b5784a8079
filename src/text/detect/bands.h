/*
 * bands.h - how much the colour changes within each row of narrow bands down a page.
 *
 * Where text crosses a band its rows change, whatever its colours; between lines, and on bare paper, they do not.
 */
#ifndef LINCE_TEXT_DETECT_BANDS_H
#define LINCE_TEXT_DETECT_BANDS_H

#include <stdbool.h>
#include <stdint.h>

#include "text/detect/view.h"

struct arena;

struct bands {
    uint8_t *ranges;        /* [count][height]: the most less the least of the channel that changes most, 0 to 255 */
    uint32_t count, height; /* bands, side by side, and rows of each */
    uint32_t step_px;       /* so many pixels of what is seen lie between two rows */
};

/*
 * The bands of what is seen, of every row or of rows no further apart than half a pixel of a map of `scale` map pixels
 * per pixel. In `arena`; false when it is refused.
 */
bool bands_measure(const struct view *view, double scale, struct arena *arena, struct bands *bands);

#endif
