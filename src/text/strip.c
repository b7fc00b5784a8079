/* strip.c - cuts, turns and measures the strips that are recognised. */
#include "text/strip.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/heap.h"
#include "base/scope.h"
#include "base/turn.h"
#include "text/detect/sample.h"

const struct sample_norm STRIP_NORM = {{0.5f, 0.5f, 0.5f}, {0.5f, 0.5f, 0.5f}};

static double distance(struct lince_point a, struct lince_point b) {
    return hypot(a.x - b.x, a.y - b.y);
}

/* Columns in steps of the recogniser. */
static uint32_t steps_of(double width) {
    uint32_t steps = (uint32_t)ceil(width / STRIP_WIDTH_STEP_PX);
    return (steps < 2 ? 2 : steps) * STRIP_WIDTH_STEP_PX;
}

uint32_t strip_width(const struct lince_point corners[4], double stretch) {
    double height = fmax(distance(corners[0], corners[3]), 1.0);
    double width = distance(corners[0], corners[1]) * STRIP_HEIGHT_PX / height * stretch;
    return steps_of(fmin(width, STRIP_WIDTH_LIMIT_PX));
}

static enum lince_status out_of_memory(size_t bytes, struct lince_error *error) {
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                     "the memory limit was reached at a line of text of %zu bytes; raise the limit",
                     "se alcanzó el límite de memoria en una línea de texto de %zu bytes; suba el límite", bytes);
}

enum lince_status strip_cut(const struct image *image, const struct lince_point corners[4], double stretch,
                            struct heap *heap, struct strip *strip, struct lince_error *error) {
    SCOPE(heap_meter(heap), SCOPE_STRIP);
    *strip = (struct strip){.width = strip_width(corners, stretch)};
    for (size_t i = 0; i < 4; i++) {
        strip->corners[i] = corners[i];
    }
    size_t bytes = (size_t)strip->width * STRIP_HEIGHT_PX * 3 * sizeof *strip->planes;
    strip->planes = heap_allocate(heap, bytes);
    if (strip->planes == NULL) {
        return out_of_memory(bytes, error);
    }
    sample_quad(image, corners, strip->width, STRIP_HEIGHT_PX, &STRIP_NORM, strip->planes);
    return LINCE_OK;
}

/* The columns of a part at the strip's height. */
static uint32_t part_width(const struct lince_point corners[4]) {
    double height = fmax(distance(corners[0], corners[3]), 1.0);
    double width = distance(corners[0], corners[1]) * STRIP_HEIGHT_PX / height;
    return (uint32_t)fmax(round(fmin(width, STRIP_WIDTH_LIMIT_PX)), 1.0);
}

/* Copies the planes of a part to the columns from `at` on. */
static void part_copy(const float *planes, uint32_t width, uint32_t at, struct strip *strip) {
    for (size_t row = 0; row < (size_t)3 * STRIP_HEIGHT_PX; row++) {
        memcpy(strip->planes + row * strip->width + at, planes + row * width, width * sizeof *planes);
    }
}

/* Fills the columns from `at` on with the one before. */
static void end_fill(uint32_t at, struct strip *strip) {
    for (size_t row = 0; row < (size_t)3 * STRIP_HEIGHT_PX; row++) {
        float *columns = strip->planes + row * strip->width;
        for (uint32_t x = at; x < strip->width; x++) {
            columns[x] = columns[at - 1];
        }
    }
}

enum lince_status strip_join(const struct image *image, const struct lince_point (*parts)[4], size_t count,
                             const struct lince_point corners[4], struct heap *heap, struct strip *strip,
                             struct lince_error *error) {
    SCOPE(heap_meter(heap), SCOPE_STRIP);
    uint32_t widest = 0, whole = 0, at = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t width = part_width(parts[i]);
        widest = width > widest ? width : widest;
        whole += width;
    }
    *strip = (struct strip){.width = steps_of(whole)};
    memcpy(strip->corners, corners, sizeof strip->corners);
    size_t column_bytes = sizeof(float) * STRIP_HEIGHT_PX * 3;
    float *part = heap_allocate(heap, widest * column_bytes);
    strip->planes = heap_allocate(heap, strip->width * column_bytes);
    if (part == NULL || strip->planes == NULL) {
        heap_free(part);
        strip_free(strip);
        return out_of_memory((widest + strip->width) * column_bytes, error);
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t width = part_width(parts[i]);
        sample_quad(image, parts[i], width, STRIP_HEIGHT_PX, &STRIP_NORM, part);
        part_copy(part, width, at, strip);
        at += width;
    }
    heap_free(part);
    end_fill(at, strip);
    return LINCE_OK;
}

void strip_free(struct strip *strip) {
    heap_free(strip->planes);
    strip->planes = NULL;
}

void strip_reverse(struct strip *strip) {
    size_t count = (size_t)strip->width * STRIP_HEIGHT_PX;
    for (size_t plane = 0; plane < 3; plane++) {
        float *low = strip->planes + plane * count, *high = low + count - 1;
        for (; low < high; low++, high--) {
            float value = *low;
            *low = *high;
            *high = value;
        }
    }
    for (size_t i = 0; i < 2; i++) {
        struct lince_point corner = strip->corners[i];
        strip->corners[i] = strip->corners[i + 2];
        strip->corners[i + 2] = corner;
    }
}

static struct lince_point between(struct lince_point a, struct lince_point b, double share) {
    return (struct lince_point){a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

void strip_part(const struct strip *strip, uint32_t from, uint32_t until, struct lince_point corners[4]) {
    double left = (double)from / strip->width, right = (double)until / strip->width;
    corners[0] = between(strip->corners[0], strip->corners[1], left);
    corners[1] = between(strip->corners[0], strip->corners[1], right);
    corners[2] = between(strip->corners[3], strip->corners[2], right);
    corners[3] = between(strip->corners[3], strip->corners[2], left);
}

struct lince_box strip_box(const struct strip *strip, double x0, double y0, double x1, double y1) {
    const struct lince_point *corners = strip->corners;
    double right_x = (corners[1].x - corners[0].x) / strip->width;
    double right_y = (corners[1].y - corners[0].y) / strip->width;
    double down_x = (corners[3].x - corners[0].x) / STRIP_HEIGHT_PX;
    double down_y = (corners[3].y - corners[0].y) / STRIP_HEIGHT_PX;
    double us[4] = {x0, x1, x1, x0}, vs[4] = {y0, y0, y1, y1};
    struct lince_point places[4];
    for (size_t i = 0; i < 4; i++) {
        places[i] = (struct lince_point){corners[0].x + us[i] * right_x + vs[i] * down_x,
                                         corners[0].y + us[i] * right_y + vs[i] * down_y};
    }
    return box_of_quad(places);
}
