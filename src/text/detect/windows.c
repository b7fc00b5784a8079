/* windows.c - equal windows, evenly spread. */
#include "text/detect/windows.h"

#include <assert.h>

static uint32_t round_up(uint32_t value, uint32_t step) {
    return (value + step - 1) / step * step;
}

struct windows windows_plan(uint32_t length_px, uint32_t limit_px) {
    assert(limit_px >= 256 && length_px > 0);
    limit_px -= limit_px % WINDOW_STEP_PX;
    uint32_t padded = length_px + 2 * WINDOW_PAD_PX;
    if (padded <= limit_px) {
        return (struct windows){length_px, 1, round_up(padded, WINDOW_STEP_PX)};
    }
    uint32_t advance = limit_px - WINDOW_OVERLAP_PX;
    uint32_t count = (padded - WINDOW_OVERLAP_PX + advance - 1) / advance;
    uint32_t size = round_up((padded + (count - 1) * WINDOW_OVERLAP_PX + count - 1) / count, WINDOW_STEP_PX);
    return (struct windows){length_px, count, size};
}

/* Starts are spread so that the last window ends with the padded stretch. */
static int32_t start_of(const struct windows *windows, uint32_t index) {
    if (windows->count == 1) {
        return -(int32_t)WINDOW_PAD_PX;
    }
    uint64_t room = windows->length_px + 2 * WINDOW_PAD_PX - windows->size_px;
    return (int32_t)(room * index / (windows->count - 1)) - (int32_t)WINDOW_PAD_PX;
}

/* Where the window takes over from the one before. */
static uint32_t border_of(const struct windows *windows, uint32_t index) {
    if (index == 0) {
        return 0;
    }
    if (index == windows->count) {
        return windows->length_px;
    }
    int32_t earlier_end = start_of(windows, index - 1) + (int32_t)windows->size_px;
    return (uint32_t)(start_of(windows, index) + earlier_end) / 2;
}

struct window_span window_at(const struct windows *windows, uint32_t index) {
    assert(index < windows->count);
    return (struct window_span){start_of(windows, index), border_of(windows, index), border_of(windows, index + 1)};
}
