/* bands.c - the minimum and maximum of each row of each band, over all pixels or every few. */
#include "text/detect/bands.h"

#include <math.h>

#include "base/arena.h"

enum { BANDS = 32, LEAST_WIDTH = 8 };

/* Of the channel that changes most, since colours of the same brightness differ too. */
static uint8_t range_of(const uint8_t *first, ptrdiff_t across_bytes, uint32_t count) {
    uint8_t least[3] = {UINT8_MAX, UINT8_MAX, UINT8_MAX}, most[3] = {0}, range = 0;
    for (uint32_t x = 0; x < count; x++) {
        const uint8_t *pixel = first + (ptrdiff_t)x * across_bytes;
        for (size_t c = 0; c < 3; c++) {
            least[c] = pixel[c] < least[c] ? pixel[c] : least[c];
            most[c] = pixel[c] > most[c] ? pixel[c] : most[c];
        }
    }
    for (size_t c = 0; c < 3; c++) {
        uint8_t here = (uint8_t)(most[c] - least[c]);
        range = here > range ? here : range;
    }
    return range;
}

bool bands_measure(const struct view *view, double scale, struct arena *arena, struct bands *bands) {
    uint32_t step_px = (uint32_t)fmax(1.0, floor(0.5 / scale));
    struct view_grid grid = view_grid(view, step_px);
    uint32_t width = grid.width / BANDS > LEAST_WIDTH ? grid.width / BANDS : LEAST_WIDTH;
    uint32_t count = (grid.width + width - 1) / width;
    *bands = (struct bands){arena_allocate(arena, (size_t)grid.height * count), count, grid.height, step_px};
    if (bands->ranges == NULL) {
        return false;
    }
    for (uint32_t y = 0; y < grid.height; y++) {
        const uint8_t *row = grid.first + y * grid.down_bytes;
        for (uint32_t band = 0; band < count; band++) {
            uint32_t from = band * width, left = grid.width - from;
            bands->ranges[(size_t)band * grid.height + y] =
                range_of(row + from * grid.across_bytes, grid.across_bytes,
                         left > width ? width + 1 : left); /* and its border */
        }
    }
    return true;
}
