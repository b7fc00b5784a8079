/* map.c - samples each window, runs the network, keeps the part that the window answers for. */
#include "text/map.h"

#include <math.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/scope.h"
#include "infer/session.h"
#include "text/paper.h"
#include "text/stretches.h"
#include "text/windows.h"

/* Of ImageNet, in the order of the planes: what the detector was trained with. */
static const struct sample_norm DETECTOR_NORM = {{0.485f, 0.456f, 0.406f}, {0.229f, 0.224f, 0.225f}};

struct tiling {
    struct windows columns, rows;
    uint32_t from_px; /* the row of the map at which the stretch begins */
};

/* A window is as wide as the map if that leaves it a sensible height, else about square. */
static struct tiling tiling_plan(uint32_t width_px, const struct stretch *stretch, uint32_t window_area_px) {
    uint32_t height_px = stretch->until_px - stretch->from_px;
    uint32_t square_px = (uint32_t)sqrt(window_area_px);
    uint32_t least_px = 256;
    struct tiling tiling = {.from_px = stretch->from_px};
    uint32_t wide_limit = window_area_px / least_px;
    uint32_t side_limit = width_px + 2 * WINDOW_PAD_PX <= wide_limit / 2 ? wide_limit / 2 : square_px;
    if (height_px >= width_px) {
        tiling.columns = windows_plan(width_px, side_limit > least_px ? side_limit : least_px);
        uint32_t limit = window_area_px / tiling.columns.size_px;
        tiling.rows = windows_plan(height_px, limit > least_px ? limit : least_px);
    } else {
        tiling.rows = windows_plan(height_px, square_px > least_px ? square_px : least_px);
        uint32_t limit = window_area_px / tiling.rows.size_px;
        tiling.columns = windows_plan(width_px, limit > least_px ? limit : least_px);
    }
    return tiling;
}

static uint32_t tiling_count(const struct tiling *tiling) {
    return tiling->columns.count * tiling->rows.count;
}

struct map_size map_size_for(uint32_t image_width_px, uint32_t image_height_px, double scale) {
    return (struct map_size){(uint32_t)fmax(1.0, round(image_width_px * scale)),
                             (uint32_t)fmax(1.0, round(image_height_px * scale))};
}

uint64_t map_window_px(struct map_size largest, uint32_t window_area_px) {
    struct windows columns = windows_plan(largest.width, UINT32_MAX), rows = windows_plan(largest.height, UINT32_MAX);
    uint64_t whole_px = (uint64_t)columns.size_px * rows.size_px;
    return whole_px < window_area_px ? whole_px : window_area_px;
}

static void map_take(struct probability_map *map, const struct tensor *output, uint32_t window_width,
                     const struct window_span *column, const struct window_span *row) {
    for (uint32_t y = row->from_px; y < row->until_px; y++) {
        size_t window_y = (size_t)((int64_t)y - row->start_px);
        const float *source = output->values + window_y * window_width + ((int64_t)column->from_px - column->start_px);
        uint8_t *target = map->values + (size_t)y * map->width + column->from_px;
        for (uint32_t i = 0; i < column->until_px - column->from_px; i++) {
            target[i] = (uint8_t)(fminf(fmaxf(source[i], 0.0f), 1.0f) * 255.0f + 0.5f);
        }
    }
}

static enum lince_status out_of_memory(const struct probability_map *map, struct lince_error *error) {
    return error_set(
        error, LINCE_ERROR_MEMORY_LIMIT,
        "the memory limit was reached while looking for text in a map of %u x %u; raise the limit or send "
        "a smaller image",
        "se alcanzó el límite de memoria al buscar texto en un mapa de %u x %u; suba el límite o envíe una "
        "imagen menor",
        map->width, map->height);
}

/* One value for each pixel, row by row: [1, 1, height, width], or with the channel last. */
static bool is_map(const struct tensor *output, uint32_t height, uint32_t width) {
    const int64_t *shape = output->shape, *sides = shape[1] == 1 ? shape + 2 : shape + 1;
    return output->rank == 4 && sides[0] == height && sides[1] == width &&
           shape[1] * shape[2] * shape[3] == (int64_t)height * width;
}

static struct window_span span_from(struct window_span span, uint32_t from_px) {
    return (struct window_span){span.start_px + (int32_t)from_px, span.from_px + from_px, span.until_px + from_px};
}

static enum lince_status window_compute(struct session *detector, const struct view *view, double scale,
                                        const struct tiling *tiling, uint32_t index, const struct papers *papers,
                                        struct heap *heap, struct arena *arena, struct probability_map *map,
                                        struct lince_error *error) {
    SCOPE(heap_meter(heap), SCOPE_WINDOW);
    struct window_span column = window_at(&tiling->columns, index % tiling->columns.count);
    struct window_span row = span_from(window_at(&tiling->rows, index / tiling->columns.count), tiling->from_px);
    uint32_t width = tiling->columns.size_px, height = tiling->rows.size_px;
    struct sample_window window = {scale, column.start_px, row.start_px, width, height};
    float *planes = heap_allocate(heap, (size_t)width * height * 3 * sizeof *planes);
    if (planes == NULL || !view_sample(view, &window, &DETECTOR_NORM, arena, planes)) {
        heap_free(planes);
        return out_of_memory(map, error);
    }
    pads_fill(&window, map, papers, planes);
    int64_t shape[4] = {1, 3, height, width};
    struct tensor output;
    enum lince_status status = session_run(detector, planes, shape, heap, &output, error);
    heap_free(planes);
    if (status != LINCE_OK) {
        return status;
    }
    if (is_map(&output, height, width)) {
        map_take(map, &output, width, &column, &row);
    } else {
        status = error_set(error, LINCE_ERROR_MODEL, "the detector's map is not of its input's size, %u x %u",
                           "el mapa del detector no tiene el tamaño de su entrada, %u x %u", width, height);
    }
    tensor_free(&output);
    return status;
}

enum lince_status map_compute(struct session *detector, const struct view *view, double scale,
                              const struct stretches *rows, uint32_t window_area_px, const struct progress *progress,
                              struct heap *heap, struct arena *arena, struct probability_map *map,
                              struct lince_error *error) {
    struct map_size size = map_size_for(view->width_px, view->height_px, scale);
    *map = (struct probability_map){arena_allocate_zero(arena, size.height, size.width), size.width, size.height};
    if (map->values == NULL) {
        return out_of_memory(map, error);
    }
    uint32_t count = 0, done = 0;
    for (size_t i = 0; i < rows->count; i++) {
        struct tiling tiling = tiling_plan(size.width, &rows->items[i], window_area_px);
        count += tiling_count(&tiling);
    }
    if (count == 0) {
        return progress_report(progress, LINCE_STAGE_DETECT, 1.0, error);
    }
    struct papers papers = papers_of(view, &DETECTOR_NORM);
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < rows->count && status == LINCE_OK; i++) {
        struct tiling tiling = tiling_plan(size.width, &rows->items[i], window_area_px);
        for (uint32_t k = 0; k < tiling_count(&tiling) && status == LINCE_OK; k++) {
            status = window_compute(detector, view, scale, &tiling, k, &papers, heap, arena, map, error);
            if (status == LINCE_OK) {
                status = progress_report(progress, LINCE_STAGE_DETECT, ++done / (double)count, error);
            }
        }
    }
    return status;
}
