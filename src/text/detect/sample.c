/* sample.c - separable triangle filter for windows, supersampled bilinear for slanted quadrilaterals. */
#include "text/detect/sample.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"

/* Converts a mean of bytes to an input of the network: value * gain + bias. */
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

/* The source pixels and weights of each output pixel on one axis; `taps` weights per pixel. */
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

enum { CHUNK = 96 }; /* a count for which the compiler unrolls loops without a remainder */

/* Weights the `count` source rows of an output row together; `count` is constant when inlined. */
static inline void chunk_blend(const uint8_t *source, size_t stride_bytes, const float *weights, uint32_t taps,
                               size_t count, float *row) {
    float sums[CHUNK] = {0.0f};
    for (uint32_t k = 0; k < taps; k++, source += stride_bytes) {
        for (size_t i = 0; i < count; i++) {
            sums[i] += weights[k] * (float)source[i];
        }
    }
    memcpy(row, sums, count * sizeof *row);
}

/* Weights the source rows of one output row together; `row` holds the columns from..to of the image. */
static void rows_blend(const struct image *image, const struct filter *rows, uint32_t y, uint32_t from, uint32_t to,
                       float *row) {
    size_t count = (size_t)(to - from) * 3, stride = image->stride_bytes;
    const float *weights = rows->weights + (size_t)y * rows->taps;
    const uint8_t *source = image->pixels + rows->starts[y] * stride + (size_t)from * 3;
    if (count < CHUNK) {
        chunk_blend(source, stride, weights, rows->taps, count, row);
        return;
    }
    for (size_t i = 0; i < count; i += CHUNK) { /* the last chunk overlaps the one before */
        size_t at = i + CHUNK <= count ? i : count - CHUNK;
        chunk_blend(source + at, stride, weights, rows->taps, CHUNK, row + at);
    }
}

typedef float four __attribute__((vector_size(16)));

