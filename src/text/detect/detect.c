/* detect.c - from the probability map to quadrilaterals in the image. */
#include "text/detect/detect.h"

#include <math.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/scope.h"
#include "text/detect/areas.h"
#include "text/detect/bands.h"
#include "text/detect/components.h"
#include "text/detect/frames.h"
#include "text/detect/legible.h"
#include "text/detect/letters.h"
#include "text/detect/map.h"
#include "text/detect/rectangle.h"
#include "text/detect/row_spans.h"
#include "text/detect/rows.h"
#include "text/detect/windows.h"

/* A region thinner than this on the map is no line of text. */
static const double LEAST_SIDE_PX = 3.0;

/* A long region whose own pixels are as sure as this is a line, even if its rectangle lies askew or the line is bent.
 */
static const double LINE_RATIO = 4.0, LINE_SCORE = 0.75, LINE_SCORE_INSIDE = 0.45;

/*
 * A letter by itself is small on the map, higher than wide, and much of its rectangle is edge: it stays if its own
 * pixels are so sure and its rectangle is filled so far.
 */
static const double LETTER_RATIO = 1.1, LETTER_SCORE = 0.7, LETTER_SCORE_INSIDE = 0.5, LETTER_MOST_PX = 12.0;

double detect_scale(const struct detect_settings *settings, uint32_t width_px, uint32_t height_px) {
    double longest = width_px > height_px ? width_px : height_px;
    double shortest = width_px > height_px ? height_px : width_px;
    double side_px = settings->side_px - 2.0 * WINDOW_PAD_PX; /* pads fill whole steps */
    double scale = fmax(side_px / longest, settings->narrow_side_px / shortest);
    return fmin(scale, 1.0);
}

/* The corners of the component's pixels: leftmost and rightmost at each boundary between rows, sorted by y, then x. */
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

/* Mean probability of the pixels with their centre in the rectangle. */
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

/* Mean probability of the component's own pixels. */
static double score_of(const struct probability_map *map, const struct component_list *list,
                       const struct component *component) {
    double sum = 0.0;
    for (uint32_t r = component->first_run; r != RUN_END; r = list->runs[r].next) {
        const struct run *run = &list->runs[r];
        for (uint32_t x = run->x0; x < run->x1; x++) {
            sum += map->values[(size_t)run->y * map->width + x];
        }
    }
    return sum / (255.0 * component->pixel_count);
}

/* A page and its map. */
struct mapped {
    const struct view *view;
    const struct map_looks *looks;
    double scale; /* of the map */
    struct probability_map map;
};

/* The least side of a line, in map pixels, at a component's place. */
static double least_side_px(const struct mapped *page, const struct component *component) {
    double x = (component->x0 + component->x1) / 2.0 / page->scale;
    double y = (component->y0 + component->y1) / 2.0 / page->scale;
    return LEAST_SIDE_PX * page->scale / areas_scale_at(&page->looks->areas, page->looks->scale, x, y);
}

/*
 * Whether a component reaches into an area. Across its border the outline is broader on one side, and within it letters
 * are thin: their rectangle is filled by less than that of a line of the page's own scale.
 */
static bool is_in_area(const struct mapped *page, const struct component *component) {
    double most = 0.0;
    for (size_t i = 0; i < 4; i++) {
        double x = (i % 2 == 0 ? component->x0 : component->x1 - 1) / page->scale;
        double y = (i < 2 ? component->y0 : component->y1 - 1) / page->scale;
        most = fmax(most, areas_scale_at(&page->looks->areas, page->looks->scale, x, y));
    }
    return most > page->looks->scale;
}

static bool is_line(const struct rectangle *rectangle, double score, double own_score) {
    double longer = fmax(rectangle->width, rectangle->height), shorter = fmin(rectangle->width, rectangle->height);
    return longer >= LINE_RATIO * shorter && own_score >= LINE_SCORE && score >= LINE_SCORE_INSIDE;
}

static bool is_letter(const struct rectangle *rectangle, double score, double own_score) {
    double longer = fmax(rectangle->width, rectangle->height), shorter = fmin(rectangle->width, rectangle->height);
    return longer <= LETTER_MOST_PX && shorter * LETTER_RATIO <= longer && own_score >= LETTER_SCORE &&
           score >= LETTER_SCORE_INSIDE;
}

