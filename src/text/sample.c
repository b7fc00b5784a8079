/* sample.c - separable triangle filter for windows, supersampled bilinear for slanted quadrilaterals. */
#include "text/sample.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"

/* How a mean of bytes becomes an input of the network: value * gain + bias. */
struct terms {
    float gain[3], bias[3];
};

static struct terms terms_of(const struct sample_norm *norm) {
    struct terms terms;
    for (size_t c = 0; c < 3; c++) {
        terms.gain[c] = 1.0f / (255.0f * norm->deviation[c]);
        terms.bias[c] = -norm->mean[c] / norm->deviation[c];
    }
    return terms;
}

/* Which source pixels make each output pixel of one axis, and with what weights; `taps` weights a pixel. */
struct filter {
    uint32_t *starts;
    float *weights;
    uint32_t taps;
};

static bool filter_make(struct filter *filter, uint32_t source_px, double scale, int32_t first, uint32_t count,
                        struct arena *arena) {
    double radius = scale < 1.0 ? 1.0 / scale : 1.0;
    uint32_t taps = (uint32_t)(2.0 * radius) + 2;
    filter->taps = taps < source_px ? taps : source_px;
    filter->starts = arena_allocate(arena, count * sizeof *filter->starts);
    filter->weights = arena_allocate_zero(arena, (size_t)count * filter->taps, sizeof *filter->weights);
    if (filter->starts == NULL || filter->weights == NULL) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        double centre = ((double)first + i + 0.5) / scale - 0.5;
        centre = fmin(fmax(centre, 0.0), source_px - 1.0);
        double start = fmax(ceil(centre - radius), 0.0);
        start = fmin(start, (double)(source_px - filter->taps));
        float *weights = filter->weights + (size_t)i * filter->taps;
        double total = 0.0;
        for (uint32_t k = 0; k < filter->taps; k++) {
            double weight = fmax(0.0, 1.0 - fabs(start + k - centre) / radius);
            weights[k] = (float)weight;
            total += weight;
        }
        for (uint32_t k = 0; k < filter->taps; k++) {
            weights[k] = (float)(weights[k] / total);
        }
        filter->starts[i] = (uint32_t)start;
    }
    return true;
}

/* One output row's worth of source rows, weighted together: `row` holds the columns from..to of the image. */
static void rows_blend(const struct image *image, const struct filter *rows, uint32_t y, uint32_t from, uint32_t to,
                       float *row) {
    size_t count = (size_t)(to - from) * 3;
    memset(row, 0, count * sizeof *row);
    for (uint32_t k = 0; k < rows->taps; k++) {
        float weight = rows->weights[(size_t)y * rows->taps + k];
        if (weight == 0.0f) {
            continue;
        }
        const uint8_t *source = image->pixels + (rows->starts[y] + k) * image->stride_bytes + (size_t)from * 3;
        for (size_t i = 0; i < count; i++) {
            row[i] += weight * (float)source[i];
        }
    }
}

static void columns_blend(const float *row, uint32_t from, const struct filter *columns, uint32_t width,
                          const struct terms *terms, float *planes, size_t plane_size) {
    for (uint32_t x = 0; x < width; x++) {
        const float *pixel = row + (size_t)(columns->starts[x] - from) * 3;
        const float *weights = columns->weights + (size_t)x * columns->taps;
        float red = 0.0f, green = 0.0f, blue = 0.0f;
        for (uint32_t k = 0; k < columns->taps; k++, pixel += 3) {
            red += weights[k] * pixel[0];
            green += weights[k] * pixel[1];
            blue += weights[k] * pixel[2];
        }
        planes[x] = blue * terms->gain[0] + terms->bias[0];
        planes[plane_size + x] = green * terms->gain[1] + terms->bias[1];
        planes[2 * plane_size + x] = red * terms->gain[2] + terms->bias[2];
    }
}

