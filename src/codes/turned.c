/* turned.c - the direction in which brightness changes, cell by cell; cells of one direction form areas. */
#include "codes/turned.h"

#include <math.h>
#include <string.h>

#include "base/meter.h"

enum { CELL_PX = 16, BINS = 90, NEAR_DEGREES = 2, CELLS_LEAST = 12, MARGIN_PX = 48 };

/* Of the cell's changes of brightness, the share along one direction; and how strong they are for each pixel. */
static const double COHERENCE_LEAST = 0.75, ENERGY_LEAST = 400;
static const double PI = 3.14159265358979323846;

struct cells {
    float *degrees; /* NAN: no bars */
    size_t across, down;
};

/* -45 to 45: a quarter turn is read as well. NAN if the cell's brightness does not change along one direction. */
static float cell_degrees(const struct grey *grey, size_t left, size_t top) {
    int xx = 0, yy = 0, xy = 0;
    for (size_t y = top; y < top + CELL_PX; y++) {
        const uint8_t *row = grey->pixels + y * grey->width_px, *above = row - grey->width_px;
        const uint8_t *below = row + grey->width_px;
        for (size_t x = left; x < left + CELL_PX; x++) {
            int dx = row[x + 1] - row[x - 1], dy = below[x] - above[x];
            xx += dx * dx;
            yy += dy * dy;
            xy += dx * dy;
        }
    }
    double energy = xx + yy; /* the sums of a cell fit an int */
    if (energy < ENERGY_LEAST * CELL_PX * CELL_PX || hypot(xx - yy, 2.0 * xy) < COHERENCE_LEAST * energy) {
        return NAN;
    }
    double degrees = atan2(2.0 * xy, xx - yy) * 90 / PI;
    return (float)(degrees - 90 * round(degrees / 90));
}

static bool cells_make(const struct grey *grey, struct meter *meter, struct cells *cells) {
    cells->across = grey->width_px < CELL_PX + 2 ? 0 : (grey->width_px - 2) / CELL_PX;
    cells->down = grey->height_px < CELL_PX + 2 ? 0 : (grey->height_px - 2) / CELL_PX;
    cells->degrees = meter_allocate(meter, (cells->across * cells->down + 1) * sizeof *cells->degrees);
    for (size_t i = 0; cells->degrees != NULL && i < cells->across * cells->down; i++) {
        cells->degrees[i] = cell_degrees(grey, 1 + i % cells->across * CELL_PX, 1 + i / cells->across * CELL_PX);
    }
    return cells->degrees != NULL;
}

/* How far the one is turned from the other; a quarter turn is nothing. */
static double apart(double degrees, double other) {
    double between = degrees - other;
    return between - 90 * round(between / 90);
}

/* How far the most cells are turned, and their number. The mean of those near the fullest place of the histogram. */
static double most_turned(const struct cells *cells, double least_degrees, size_t *count) {
    size_t bins[BINS] = {0}, best = 0, most = 0;
    double sum = 0;
    for (size_t i = 0; i < cells->across * cells->down; i++) {
        if (fabsf(cells->degrees[i]) >= least_degrees) { /* false for NAN */
            bins[(size_t)(cells->degrees[i] + 45) % BINS]++;
        }
    }
    for (size_t i = 0; i < BINS; i++) {
        size_t here = bins[(i + BINS - 1) % BINS] + bins[i] + bins[(i + 1) % BINS];
        best = here > most ? i : best;
        most = here > most ? here : most;
    }
    double middle = (double)best - 44.5;
    *count = 0;
    for (size_t i = 0; i < cells->across * cells->down; i++) {
        if (fabsf(cells->degrees[i]) >= least_degrees && fabs(apart(cells->degrees[i], middle)) <= NEAR_DEGREES) {
            sum += apart(cells->degrees[i], middle);
            ++*count;
        }
    }
    return *count == 0 ? 0 : middle + sum / (double)*count;
}

