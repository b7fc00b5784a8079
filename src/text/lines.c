/* lines.c - one region after the other becomes a line of words. */
#include "text/lines.h"

#include <math.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/scope.h"
#include "text/ink.h"
#include "text/orient.h"
#include "text/recognise.h"
#include "text/words.h"

/* A line that the recogniser is less sure of is an icon or a texture. */
static const double LEAST_CONFIDENCE = 0.5;
/* A line below this is in doubt: it may stand on its head. Dates and numbers that do are still read with 0.8 to 0.9. */
static const double DOUBTFUL_CONFIDENCE = 0.95;
/* Turning a line round must gain this much: signs and digits read almost as well on their heads. */
static const double TURNING_GAIN = 0.05;
/* A region this much higher than wide holds a line that runs downwards. */
static const double VERTICAL_RATIO = 1.5;

struct line_work {
    const struct line_models *models;
    enum lince_direction direction;
    struct heap *heap;
    struct arena *scratch, *arena;
};

static bool is_vertical(const struct region *region) {
    const struct lince_point *c = region->corners;
    return hypot(c[3].x - c[0].x, c[3].y - c[0].y) > VERTICAL_RATIO * hypot(c[1].x - c[0].x, c[1].y - c[0].y);
}

/* A line as it was cut out, and where its strokes are. */
struct scan {
    struct strip strip;
    struct ink ink;
};

static void scan_reverse(struct scan *scan) {
    strip_reverse(&scan->strip);
    ink_reverse(&scan->ink);
}

static enum lince_status recognise(const struct line_work *work, const struct scan *scan, struct reading *reading,
                                   struct lince_error *error) {
    const struct alphabet *alphabet = work->models->alphabet;
    return recognise_strip(work->models->recogniser, &scan->strip, &scan->ink, alphabet->count, alphabet->space,
                           work->heap, work->scratch, reading, error);
}

/* Reads a line that may stand on its head, and keeps it as it was read better. */
static enum lince_status read_in_doubt(const struct line_work *work, struct scan *scan, struct reading *reading,
                                       struct lince_error *error) {
    enum lince_status status = recognise(work, scan, reading, error);
    bool reversed = false;
    if (status == LINCE_OK && reading->confidence < DOUBTFUL_CONFIDENCE) {
        status = strip_is_reversed(work->models->direction, &scan->strip, work->heap, &reversed, error);
    }
    if (status != LINCE_OK || !reversed) {
        return status;
    }
    struct reading other;
    scan_reverse(scan);
    status = recognise(work, scan, &other, error);
    if (status == LINCE_OK && other.confidence > reading->confidence + TURNING_GAIN) {
        *reading = other;
    } else {
        scan_reverse(scan);
    }
    return status;
}

static enum lince_status scan_read(const struct line_work *work, struct scan *scan, struct reading *reading,
                                   struct lince_error *error) {
    if (work->direction == LINCE_DIRECTION_IN_DOUBT) {
        return read_in_doubt(work, scan, reading, error);
    }
    bool reversed = false;
    enum lince_status status = LINCE_OK;
    if (work->direction == LINCE_DIRECTION_ALWAYS) {
        status = strip_is_reversed(work->models->direction, &scan->strip, work->heap, &reversed, error);
    }
    if (reversed) {
        scan_reverse(scan);
    }
    return status == LINCE_OK ? recognise(work, scan, reading, error) : status;
}

static enum lince_status out_of_memory(const struct strip *strip, struct lince_error *error) {
    return error_set(
        error, LINCE_ERROR_MEMORY_LIMIT, "the memory limit was reached at a line %u pixels wide; raise the limit",
        "se alcanzó el límite de memoria en una línea de %u píxeles de ancho; suba el límite", strip->width);
}

static enum lince_status scan_to_line(const struct line_work *work, struct scan *scan, struct lince_line *line,
                                      struct lince_error *error) {
    struct reading reading;
    if (!ink_find(&scan->strip, work->scratch, &scan->ink)) {
        return out_of_memory(&scan->strip, error);
    }
    enum lince_status status = scan_read(work, scan, &reading, error);
    if (status != LINCE_OK || reading.confidence < LEAST_CONFIDENCE) {
        return status;
    }
    bool made = line_make(&reading, &scan->strip, &scan->ink, work->models->alphabet, work->scratch, work->arena, line);
    return made ? LINCE_OK : out_of_memory(&scan->strip, error);
}

/* Fills `line`; its word_count stays 0 when the region holds no text. */
static enum lince_status region_read(const struct line_work *work, const struct image *image,
                                     const struct region *region, struct lince_line *line, struct lince_error *error) {
    SCOPE(heap_meter(work->heap), SCOPE_LINE);
    const struct lince_point *c = region->corners;
    const struct lince_point turned[4] = {c[1], c[2], c[3], c[0]};
    struct scan scan;
    *line = (struct lince_line){0};
    enum lince_status status = strip_cut(image, is_vertical(region) ? turned : c, work->heap, &scan.strip, error);
    if (status == LINCE_OK) {
        status = scan_to_line(work, &scan, line, error);
        strip_free(&scan.strip);
    }
    return status;
}

enum lince_status lines_read(const struct line_models *models, const struct image *image,
                             const struct region_list *regions, enum lince_direction direction,
                             const struct progress *progress, struct heap *heap, struct arena *scratch,
                             struct arena *arena, struct line_list *lines, struct lince_error *error) {
    struct line_work work = {models, direction, heap, scratch, arena};
    *lines = (struct line_list){arena_allocate(arena, regions->count * sizeof *lines->items), 0};
    if (lines->items == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "the memory limit was reached at a page of %zu lines; raise the limit",
                         "se alcanzó el límite de memoria en una página de %zu líneas; suba el límite", regions->count);
    }
    enum lince_status status = LINCE_OK;
    for (size_t i = 0; i < regions->count && status == LINCE_OK; i++) {
        struct arena_mark mark = arena_mark(scratch);
        status = region_read(&work, image, &regions->items[i], &lines->items[lines->count], error);
        arena_rewind(scratch, mark);
        lines->count += status == LINCE_OK && lines->items[lines->count].word_count > 0;
        if (status == LINCE_OK) {
            double share = (double)(i + 1) / (double)regions->count;
            status = progress_report(progress, LINCE_STAGE_RECOGNISE, share, error);
        }
    }
    return status;
}