bool sample_window(const struct image *image, const struct sample_window *window, const struct sample_norm *norm,
                   struct arena *arena, float *planes) {
    struct arena_mark mark = arena_mark(arena);
    struct terms terms = terms_of(norm);
    struct filter columns, rows;
    bool done = filter_make(&columns, image->width_px, window->scale, window->x, window->width, arena) &&
                filter_make(&rows, image->height_px, window->scale, window->y, window->height, arena);
    if (done) {
        uint32_t from = columns.starts[0], to = columns.starts[window->width - 1] + columns.taps;
        float *row = arena_allocate(arena, (size_t)(to - from) * 3 * sizeof *row);
        size_t plane_size = (size_t)window->width * window->height;
        for (uint32_t y = 0; row != NULL && y < window->height; y++) {
            rows_blend(image, &rows, y, from, to, row);
            columns_blend(row, from, &columns, window->width, &terms, planes + (size_t)y * window->width, plane_size);
        }
        done = row != NULL;
    }
    arena_rewind(arena, mark);
    return done;
}

static double clamp(double value, double most) {
    return value < 0.0 ? 0.0 : value > most ? most : value;
}

/* Adds the bilinear sample at (x, y), pixel centres at half coordinates, edges repeated. */
static void bilinear_add(const struct image *image, double x, double y, float sum[3]) {
    double u = clamp(x - 0.5, image->width_px - 1.0);
    double v = clamp(y - 0.5, image->height_px - 1.0);
    uint32_t x0 = (uint32_t)u, y0 = (uint32_t)v;
    size_t next = x0 + 1 < image->width_px ? 3 : 0;
    float right = (float)(u - x0), low = (float)(v - y0);
    const uint8_t *upper = image->pixels + y0 * image->stride_bytes + (size_t)x0 * 3;
    const uint8_t *lower = y0 + 1 < image->height_px ? upper + image->stride_bytes : upper;
    for (size_t c = 0; c < 3; c++) {
        float top = (float)upper[c] * (1.0f - right) + (float)upper[next + c] * right;
        float bottom = (float)lower[c] * (1.0f - right) + (float)lower[next + c] * right;
        sum[c] += top * (1.0f - low) + bottom * low;
    }
}

enum { SAMPLES_LIMIT = 4 }; /* of one output pixel, along either axis */

static uint32_t samples_needed(double step_px) {
    return step_px <= 1.5 ? 1 : step_px >= SAMPLES_LIMIT ? SAMPLES_LIMIT : (uint32_t)ceil(step_px - 0.5);
}

/* How an output pixel lies in the image: the steps to its neighbours, and where in it samples are taken. */
struct lattice {
    struct lince_point right, down, offsets[SAMPLES_LIMIT * SAMPLES_LIMIT];
    uint32_t count;
};

static struct lattice lattice_make(const struct lince_point corners[4], uint32_t width, uint32_t height) {
    struct lattice lattice = {
        .right = {(corners[1].x - corners[0].x) / width, (corners[1].y - corners[0].y) / width},
        .down = {(corners[3].x - corners[0].x) / height, (corners[3].y - corners[0].y) / height},
    };
    uint32_t across = samples_needed(hypot(lattice.right.x, lattice.right.y));
    uint32_t along = samples_needed(hypot(lattice.down.x, lattice.down.y));
    for (uint32_t k = 0; k < across * along; k++) {
        uint32_t column = k % across, row = k / across;
        double u = (column + 0.5) / across, v = (row + 0.5) / along;
        lattice.offsets[lattice.count++] =
            (struct lince_point){u * lattice.right.x + v * lattice.down.x, u * lattice.right.y + v * lattice.down.y};
    }
    return lattice;
}

void sample_quad(const struct image *image, const struct lince_point corners[4], uint32_t width, uint32_t height,
                 const struct sample_norm *norm, float *planes) {
    struct lattice lattice = lattice_make(corners, width, height);
    struct terms terms = terms_of(norm);
    float share = 1.0f / (float)lattice.count;
    size_t plane_size = (size_t)width * height;
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++) {
            double left = corners[0].x + x * lattice.right.x + y * lattice.down.x;
            double top = corners[0].y + x * lattice.right.y + y * lattice.down.y;
            float sum[3] = {0.0f, 0.0f, 0.0f};
            for (uint32_t k = 0; k < lattice.count; k++) {
                bilinear_add(image, left + lattice.offsets[k].x, top + lattice.offsets[k].y, sum);
            }
            float *value = planes + (size_t)y * width + x;
            for (size_t c = 0; c < 3; c++) {
                value[c * plane_size] = sum[2 - c] * share * terms.gain[c] + terms.bias[c];
            }
        }
    }
}
