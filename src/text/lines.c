/* lines.c - one region after the other becomes a line of words. */
#include "text/lines.h"

#include <math.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/heap.h"
#include "base/scope.h"
#include "text/orient.h"
#include "text/recognise.h"
#include "text/words.h"

/* A line that the recogniser is less sure of is an icon or a texture. */
static const double LEAST_CONFIDENCE = 0.5;
/* A line below this is in doubt: it may stand on its head. Dates and numbers that do are still read with 0.8 to 0.9. */
static const double DOUBTFUL_CONFIDENCE = 0.95;
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

static enum lince_status recognise(const struct line_work *work, const struct strip *strip, struct reading *reading,
                                   struct lince_error *error) {
    return recognise_strip(work->models->recogniser, strip, work->models->alphabet->count,
                           work->models->alphabet->space, work->heap, work->scratch, reading, error);
}

/* Reads a strip that may stand on its head, and keeps it as it was read better. */
static enum lince_status read_in_doubt(const struct line_work *work, struct strip *strip, struct reading *reading,
                                       struct lince_error *error) {
    enum lince_status status = recognise(work, strip, reading, error);
    bool reversed = false;
    if (status == LINCE_OK && reading->confidence < DOUBTFUL_CONFIDENCE) {
        status = strip_is_reversed(work->models->direction, strip, work->heap, &reversed, error);
    }
    if (status != LINCE_OK || !reversed) {
        return status;
    }
    struct reading other;
    strip_reverse(strip);
    status = recognise(work, strip, &other, error);
    if (status == LINCE_OK && other.confidence > reading->confidence) {
        *reading = other;
    } else {
        strip_reverse(strip);
    }
    return status;
}

static enum lince_status strip_read(const struct line_work *work, struct strip *strip, struct reading *reading,
                                    struct lince_error *error) {
    if (work->direction == LINCE_DIRECTION_IN_DOUBT) {
        return read_in_doubt(work, strip, reading, error);
    }
    bool reversed = false;
    enum lince_status status = LINCE_OK;
    if (work->direction == LINCE_DIRECTION_ALWAYS) {
        status = strip_is_reversed(work->models->direction, strip, work->heap, &reversed, error);
    }
    if (reversed) {
        strip_reverse(strip);
    }
    return status == LINCE_OK ? recognise(work, strip, reading, error) : status;
}

/* Fills `line`; its word_count stays 0 when the region holds no text. */
static enum lince_status region_read(const struct line_work *work, const struct image *image,
                                     const struct region *region, struct lince_line *line, struct lince_error *error) {
    SCOPE(heap_meter(work->heap), SCOPE_LINE);
    const struct lince_point *c = region->corners;
    const struct lince_point turned[4] = {c[1], c[2], c[3], c[0]};
    struct strip strip;
    struct reading reading;
    *line = (struct lince_line){0};
    enum lince_status status = strip_cut(image, is_vertical(region) ? turned : c, work->heap, &strip, error);
    if (status != LINCE_OK) {
        return status;
    }
    status = strip_read(work, &strip, &reading, error);
    if (status == LINCE_OK && reading.confidence >= LEAST_CONFIDENCE &&
        !line_make(&reading, &strip, work->models->alphabet, work->scratch, work->arena, line)) {
        status =
            error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                      "the memory limit was reached at a line of %zu characters; raise the limit",
                      "se alcanzó el límite de memoria en una línea de %zu caracteres; suba el límite", reading.count);
    }
    strip_free(&strip);
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
