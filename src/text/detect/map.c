/* map.c - samples each window, runs the network, and keeps the window's own part of the output. */
#include "text/detect/map.h"

#include <math.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/scope.h"
#include "infer/session.h"
#include "text/detect/paper.h"
#include "text/detect/row_spans.h"
#include "text/detect/windows.h"

/* ImageNet's values, in the order of the planes: the detector was trained with them. */
static const struct sample_norm DETECTOR_NORM = {{0.485f, 0.456f, 0.406f}, {0.229f, 0.224f, 0.225f}};

/* Pixels of the map at one scale. */
struct part {
    uint32_t x0, y0, x1, y1;
};

/* A part of the page at one scale, and its windows. */
struct tiling {
    double scale;
    struct map_size page;   /* at this scale */
    struct part seen, kept; /* what the windows cover, and what of it goes into the map */
    struct windows columns, rows;
};

/* A window is as wide as the map if that leaves a sensible height, otherwise about square. */
static void tiling_plan(struct tiling *tiling, uint32_t window_area_px) {
    uint32_t width_px = tiling->seen.x1 - tiling->seen.x0, height_px = tiling->seen.y1 - tiling->seen.y0;
    uint32_t square_px = (uint32_t)sqrt(window_area_px);
    uint32_t least_px = 256;
    uint32_t wide_limit = window_area_px / least_px;
    uint32_t side_limit = width_px + 2 * WINDOW_PAD_PX <= wide_limit / 2 ? wide_limit / 2 : square_px;
    if (height_px >= width_px) {
        tiling->columns = windows_plan(width_px, side_limit > least_px ? side_limit : least_px);
        uint32_t limit = window_area_px / tiling->columns.size_px;
        tiling->rows = windows_plan(height_px, limit > least_px ? limit : least_px);
    } else {
        tiling->rows = windows_plan(height_px, square_px > least_px ? square_px : least_px);
        uint32_t limit = window_area_px / tiling->rows.size_px;
        tiling->columns = windows_plan(width_px, limit > least_px ? limit : least_px);
    }
}

static struct tiling tiling_of_span(const struct map_looks *looks, struct map_size page, size_t span) {
    const struct row_span *rows = &looks->rows.items[span];
    struct part part = {0, rows->from_px, page.width, rows->until_px};
    struct tiling tiling = {.scale = looks->scale, .page = page, .seen = part, .kept = part};
    tiling_plan(&tiling, looks->window_area_px);
    return tiling;
}

