/* overhang.c - follows strokes downwards from a quarter of the strip's height above it. */
#include "text/overhang.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/heap.h"
#include "text/detect/sample.h"

/* Rows checked above the strip, more than a cut accent has, and rows checked inside it. */
enum { ABOVE_ROWS = 12, UPPER_ROWS = 16, ROWS = ABOVE_ROWS + UPPER_ROWS };
/* This many pixels around a stroke are grey. */
enum { FRINGE_PX = 2 };
/* Feet are not all in one row: what begins in the last rows of the letters above may be an accent. */
enum { FEET_ROWS = 2 };
/* Down, up a hook, and down once more. */
enum { SWEEPS = 3 };

/* The kinds of pixels: paper, a stroke, a stroke that comes from above, and one of those that continues below. */
enum { PAPER, STROKE, HANGING, STANDING };

/* Spreads `to` along one row over pixels that are `from` and touch a pixel that is `to` in this row or in `beside`. */
static void row_spread(uint8_t *row, const uint8_t *beside, uint32_t width, uint8_t from, uint8_t to) {
    for (uint32_t x = 0; x < width; x++) {
        bool touches = beside[x] == to || (x > 0 && (beside[x - 1] == to || row[x - 1] == to)) ||
                       (x + 1 < width && beside[x + 1] == to);
        row[x] = row[x] == from && touches ? to : row[x];
    }
    for (uint32_t x = width - 1; x-- > 0;) {
        row[x] = row[x] == from && row[x + 1] == to ? to : row[x];
    }
}

static void rows_spread(uint8_t *rows, uint32_t width, uint8_t from, uint8_t to, bool downwards) {
    for (uint32_t i = 1; i < ROWS; i++) {
        uint32_t y = downwards ? i : ROWS - 1 - i;
        row_spread(rows + (size_t)y * width, rows + (size_t)(downwards ? y - 1 : y + 1) * width, width, from, to);
    }
}

static bool row_mark(uint8_t *row, uint32_t width, uint8_t from, uint8_t to) {
    bool any = false;
    for (uint32_t x = 0; x < width; x++) {
        any = any || row[x] == from;
        row[x] = row[x] == from ? to : row[x];
    }
    return any;
}

static void hanging_spread(uint8_t *rows, uint32_t width) {
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        rows_spread(rows, width, STROKE, HANGING, sweep % 2 == 0);
    }
}

/* The row after the last with half as many hanging pixels as the fullest: the feet of the letters above. */
static uint32_t feet_row(const uint8_t *rows, uint32_t width) {
    uint32_t counts[ABOVE_ROWS] = {0}, most = 0, feet = 0;
    for (uint32_t y = 0; y < ABOVE_ROWS; y++) {
        for (uint32_t x = 0; x < width; x++) {
            counts[y] += rows[(size_t)y * width + x] == HANGING;
        }
        most = counts[y] > most ? counts[y] : most;
    }
    for (uint32_t y = 0; y < ABOVE_ROWS; y++) {
        feet = 2 * counts[y] >= most ? y + 1 : feet;
    }
    return feet;
}

/* A comma touches no letter, but it begins above their feet, where no accent of the row below can be. */
static void commas_mark(uint8_t *rows, uint32_t width) {
    uint32_t feet = feet_row(rows, width);
    for (uint32_t y = 1; y + FEET_ROWS <= feet; y++) {
        row_mark(rows + (size_t)y * width, width, STROKE, HANGING);
    }
    hanging_spread(rows, width);
}

/* Marks the overhanging strokes; false if there are none. */
static bool rows_mark(uint8_t *rows, uint32_t width) {
    if (!row_mark(rows, width, STROKE, HANGING)) {
        return false;
    }
    hanging_spread(rows, width);
    commas_mark(rows, width);
    row_mark(rows + (size_t)(ROWS - 1) * width, width, HANGING, STANDING);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        rows_spread(rows, width, HANGING, STANDING, sweep % 2 != 0);
    }
    return memchr(rows + (size_t)ABOVE_ROWS * width, HANGING, (size_t)UPPER_ROWS * width) != NULL;
}

