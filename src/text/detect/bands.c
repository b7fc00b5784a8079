/* bands.c - the minimum and maximum of each row of each band, over all pixels or every few. */
#include "text/detect/bands.h"

#include <math.h>

#include "base/arena.h"
#include "image/common/channel_ranges.h"

enum { BANDS = 32, LEAST_WIDTH = 8 };

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
            struct pixel_block block = {row + from * grid.across_bytes, grid.across_bytes, grid.down_bytes,
                                        left > width ? width + 1 : left, 1}; /* with its border */
            struct channel_ranges ranges = channel_ranges_of(&block);
            bands->ranges[(size_t)band * grid.height + y] = channel_ranges_greatest(&ranges);
        }
    }
    return true;
}