/* A pixel's three channels are computed together, with an unused fourth number after them. */
static void columns_blend(const float *row, uint32_t from, const struct filter *columns, uint32_t width,
                          const struct terms *terms, float *planes, size_t plane_size) {
    for (uint32_t x = 0; x < width; x++) {
        const float *pixel = row + (size_t)(columns->starts[x] - from) * 3;
        const float *weights = columns->weights + (size_t)x * columns->taps;
        four sum = {0.0f}, here;
        for (uint32_t k = 0; k < columns->taps; k++, pixel += 3) {
            memcpy(&here, pixel, sizeof here);
            sum += weights[k] * here;
        }
        for (size_t c = 0; c < 3; c++) {
            planes[c * plane_size + x] = sum[2 - c] * terms->gain[c] + terms->bias[c];
        }
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
        float *row = arena_allocate_zero(arena, (size_t)(to - from) * 3 + 1, sizeof *row);
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

/* Where a sample falls on one axis: the pixel before it, and the weight of the pixel after it. */
struct place {
    uint32_t at;
    float share;
};

/* Pixel centres are at half coordinates; edges are repeated. */
static struct place place_of(double position, uint32_t count_px) {
    double place = fmin(fmax(position - 0.5, 0.0), count_px - 1.0);
    uint32_t at = (uint32_t)place;
    return (struct place){at, (float)(place - at)};
}

static const uint8_t *row_at(const struct image *image, uint32_t y) {
    return image->pixels + (y < image->height_px ? y : image->height_px - 1) * image->stride_bytes;
}

/* One channel between two pixels of a row; at the edge the second is left out. */
static float mix(const uint8_t *pixel, size_t next, float share) {
    return (float)pixel[0] * (1.0f - share) + (float)pixel[next] * share;
}

static size_t next_of(const struct image *image, struct place column) {
    return column.at + 1 < image->width_px ? 3 : 0;
}

static void bilinear_add(const struct image *image, double x, double y, float sum[3]) {
    struct place column = place_of(x, image->width_px), row = place_of(y, image->height_px);
    size_t next = next_of(image, column);
    const uint8_t *upper = row_at(image, row.at) + (size_t)column.at * 3;
    const uint8_t *lower = row_at(image, row.at + 1) + (size_t)column.at * 3;
    for (size_t c = 0; c < 3; c++) {
        float top = mix(upper + c, next, column.share), bottom = mix(lower + c, next, column.share);
        sum[c] += top * (1.0f - row.share) + bottom * row.share;
    }
}

enum { SAMPLES_LIMIT = 4 }; /* of one output pixel, on either axis */

static uint32_t samples_needed(double step_px) {
    return step_px <= 1.5 ? 1 : step_px >= SAMPLES_LIMIT ? SAMPLES_LIMIT : (uint32_t)ceil(step_px - 0.5);
}

/* How an output pixel lies in the image: the steps to its neighbours, and where samples are taken in it. */
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

/* ---- an upright quadrilateral, with one sample per pixel ---- */

enum { BLOCK_PX = 64 }; /* columns that are processed at once, from top to bottom */

/* Those columns of one row of the image, by channel: red, green, blue. */
struct block_row {
    float channels[3][BLOCK_PX];
};

struct block {
    struct place columns[BLOCK_PX];
    struct block_row rows[2]; /* each at the index that the last bit of its number gives */
    uint32_t held[2];         /* the numbers of these rows */
};

static const struct block_row *block_row(struct block *block, const struct image *image, uint32_t y) {
    struct block_row *row = &block->rows[y % 2];
    const uint8_t *pixels = row_at(image, y);
    for (size_t i = 0; block->held[y % 2] != y && i < BLOCK_PX; i++) {
        struct place column = block->columns[i];
        const uint8_t *pixel = pixels + (size_t)column.at * 3;
        size_t next = next_of(image, column);
        for (size_t c = 0; c < 3; c++) {
            row->channels[c][i] = mix(pixel + c, next, column.share);
        }
    }
    block->held[y % 2] = y;
    return row;
}

/* The same samples as bilinear_add, but each row of the image is unpacked once for all that use it. */
static void block_fill(struct block *block, const struct image *image, struct place row, const struct terms *terms,
                       uint32_t count, float *planes, size_t plane_size) {
    const struct block_row *upper = block_row(block, image, row.at), *lower = block_row(block, image, row.at + 1);
    float values[BLOCK_PX];
    for (size_t c = 0; c < 3; c++) {
        const float *above = upper->channels[2 - c], *below = lower->channels[2 - c];
        float gain = terms->gain[c], bias = terms->bias[c];
        for (size_t i = 0; i < BLOCK_PX; i++) {
            values[i] = (above[i] * (1.0f - row.share) + below[i] * row.share) * gain + bias;
        }
        memcpy(planes + c * plane_size, values, count * sizeof *values);
    }
}

static void upright_fill(const struct image *image, struct lince_point corner, const struct lattice *lattice,
                         const struct terms *terms, uint32_t width, uint32_t height, float *planes) {
    struct block block;
    for (uint32_t from = 0; from < width; from += BLOCK_PX) {
        uint32_t count = width - from < BLOCK_PX ? width - from : BLOCK_PX;
        block.held[0] = block.held[1] = UINT32_MAX;
        for (uint32_t i = 0; i < BLOCK_PX; i++) {
            double left = corner.x + (from + i) * lattice->right.x;
            block.columns[i] = place_of(left + lattice->offsets[0].x, image->width_px);
        }
        for (uint32_t y = 0; y < height; y++) {
            double top = corner.y + y * lattice->down.y;
            struct place row = place_of(top + lattice->offsets[0].y, image->height_px);
            block_fill(&block, image, row, terms, count, planes + (size_t)y * width + from, (size_t)width * height);
        }
    }
}

/* ---- any quadrilateral ---- */

void sample_quad(const struct image *image, const struct lince_point corners[4], uint32_t width, uint32_t height,
                 const struct sample_norm *norm, float *planes) {
    struct lattice lattice = lattice_make(corners, width, height);
    struct terms terms = terms_of(norm);
    if (lattice.right.y == 0.0 && lattice.down.x == 0.0 && lattice.count == 1) {
        upright_fill(image, corners[0], &lattice, &terms, width, height, planes);
        return;
    }
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