/* Windows also cover the surroundings of an area, so that text at its borders is judged like text inside it. */
static struct tiling tiling_of_area(const struct map_looks *looks, const struct area *area, struct map_size page) {
    uint32_t around_px = WINDOW_OVERLAP_PX / 2 - WINDOW_PAD_PX;
    struct part kept = {(uint32_t)(area->x0 * area->scale), (uint32_t)(area->y0 * area->scale),
                        (uint32_t)fmin(ceil(area->x1 * area->scale), page.width),
                        (uint32_t)fmin(ceil(area->y1 * area->scale), page.height)};
    struct part seen = {kept.x0 > around_px ? kept.x0 - around_px : 0, kept.y0 > around_px ? kept.y0 - around_px : 0,
                        kept.x1 + around_px < page.width ? kept.x1 + around_px : page.width,
                        kept.y1 + around_px < page.height ? kept.y1 + around_px : page.height};
    struct tiling tiling = {.scale = area->scale, .page = page, .seen = seen, .kept = kept};
    tiling_plan(&tiling, looks->window_area_px);
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

/* The part of the page's map, at the scale of the tiling, that belongs to a window. */
static struct part part_of(const struct tiling *tiling, const struct window_span *column,
                           const struct window_span *row) {
    const struct part *kept = &tiling->kept;
    return (struct part){
        column->from_px > kept->x0 ? column->from_px : kept->x0, row->from_px > kept->y0 ? row->from_px : kept->y0,
        column->until_px < kept->x1 ? column->until_px : kept->x1, row->until_px < kept->y1 ? row->until_px : kept->y1};
}

static uint8_t probability_of(float value) {
    return (uint8_t)(fminf(fmaxf(value, 0.0f), 1.0f) * 255.0f + 0.5f);
}

/* A finer map takes each value for all of its own pixels inside it. */
static void map_take(struct probability_map *map, double map_scale, const struct tensor *output,
                     const struct tiling *tiling, const struct window_span *column, const struct window_span *row) {
    struct part part = part_of(tiling, column, row);
    double finer = map_scale / tiling->scale;
    uint32_t x1 = (uint32_t)fmin(round(part.x1 * finer), map->width);
    uint32_t y1 = (uint32_t)fmin(round(part.y1 * finer), map->height);
    x1 = part.x1 == tiling->page.width ? map->width : x1;
    y1 = part.y1 == tiling->page.height ? map->height : y1;
    for (uint32_t y = (uint32_t)round(part.y0 * finer); y < y1; y++) {
        uint32_t source_y = (uint32_t)fmin((y + 0.5) / finer, part.y1 - 1);
        const float *source = output->values + (size_t)((int64_t)source_y - row->start_px) * tiling->columns.size_px;
        uint8_t *target = map->values + (size_t)y * map->width;
        for (uint32_t x = (uint32_t)round(part.x0 * finer); x < x1; x++) {
            uint32_t source_x = (uint32_t)fmin((x + 0.5) / finer, part.x1 - 1);
            target[x] = probability_of(source[(int64_t)source_x - column->start_px]);
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

/* One value per pixel, row by row: [1, 1, height, width], or with the channel last. */
static bool is_map(const struct tensor *output, uint32_t height, uint32_t width) {
    const int64_t *shape = output->shape, *sides = shape[1] == 1 ? shape + 2 : shape + 1;
    return output->rank == 4 && sides[0] == height && sides[1] == width &&
           shape[1] * shape[2] * shape[3] == (int64_t)height * width;
}

static struct window_span span_from(struct window_span span, uint32_t from_px) {
    return (struct window_span){span.start_px + (int32_t)from_px, span.from_px + from_px, span.until_px + from_px};
}

struct window {
    struct window_span column, row;
};

static struct window window_of(const struct tiling *tiling, uint32_t index) {
    return (struct window){
        span_from(window_at(&tiling->columns, index % tiling->columns.count), tiling->seen.x0),
        span_from(window_at(&tiling->rows, index / tiling->columns.count), tiling->seen.y0),
    };
}

/* A window inside a finer area need not be computed. */
static bool is_covered(const struct tiling *tiling, uint32_t index, const struct areas *areas) {
    struct window window = window_of(tiling, index);
    struct part part = part_of(tiling, &window.column, &window.row);
    for (size_t i = 0; i < areas->count; i++) {
        const struct area *area = &areas->items[i];
        if (area->scale > tiling->scale && part.x0 >= area->x0 * tiling->scale && part.y0 >= area->y0 * tiling->scale &&
            part.x1 <= ceil(area->x1 * tiling->scale) && part.y1 <= ceil(area->y1 * tiling->scale)) {
            return true;
        }
    }
    return false;
}

/* Shared by all windows of a map. */
struct map_work {
    struct session *detector;
    const struct view *view;
    const struct map_looks *looks;
    const struct progress *progress;
    struct heap *heap;
    struct arena *arena;
    struct papers papers;
    struct probability_map *map;
    uint32_t done_count, count; /* windows */
};

static enum lince_status window_compute(const struct map_work *work, const struct tiling *tiling, uint32_t index,
                                        struct lince_error *error) {
    struct heap *heap = work->heap;
    SCOPE(heap_meter(heap), SCOPE_WINDOW);
    struct window place = window_of(tiling, index);
    uint32_t width = tiling->columns.size_px, height = tiling->rows.size_px;
    struct sample_window window = {tiling->scale, place.column.start_px, place.row.start_px, width, height};
    float *planes = heap_allocate(heap, (size_t)width * height * 3 * sizeof *planes);
    if (planes == NULL || !view_sample(work->view, &window, &DETECTOR_NORM, work->arena, planes)) {
        heap_free(planes);
        return out_of_memory(work->map, error);
    }
    paper_pads_fill(&window, tiling->page.width, tiling->page.height, &work->papers, planes);
    int64_t shape[4] = {1, 3, height, width};
    struct tensor output;
    enum lince_status status = session_run(work->detector, planes, shape, heap, &output, error);
    heap_free(planes);
    if (status != LINCE_OK) {
        return status;
    }
    if (is_map(&output, height, width)) {
        map_take(work->map, map_scale(work->looks), &output, tiling, &place.column, &place.row);
    } else {
        status = error_set(error, LINCE_ERROR_MODEL, "the detector's map is not of its input's size, %u x %u",
                           "el mapa del detector no tiene el tamaño de su entrada, %u x %u", width, height);
    }
    tensor_free(&output);
    return status;
}

static enum lince_status tiling_compute(struct map_work *work, const struct tiling *tiling, bool counts_only,
                                        struct lince_error *error) {
    enum lince_status status = LINCE_OK;
    for (uint32_t i = 0; i < tiling_count(tiling) && status == LINCE_OK; i++) {
        if (is_covered(tiling, i, &work->looks->areas)) {
            continue;
        }
        if (counts_only) {
            work->count++;
            continue;
        }
        status = window_compute(work, tiling, i, error);
        if (status == LINCE_OK) {
            double share = ++work->done_count / (double)work->count;
            status = progress_report(work->progress, LINCE_STAGE_DETECT, share, error);
        }
    }
    return status;
}

/* The whole page, then its areas from the coarsest to the finest; finer values replace coarser ones. */
static enum lince_status tilings_compute(struct map_work *work, bool counts_only, struct lince_error *error) {
    const struct map_looks *looks = work->looks;
    const struct view *view = work->view;
    enum lince_status status = LINCE_OK;
    struct map_size page = map_size_for(view->width_px, view->height_px, looks->scale);
    for (size_t i = 0; i < looks->rows.count && status == LINCE_OK; i++) {
        struct tiling tiling = tiling_of_span(looks, page, i);
        status = tiling_compute(work, &tiling, counts_only, error);
    }
    for (size_t i = 0; i < looks->areas.count && status == LINCE_OK; i++) {
        const struct area *area = &looks->areas.items[i];
        struct tiling tiling = tiling_of_area(looks, area, map_size_for(view->width_px, view->height_px, area->scale));
        status = tiling_compute(work, &tiling, counts_only, error);
    }
    return status;
}

double map_scale(const struct map_looks *looks) {
    return fmax(looks->scale, looks->areas.finest);
}

enum lince_status map_compute(struct session *detector, const struct view *view, const struct map_looks *looks,
                              const struct progress *progress, struct heap *heap, struct arena *arena,
                              struct probability_map *map, struct lince_error *error) {
    struct map_size size = map_size_for(view->width_px, view->height_px, map_scale(looks));
    *map = (struct probability_map){arena_allocate_zero(arena, size.height, size.width), size.width, size.height};
    if (map->values == NULL) {
        return out_of_memory(map, error);
    }
    struct map_work work = {detector, view, looks, progress, heap, arena, papers_of(view, &DETECTOR_NORM), map, 0, 0};
    enum lince_status status = tilings_compute(&work, true, error);
    if (work.count == 0) {
        return progress_report(progress, LINCE_STAGE_DETECT, 1.0, error);
    }
    return status == LINCE_OK ? tilings_compute(&work, false, error) : status;
}
