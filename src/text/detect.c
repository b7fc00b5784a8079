/* detect.c - from the probability map to quadrilaterals in the image. */
#include "text/detect.h"

#include <math.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/scope.h"
#include "text/bands.h"
#include "text/components.h"
#include "text/legible.h"
#include "text/map.h"
#include "text/rectangle.h"
#include "text/stretches.h"
#include "text/windows.h"

/* Anything thinner than this on the map is no line of text. */
static const double LEAST_SIDE_PX = 3.0;

double detect_scale(const struct detect_settings *settings, uint32_t width_px, uint32_t height_px) {
    double longest = width_px > height_px ? width_px : height_px;
    double shortest = width_px > height_px ? height_px : width_px;
    double side_px = settings->side_px - 2.0 * WINDOW_PAD_PX; /* with its pads it fills whole steps of the window */
    double scale = fmax(side_px / longest, settings->narrow_side_px / shortest);
    return fmin(scale, 1.0);
}

/* The corners of the component's pixels, leftmost and rightmost on each level between rows, sorted by y, then x. */
static size_t outline(const struct component_list *list, const struct component *component, struct lince_point *points,
                      uint32_t *least, uint32_t *most) {
    uint32_t levels = component->y1 - component->y0 + 1;
    for (uint32_t i = 0; i < levels; i++) {
        least[i] = UINT32_MAX;
        most[i] = 0;
    }
    for (uint32_t r = component->first_run; r != RUN_END; r = list->runs[r].next) {
        const struct run *run = &list->runs[r];
        uint32_t level = run->y - component->y0;
        for (uint32_t i = level; i <= level + 1; i++) {
            least[i] = run->x0 < least[i] ? run->x0 : least[i];
            most[i] = run->x1 > most[i] ? run->x1 : most[i];
        }
    }
    size_t count = 0;
    for (uint32_t i = 0; i < levels; i++) {
        points[count++] = (struct lince_point){least[i], component->y0 + i};
        points[count++] = (struct lince_point){most[i], component->y0 + i};
    }
    return count;
}

/* Mean probability of the pixels whose centre lies in the rectangle. */
static double score_inside(const struct probability_map *map, const struct rectangle *rectangle,
                           const struct component *component) {
    double sum = 0.0;
    uint64_t count = 0;
    for (uint32_t y = component->y0; y < component->y1; y++) {
        for (uint32_t x = component->x0; x < component->x1; x++) {
            double dx = x + 0.5 - rectangle->centre.x, dy = y + 0.5 - rectangle->centre.y;
            double u = dx * rectangle->across_x + dy * rectangle->across_y;
            double v = dy * rectangle->across_x - dx * rectangle->across_y;
            if (fabs(u) <= rectangle->width / 2.0 && fabs(v) <= rectangle->height / 2.0) {
                sum += map->values[(size_t)y * map->width + x];
                count++;
            }
        }
    }
    return count == 0 ? 0.0 : sum / (255.0 * (double)count);
}

/* True when the component is a line of text; `region` is then filled, in pixels of the image that is seen. */
static bool region_make(const struct probability_map *map, const struct view *view, const struct component_list *list,
                        const struct component *component, const struct detect_settings *settings, double scale,
                        void *scratch, struct region *region) {
    uint32_t levels = component->y1 - component->y0 + 1;
    struct lince_point *points = scratch, *hull = points + 2 * (size_t)levels;
    uint32_t *least = (uint32_t *)(void *)(hull + 4 * (size_t)levels), *most = least + levels;
    size_t count = outline(list, component, points, least, most);
    struct rectangle rectangle = rectangle_around(points, count, hull);
    if (fmin(rectangle.width, rectangle.height) < LEAST_SIDE_PX) {
        return false;
    }
    region->score = score_inside(map, &rectangle, component);
    if (region->score < settings->score_threshold) {
        return false;
    }
    double perimeter = 2.0 * (rectangle.width + rectangle.height);
    rectangle = rectangle_grow(rectangle, rectangle.width * rectangle.height * settings->grow_ratio / perimeter);
    rectangle_corners(&rectangle, region->corners);
    for (size_t i = 0; i < 4; i++) {
        const struct lince_point *corner = &region->corners[i];
        region->corners[i] = view_point(view, (struct lince_point){corner->x / scale, corner->y / scale});
    }
    return true;
}

static size_t scratch_bytes(const struct component *component) {
    size_t levels = component->y1 - component->y0 + 1;
    return levels * (6 * sizeof(struct lince_point) + 2 * sizeof(uint32_t));
}

static bool regions_from_map(const struct probability_map *map, const struct view *view,
                             const struct detect_settings *settings, double scale, struct arena *arena,
                             struct region_list *regions) {
    SCOPE(arena->meter, SCOPE_OUTLINE);
    struct component_list list;
    uint8_t threshold = (uint8_t)lround(settings->threshold * 255.0);
    if (!components_find(map, threshold, arena, &list)) {
        return false;
    }
    regions->items = arena_allocate(arena, list.count * sizeof *regions->items);
    if (regions->items == NULL) {
        return false;
    }
    for (size_t i = 0; i < list.count; i++) {
        struct arena_mark mark = arena_mark(arena);
        void *scratch = arena_allocate(arena, scratch_bytes(&list.items[i]));
        if (scratch == NULL) {
            return false;
        }
        struct region *region = &regions->items[regions->count];
        regions->count += region_make(map, view, &list, &list.items[i], settings, scale, scratch, region);
        arena_rewind(arena, mark);
    }
    return true;
}

/* Of what is seen: how large its map has to be, and the rows of the map on which there is anything. */
static bool page_measure(const struct view *view, const struct detect_settings *settings, struct arena *arena,
                         double *scale, struct stretches *rows) {
    struct arena_mark mark = arena_mark(arena);
    struct bands bands;
    double usual = detect_scale(settings, view->width_px, view->height_px), share;
    bool done = bands_measure(view, usual, arena, &bands) && legible_share(&bands, usual, arena, &share);
    if (done) {
        *scale = fmin(usual * share, 1.0);
        *rows = stretches_find(&bands, *scale, map_size_for(view->width_px, view->height_px, *scale).height);
    }
    arena_rewind(arena, mark);
    return done;
}

enum lince_status detect_regions(struct session *detector, const struct view *view,
                                 const struct detect_settings *settings, const struct progress *progress,
                                 struct heap *heap, struct arena *arena, struct region_list *regions,
                                 struct lince_error *error) {
    *regions = (struct region_list){0};
    struct probability_map map;
    double scale;
    struct stretches rows;
    if (!page_measure(view, settings, arena, &scale, &rows)) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "the memory limit was reached while measuring the lines of a page of %u x %u; raise the limit",
                         "se alcanzó el límite de memoria al medir los renglones de una página de %u x %u; suba el "
                         "límite",
                         view->width_px, view->height_px);
    }
    enum lince_status status =
        map_compute(detector, view, scale, &rows, settings->window_area_px, progress, heap, arena, &map, error);
    if (status == LINCE_OK && !regions_from_map(&map, view, settings, scale, arena, regions)) {
        status =
            error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                      "the memory limit was reached while outlining the text of a map of %u x %u; raise the limit",
                      "se alcanzó el límite de memoria al delimitar el texto de un mapa de %u x %u; suba el límite",
                      map.width, map.height);
    }
    return status;
}
