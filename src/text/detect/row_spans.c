/*
 * row_spans.c - finds rows that change in any band, adds a margin, and joins neighbours if separating them saves
 * little.
 */
#include "text/detect/row_spans.h"

#include <math.h>
#include <stdbool.h>

#include "text/detect/bands.h"
#include "text/detect/windows.h"

/* Smaller changes cannot be read, and compression of flat areas makes them. */
static const uint8_t LEAST_CHANGE = 6;

/* In map pixels: bare margin above and below the content, beside the pads of a window. */
static const double SURROUNDINGS_PX = 16.0;

/* A second run of the network must save at least this many rows. */
enum { LEAST_SAVED_PX = 64 };

static bool is_bare(const struct bands *bands, uint32_t row) {
    for (uint32_t band = 0; band < bands->count; band++) {
        if (bands->ranges[(size_t)band * bands->height + row] >= LEAST_CHANGE) {
            return false;
        }
    }
    return true;
}

/* The rows from..until of the bands with their margin, in map rows. */
static struct row_span span_of(uint32_t from, uint32_t until, double row_scale, uint32_t map_height_px) {
    double top = floor(from * row_scale - SURROUNDINGS_PX), bottom = ceil(until * row_scale + SURROUNDINGS_PX);
    return (struct row_span){(uint32_t)fmax(top, 0.0), (uint32_t)fmin(bottom, map_height_px)};
}

static uint32_t rows_looked_at(uint32_t from_px, uint32_t until_px) {
    return windows_plan(until_px - from_px, UINT32_MAX).size_px;
}

static void spans_add(struct row_spans *spans, struct row_span next) {
    if (spans->count > 0) {
        struct row_span *last = &spans->items[spans->count - 1];
        uint32_t apart = rows_looked_at(last->from_px, last->until_px) + rows_looked_at(next.from_px, next.until_px);
        if (spans->count == ROW_SPANS_LIMIT || next.from_px <= last->until_px ||
            apart + LEAST_SAVED_PX > rows_looked_at(last->from_px, next.until_px)) {
            last->until_px = next.until_px;
            return;
        }
    }
    spans->items[spans->count++] = next;
}

struct row_spans row_spans_find(const struct bands *bands, double scale, uint32_t map_height_px) {
    struct row_spans spans = {.count = 0};
    double row_scale = scale * bands->step_px;
    for (uint32_t y = 0; y < bands->height; y++) {
        uint32_t from = y;
        while (y < bands->height && !is_bare(bands, y)) {
            y++;
        }
        if (y > from) {
            spans_add(&spans, span_of(from, y, row_scale, map_height_px));
        }
    }
    return spans;
}