/* True if the component is a line of text. Then `region` is filled, in pixels of the viewed image. */
static bool region_make(const struct mapped *page, const struct component_list *list, const struct component *component,
                        const struct detect_settings *settings, void *scratch, struct region *region) {
    uint32_t levels = component->y1 - component->y0 + 1;
    struct lince_point *points = scratch, *hull = points + 2 * (size_t)levels;
    uint32_t *least = (uint32_t *)(void *)(hull + 4 * (size_t)levels), *most = least + levels;
    size_t count = outline(list, component, points, least, most);
    struct rectangle rectangle = rectangle_around(points, count, hull);
    if (fmin(rectangle.width, rectangle.height) < least_side_px(page, component)) {
        return false;
    }
    region->is_comb = false;
    region->score = score_inside(&page->map, &rectangle, component);
    region->is_doubtful = region->score < settings->score_threshold;
    double own_score = region->is_doubtful ? score_of(&page->map, list, component) : region->score;
    if (own_score < settings->score_threshold) {
        return false;
    }
    region->is_line = is_in_area(page, component) || is_line(&rectangle, region->score, own_score) ||
                      is_letter(&rectangle, region->score, own_score);
    double perimeter = 2.0 * (rectangle.width + rectangle.height);
    rectangle = rectangle_grow(rectangle, rectangle.width * rectangle.height * settings->grow_ratio / perimeter);
    rectangle_corners(&rectangle, region->corners);
    for (size_t i = 0; i < 4; i++) {
        const struct lince_point *corner = &region->corners[i];
        region->corners[i] =
            view_point(page->view, (struct lince_point){corner->x / page->scale, corner->y / page->scale});
    }
    return true;
}

static size_t scratch_bytes(const struct component *component) {
    size_t levels = component->y1 - component->y0 + 1;
    return levels * (6 * sizeof(struct lince_point) + 2 * sizeof(uint32_t));
}

static bool regions_from_map(const struct mapped *page, const struct detect_settings *settings, struct arena *arena,
                             struct region_list *regions) {
    SCOPE(arena->meter, SCOPE_OUTLINE);
    struct component_list list;
    uint8_t threshold = (uint8_t)lround(settings->threshold * 255.0);
    if (!components_find(&page->map, threshold, arena, &list)) {
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
        regions->count += region_make(page, &list, &list.items[i], settings, scratch, region);
        arena_rewind(arena, mark);
    }
    return true;
}

/* What seems lower than the page's letters are is a piece of one. */
static void letters_raise(struct letters *letters, double least_px) {
    uint8_t least = (uint8_t)least_px;
    for (uint32_t i = 0; i < letters->columns * letters->rows; i++) {
        uint8_t *height = &letters->heights[i];
        *height = letters_are_small(*height) && *height < least ? least : *height;
    }
}

/* Decides the scales of the page and of its small print, within the map pixels that the price allows. */
static bool areas_measure(const struct view *view, const struct detect_settings *settings, struct arena *arena,
                          struct map_looks *looks) {
    struct letters letters;
    double area_px = (double)view->width_px * view->height_px;
    const struct letters_search search = {areas_small_px(looks->scale, false), areas_small_px(looks->scale, true),
                                          LETTERS_LABEL_PX, false};
    if (!letters_measure(view, &search, arena, &letters)) {
        return false;
    }
    letters_raise(&letters, settings->least_letter_px);
    return areas_find(&letters, view->width_px, view->height_px, looks->scale,
                      sqrt((double)settings->map_area_px / area_px), arena, &looks->areas);
}

/* Measures the view: how fine its map must be in each place, and which rows are not bare. */
static bool page_measure(const struct view *view, const struct detect_settings *settings, struct arena *arena,
                         struct map_looks *looks) {
    struct arena_mark mark = arena_mark(arena);
    struct bands bands;
    double usual = detect_scale(settings, view->width_px, view->height_px), share;
    bool done = bands_measure(view, usual, arena, &bands) && legible_share(&bands, usual, arena, &share);
    if (done) {
        looks->window_area_px = settings->window_area_px;
        double scale = fmin(usual * share, 1.0);
        looks->scale = share > 1.0 ? areas_scale_near(scale) : scale; /* lines that need more are close together */
        looks->rows =
            row_spans_find(&bands, looks->scale, map_size_for(view->width_px, view->height_px, looks->scale).height);
        done = areas_measure(view, settings, arena, looks);
    }
    arena_rewind(arena, mark);
    return done;
}

enum lince_status detect_regions(struct session *detector, const struct view *view,
                                 const struct detect_settings *settings, const struct progress *progress,
                                 struct heap *heap, struct arena *arena, struct region_list *regions,
                                 struct lince_error *error) {
    *regions = (struct region_list){0};
    struct map_looks looks;
    if (!page_measure(view, settings, arena, &looks)) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "the memory limit was reached while measuring the lines of a page of %u x %u; raise the limit",
                         "se alcanzó el límite de memoria al medir los renglones de una página de %u x %u; suba el "
                         "límite",
                         view->width_px, view->height_px);
    }
    regions->coverage = looks.areas.coverage;
    regions->smallest_px = looks.areas.smallest_px;
    regions->letter_px = looks.areas.letter_px;
    struct mapped page = {.view = view, .looks = &looks, .scale = map_scale(&looks)};
    enum lince_status status = map_compute(detector, view, &looks, progress, heap, arena, &page.map, error);
    if (status == LINCE_OK && !(regions_from_map(&page, settings, arena, regions) &&
                                frames_part(view->image, arena, regions) && rows_part(view->image, arena, regions))) {
        status =
            error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                      "the memory limit was reached while outlining the text of a map of %u x %u; raise the limit",
                      "se alcanzó el límite de memoria al delimitar el texto de un mapa de %u x %u; suba el límite",
                      page.map.width, page.map.height);
    }
    return status;
}
