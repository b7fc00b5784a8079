/*
 * legible.c - runs of rows that change are lines of text. The medians of their heights and distances decide, and the
 * lowest tenth of the heights.
 */
#include "text/detect/legible.h"

#include <math.h>

#include "base/arena.h"
#include "text/detect/bands.h"

enum { LEAST_LINES = 12 };

/*
 * A row of a band shows text if its colour changes by at least this share of the band's maximum, and by at least this
 * much.
 */
static const double TEXT_SHARE = 0.35;
static const int LEAST_RANGE = 24;

/* In map pixels: lower runs are dirt. Runs higher than a share of the page are no lines. */
static const double LEAST_LINE_PX = 2.0;
static const double MOST_LINE_SHARE = 0.1;

/*
 * In map pixels: lines are found if they are this high, from the foot of small letters to their top or that of
 * capitals, and this far apart. docs/notes/2026-11-speed.md has the figures behind both.
 */
static const double LEGIBLE_HEIGHT_PX = 7.0, HEIGHT_QUANTILE = 0.5;
static const double LEGIBLE_PITCH_PX = 14.0, PITCH_QUANTILE = 0.35;

/* Small print among larger: no map is reduced so far that it becomes lower than this. */
static const double SMALL_HEIGHT_PX = 3.5, SMALL_QUANTILE = 0.1;

/* How many lines, or distances between lines, have each number of rows. */
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

static double share_of(const struct histogram *lines, const struct histogram *pitches, double row_scale) {
    if (lines->total < LEAST_LINES || pitches->total < LEAST_LINES) {
        return 1.0;
    }
    double height_px = histogram_quantile(lines, HEIGHT_QUANTILE) * row_scale;
    double pitch_px = histogram_quantile(pitches, PITCH_QUANTILE) * row_scale;
    double small_px = histogram_quantile(lines, SMALL_QUANTILE) * row_scale;
    double share = fmax(LEGIBLE_HEIGHT_PX / height_px, LEGIBLE_PITCH_PX / pitch_px);
    share = fmax(share, fmin(SMALL_HEIGHT_PX / small_px, 1.0));
    return fmin(fmax(share, LEGIBLE_LEAST), LEGIBLE_MOST);
}

bool legible_share(const struct bands *bands, double scale, struct arena *arena, double *share) {
    struct arena_mark mark = arena_mark(arena);
    double row_scale = scale * bands->step_px; /* map pixels from one row to the next */
    uint32_t least = (uint32_t)ceil(LEAST_LINE_PX / row_scale);
    uint32_t most = (uint32_t)fmax(least, MOST_LINE_SHARE * bands->height);
    struct histogram lines, pitches;
    bool done = histogram_make(&lines, least, most, arena) && histogram_make(&pitches, least, most, arena);
    for (uint32_t band = 0; done && band < bands->count; band++) {
        band_count(bands->ranges + (size_t)band * bands->height, bands->height, &lines, &pitches);
    }
    if (done) {
        *share = share_of(&lines, &pitches, row_scale);
    }
    arena_rewind(arena, mark);
    return done;
}