/* The area around all cells of that direction, which then count no more. */
static struct turned_area area_around(const struct cells *cells, double degrees) {
    struct turned_area area = {.degrees = degrees, .x = HUGE_VAL, .y = HUGE_VAL};
    double c = cos(degrees * PI / 180), s = sin(degrees * PI / 180), right = -HUGE_VAL, bottom = -HUGE_VAL;
    for (size_t i = 0; i < cells->across * cells->down; i++) {
        if (isnan(cells->degrees[i]) || fabs(apart(cells->degrees[i], degrees)) > NEAR_DEGREES) {
            continue;
        }
        size_t column = i % cells->across, row = i / cells->across;
        double x = ((double)column + 0.5) * CELL_PX, y = ((double)row + 0.5) * CELL_PX;
        area.x = fmin(area.x, x * c + y * s - MARGIN_PX);
        area.y = fmin(area.y, y * c - x * s - MARGIN_PX);
        right = fmax(right, x * c + y * s + MARGIN_PX);
        bottom = fmax(bottom, y * c - x * s + MARGIN_PX);
        cells->degrees[i] = NAN;
    }
    area.width = right - area.x;
    area.height = bottom - area.y;
    return area;
}

bool turned_find(const struct grey *grey, double least_degrees, struct meter *meter,
                 struct turned_area areas[TURNED_AREAS_MOST], size_t *count) {
    struct cells cells;
    *count = 0;
    if (!cells_make(grey, meter, &cells)) {
        return false;
    }
    while (*count < TURNED_AREAS_MOST) {
        size_t cell_count;
        double degrees = most_turned(&cells, least_degrees, &cell_count);
        if (cell_count < CELLS_LEAST) {
            break;
        }
        areas[(*count)++] = area_around(&cells, degrees);
    }
    meter_free(cells.degrees);
    return true;
}

uint64_t turned_pixels(const struct turned_area *area) {
    return (uint64_t)ceil(area->width) * (uint64_t)ceil(area->height);
}

void turned_place(const struct turned_area *area, double x, double y, double *grey_x, double *grey_y) {
    double c = cos(area->degrees * PI / 180), s = sin(area->degrees * PI / 180);
    *grey_x = (area->x + x) * c - (area->y + y) * s;
    *grey_y = (area->x + x) * s + (area->y + y) * c;
}

bool turned_has(const struct turned_area *area, double x, double y) {
    double c = cos(area->degrees * PI / 180), s = sin(area->degrees * PI / 180);
    double along = x * c + y * s - area->x, down = y * c - x * s - area->y;
    return along >= 0 && along <= area->width && down >= 0 && down <= area->height;
}

/* Between four pixels; white beyond the picture. */
static uint8_t level_at(const struct grey *grey, double x, double y) {
    enum { WHITE = 255 };
    if (!(x >= 0 && y >= 0 && x < (double)grey->width_px - 1 && y < (double)grey->height_px - 1)) {
        return WHITE;
    }
    size_t left = (size_t)x, top = (size_t)y;
    double right = x - (double)left, below = y - (double)top;
    const uint8_t *row = grey->pixels + top * grey->width_px + left, *next = row + grey->width_px;
    double upper = row[0] + right * (row[1] - row[0]), lower = next[0] + right * (next[1] - next[0]);
    return (uint8_t)(upper + below * (lower - upper) + 0.5);
}

bool turned_make(const struct grey *grey, const struct turned_area *area, struct meter *meter, struct grey *level) {
    double c = cos(area->degrees * PI / 180), s = sin(area->degrees * PI / 180);
    *level = (struct grey){.width_px = (uint32_t)ceil(area->width), .height_px = (uint32_t)ceil(area->height)};
    level->pixels = meter_allocate_at(meter, (size_t)level->width_px * level->height_px, SITE_HERE("turned grey"));
    if (level->pixels == NULL) {
        return false;
    }
    uint8_t *out = level->pixels;
    for (uint32_t row = 0; row < level->height_px; row++) {
        double x, y;
        turned_place(area, 0, row, &x, &y);
        for (uint32_t column = 0; column < level->width_px; column++, x += c, y += s) {
            *out++ = level_at(grey, x, y);
        }
    }
    return true;
}
