/* legible.c - ranges of brightness in bands, runs of rows, and the middle of their heights and distances. */
#include "text/legible.h"

#include <math.h>

#include "base/arena.h"

enum { BANDS = 32, LEAST_BAND_PX = 8, LEAST_LINES = 12 };

/* A row of a band shows text where its brightness changes by this share of the most in the band, and this much. */
static const double TEXT_SHARE = 0.35;
static const int LEAST_RANGE = 24;

/* In map pixels; what is lower is dirt, and what is higher than a share of the page is no line. */
static const double LEAST_LINE_PX = 2.0;
static const double MOST_LINE_SHARE = 0.1;

/*
 * In map pixels: lines as high, from the foot of small letters to their head or to that of capitals, and as far apart
 * are found. The figures behind them are in docs/performance.md.
 */
static const double LEGIBLE_HEIGHT_PX = 7.0, HEIGHT_QUANTILE = 0.5;
static const double LEGIBLE_PITCH_PX = 14.0, PITCH_QUANTILE = 0.35;

/* The green of every `step`-th pixel of every `step`-th row, as seen but for mirroring. */
struct grid {
    const uint8_t *pixels;
    size_t across_bytes, down_bytes;
    uint32_t width, height;
};

static struct grid grid_of(const struct view *view, uint32_t step) {
    size_t pixel_bytes = 3 * (size_t)step, row_bytes = view->image->stride_bytes * step;
    bool aside = view->turn % 2 == 1;
    return (struct grid){view->image->pixels + 1, aside ? row_bytes : pixel_bytes, aside ? pixel_bytes : row_bytes,
                         view->width_px / step, view->height_px / step};
}

static uint8_t range_of(const uint8_t *pixel, size_t across_bytes, uint32_t count) {
    uint8_t least = UINT8_MAX, most = 0;
    for (uint32_t x = 0; x < count; x++, pixel += across_bytes) {
        least = *pixel < least ? *pixel : least;
        most = *pixel > most ? *pixel : most;
    }
    return (uint8_t)(most - least);
}

/* How many lines, or distances between two, have each number of rows. */
struct histogram {
    uint32_t *counts;
    uint32_t least, most; /* rows; others are not counted */
    uint32_t total;
};

static bool histogram_make(struct histogram *histogram, uint32_t least, uint32_t most, struct arena *arena) {
    *histogram = (struct histogram){arena_allocate_zero(arena, (size_t)most + 1, sizeof(uint32_t)), least, most, 0};
    return histogram->counts != NULL;
}

static void histogram_add(struct histogram *histogram, uint32_t rows) {
    if (rows >= histogram->least && rows <= histogram->most) {
        histogram->counts[rows]++;
        histogram->total++;
    }
}

static uint32_t histogram_quantile(const struct histogram *histogram, double quantile) {
    uint32_t rows = histogram->least, below = histogram->counts[rows];
    while (below < quantile * histogram->total) {
        below += histogram->counts[++rows];
    }
    return rows;
}

static void band_count(const uint8_t *ranges, uint32_t height, struct histogram *lines, struct histogram *pitches) {
    int most = 0;
    for (uint32_t y = 0; y < height; y++) {
        most = ranges[y] > most ? ranges[y] : most;
    }
    double text = fmax(TEXT_SHARE * most, LEAST_RANGE);
    uint32_t above = 0; /* twice the middle of the line above */
    for (uint32_t y = 0; y < height; y++) {
        uint32_t start = y;
        while (y < height && ranges[y] > text) {
            y++;
        }
        if (y - start >= lines->least) {
            histogram_add(lines, y - start);
            if (above > 0) {
                histogram_add(pitches, (start + y - above) / 2);
            }
            above = start + y;
        }
    }
}

static bool lines_count(const struct grid *grid, struct arena *arena, struct histogram *lines,
                        struct histogram *pitches) {
    uint32_t width = grid->width / BANDS > LEAST_BAND_PX ? grid->width / BANDS : LEAST_BAND_PX;
    uint32_t count = grid->width / width;
    uint8_t *ranges = arena_allocate(arena, (size_t)grid->height * count);
    if (ranges == NULL) {
        return false;
    }
    for (uint32_t y = 0; y < grid->height; y++) {
        const uint8_t *row = grid->pixels + y * grid->down_bytes;
        for (uint32_t band = 0; band < count; band++) {
            ranges[(size_t)band * grid->height + y] =
                range_of(row + (size_t)band * width * grid->across_bytes, grid->across_bytes, width);
        }
    }
    for (uint32_t band = 0; band < count; band++) {
        band_count(ranges + (size_t)band * grid->height, grid->height, lines, pitches);
    }
    return true;
}

static double share_of(const struct histogram *lines, const struct histogram *pitches, double scale) {
    if (lines->total < LEAST_LINES || pitches->total < LEAST_LINES) {
        return 1.0;
    }
    double height_px = histogram_quantile(lines, HEIGHT_QUANTILE) * scale;
    double pitch_px = histogram_quantile(pitches, PITCH_QUANTILE) * scale;
    double share = fmax(LEGIBLE_HEIGHT_PX / height_px, LEGIBLE_PITCH_PX / pitch_px);
    return fmin(fmax(share, LEGIBLE_LEAST), LEGIBLE_MOST);
}

bool legible_share(const struct view *view, double scale, struct arena *arena, double *share) {
    struct arena_mark mark = arena_mark(arena);
    uint32_t step = (uint32_t)fmax(1.0, floor(0.5 / scale)); /* two rows for each of the map */
    struct grid grid = grid_of(view, step);
    uint32_t least = (uint32_t)ceil(LEAST_LINE_PX / (scale * step));
    uint32_t most = (uint32_t)fmax(least, MOST_LINE_SHARE * grid.height);
    struct histogram lines, pitches;
    bool done = histogram_make(&lines, least, most, arena) && histogram_make(&pitches, least, most, arena) &&
                lines_count(&grid, arena, &lines, &pitches);
    if (done) {
        *share = share_of(&lines, &pitches, scale * step);
    }
    arena_rewind(arena, mark);
    return done;
}
