/* sample.c - separable triangle filter for windows, supersampled bilinear for slanted quadrilaterals. */
#include "text/sample.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"

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
                          const struct sample_norm *norm, float *planes, size_t plane_size) {
    float gain[3], bias[3];
    for (int c = 0; c < 3; c++) {
        gain[c] = 1.0f / (255.0f * norm->deviation[c]);
        bias[c] = -norm->mean[c] / norm->deviation[c];
    }
    for (uint32_t x = 0; x < width; x++) {
        const float *pixel = row + (size_t)(columns->starts[x] - from) * 3;
        const float *weights = columns->weights + (size_t)x * columns->taps;
        float red = 0.0f, green = 0.0f, blue = 0.0f;
        for (uint32_t k = 0; k < columns->taps; k++, pixel += 3) {
            red += weights[k] * pixel[0];
            green += weights[k] * pixel[1];
            blue += weights[k] * pixel[2];
        }
        planes[x] = blue * gain[0] + bias[0];
        planes[plane_size + x] = green * gain[1] + bias[1];
        planes[2 * plane_size + x] = red * gain[2] + bias[2];
    }
}

bool sample_window(const struct image *image, const struct sample_window *window, const struct sample_norm *norm,
                   struct arena *arena, float *planes) {
    struct arena_mark mark = arena_mark(arena);
    struct filter columns, rows;
    bool done = filter_make(&columns, image->width_px, window->scale, window->x, window->width, arena) &&
                filter_make(&rows, image->height_px, window->scale, window->y, window->height, arena);
    if (done) {
        uint32_t from = columns.starts[0], to = columns.starts[window->width - 1] + columns.taps;
        float *row = arena_allocate(arena, (size_t)(to - from) * 3 * sizeof *row);
        size_t plane_size = (size_t)window->width * window->height;
        for (uint32_t y = 0; row != NULL && y < window->height; y++) {
            rows_blend(image, &rows, y, from, to, row);
            columns_blend(row, from, &columns, window->width, norm, planes + (size_t)y * window->width, plane_size);
        }
        done = row != NULL;
    }
    arena_rewind(arena, mark);
    return done;
}

/* Adds the bilinear sample at (x, y), pixel centres at half coordinates, edges repeated. */
static void bilinear_add(const struct image *image, double x, double y, float sum[3]) {
    double u = fmin(fmax(x - 0.5, 0.0), image->width_px - 1.0);
    double v = fmin(fmax(y - 0.5, 0.0), image->height_px - 1.0);
    uint32_t x0 = (uint32_t)u, y0 = (uint32_t)v;
    uint32_t x1 = x0 + 1 < image->width_px ? x0 + 1 : x0;
    uint32_t y1 = y0 + 1 < image->height_px ? y0 + 1 : y0;
    float right = (float)(u - x0), low = (float)(v - y0);
    const uint8_t *upper = image->pixels + y0 * image->stride_bytes;
    const uint8_t *lower = image->pixels + y1 * image->stride_bytes;
    for (size_t c = 0; c < 3; c++) {
        float top = (float)upper[x0 * 3 + c] * (1.0f - right) + (float)upper[x1 * 3 + c] * right;
        float bottom = (float)lower[x0 * 3 + c] * (1.0f - right) + (float)lower[x1 * 3 + c] * right;
        sum[c] += top * (1.0f - low) + bottom * low;
    }
}

static uint32_t samples_needed(double step_px) {
    return step_px <= 1.5 ? 1 : step_px >= 4.0 ? 4 : (uint32_t)ceil(step_px - 0.5);
}

void sample_quad(const struct image *image, const struct lince_point corners[4], uint32_t width, uint32_t height,
                 const struct sample_norm *norm, float *planes) {
    double right_x = (corners[1].x - corners[0].x) / width, right_y = (corners[1].y - corners[0].y) / width;
    double down_x = (corners[3].x - corners[0].x) / height, down_y = (corners[3].y - corners[0].y) / height;
    uint32_t across = samples_needed(hypot(right_x, right_y)), along = samples_needed(hypot(down_x, down_y));
    float share = 1.0f / (float)(across * along);
    size_t plane_size = (size_t)width * height;
    for (uint32_t y = 0; y < height; y++) {
        for (uint32_t x = 0; x < width; x++) {
            float sum[3] = {0.0f, 0.0f, 0.0f};
            for (uint32_t k = 0; k < across * along; k++) {
                uint32_t column = k % across, row = k / across;
                double u = x + (column + 0.5) / across, v = y + (row + 0.5) / along;
                bilinear_add(image, corners[0].x + u * right_x + v * down_x, corners[0].y + u * right_y + v * down_y,
                             sum);
            }
            for (size_t c = 0; c < 3; c++) {
                float value = sum[2 - c] * share / 255.0f;
                planes[c * plane_size + (size_t)y * width + x] = (value - norm->mean[c]) / norm->deviation[c];
            }
        }
    }
}