/* Finds the strokes above the strip, with the strip's own levels of ink and paper; false when memory is refused. */
static bool above_find(const struct image *image, const struct strip *strip, const struct ink *ink, struct heap *heap,
                       uint8_t *rows) {
    const struct lince_point *c = strip->corners;
    double share = (double)ABOVE_ROWS / STRIP_HEIGHT_PX;
    double x = (c[3].x - c[0].x) * share, y = (c[3].y - c[0].y) * share;
    const struct lince_point above[4] = {{c[0].x - x, c[0].y - y}, {c[1].x - x, c[1].y - y}, c[1], c[0]};
    size_t count = (size_t)strip->width * ABOVE_ROWS;
    struct strip part = {.planes = heap_allocate(heap, 3 * count * sizeof *part.planes), .width = strip->width};
    if (part.planes == NULL) {
        return false;
    }
    sample_quad(image, above, strip->width, ABOVE_ROWS, &STRIP_NORM, part.planes);
    for (size_t i = 0; i < count; i++) {
        float mean = (part.planes[i] + part.planes[count + i] + part.planes[2 * count + i]) / 3.0f;
        rows[i] = fabsf(mean - ink->paper) > ink->least ? STROKE : PAPER;
    }
    heap_free(part.planes);
    return true;
}

static float paper_mean(const float *plane, const struct ink *ink) {
    size_t size = (size_t)ink->width * STRIP_HEIGHT_PX, count = 0;
    double sum = 0.0;
    for (size_t i = 0; i < size; i++) {
        sum += ink->pixels[i] == 0 ? plane[i] : 0.0f;
        count += ink->pixels[i] == 0;
    }
    return count == 0 ? 0.0f : (float)(sum / (double)count);
}

/* Paints the pixel and its fringe, but no stroke of the strip's own. */
static void fringe_paint(struct strip *strip, const uint8_t *rows, uint32_t x, uint32_t y, const float paper[3]) {
    uint32_t left = x < FRINGE_PX ? 0 : x - FRINGE_PX, top = y < FRINGE_PX ? 0 : y - FRINGE_PX;
    for (uint32_t row = top; row <= y + FRINGE_PX && row < UPPER_ROWS; row++) {
        for (uint32_t column = left; column <= x + FRINGE_PX && column < strip->width; column++) {
            size_t at = (size_t)row * strip->width + column;
            uint8_t kind = rows[(size_t)ABOVE_ROWS * strip->width + at];
            for (size_t c = 0; c < 3 && (kind == PAPER || kind == HANGING); c++) {
                strip->planes[c * STRIP_HEIGHT_PX * strip->width + at] = paper[c];
            }
        }
    }
}

static void hanging_paint(struct strip *strip, struct ink *ink, const uint8_t *rows) {
    float paper[3];
    for (size_t c = 0; c < 3; c++) {
        paper[c] = paper_mean(strip->planes + c * STRIP_HEIGHT_PX * strip->width, ink);
    }
    for (uint32_t y = 0; y < UPPER_ROWS; y++) {
        for (uint32_t x = 0; x < strip->width; x++) {
            size_t at = (size_t)y * strip->width + x;
            if (rows[(size_t)ABOVE_ROWS * strip->width + at] == HANGING) {
                fringe_paint(strip, rows, x, y, paper);
                ink->pixels[at] = 0;
                ink->columns[x]--;
            }
        }
    }
}

/* Beyond the image its edge is repeated, and what touches the edge would seem to continue. */
static bool has_room_above(const struct strip *strip) {
    const struct lince_point *c = strip->corners;
    double share = (double)ABOVE_ROWS / STRIP_HEIGHT_PX;
    return c[0].y - (c[3].y - c[0].y) * share >= 0.0 && c[1].y - (c[2].y - c[1].y) * share >= 0.0;
}

bool overhang_erase(const struct image *image, struct heap *heap, struct arena *arena, struct strip *strip,
                    struct ink *ink) {
    if (memchr(ink->pixels, 1, strip->width) == NULL || !has_room_above(strip)) {
        return true;
    }
    struct arena_mark mark = arena_mark(arena);
    uint8_t *rows = arena_allocate(arena, (size_t)strip->width * ROWS);
    bool done = rows != NULL && above_find(image, strip, ink, heap, rows);
    if (done) {
        memcpy(rows + (size_t)strip->width * ABOVE_ROWS, ink->pixels, (size_t)strip->width * UPPER_ROWS);
        if (rows_mark(rows, strip->width)) {
            hanging_paint(strip, ink, rows);
        }
    }
    arena_rewind(arena, mark);
    return done;
}
