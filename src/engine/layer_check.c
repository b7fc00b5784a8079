/* layer_check.c - draws a page small, and reads stretches of it whose letters the file names. */
#include "engine/layer_check.h"

#include <math.h>

#include "base/arena.h"
#include "base/heap.h"
#include "base/scope.h"
#include "engine/engine_state.h"
#include "engine/layer_ink.h"
#include "engine/memory.h"
#include "engine/plan.h"
#include "image/image.h"
#include "text/layer_sample.h"
#include "text/quad.h"

enum { LINES_BLOCK_BYTES = 16 << 10 };

/* The height of a line, in pixels of the picture, at which letters are read surely enough to compare them. */
static const double LINE_HEIGHT_PX = 24.0;
/* A stretch is cut out with this share of its height around it. */
static const double MARGIN = 0.1;
/* Of the page's own size, where the letters are of other scripts or tiny: only their ink is looked for. */
static const double SCALE_WITHOUT_SAMPLES = 0.5;

/* The sample's corners in pixels of the picture, moved outwards. */
static void corners_place(const struct layer_sample *sample, const struct image *image, struct lince_point corners[4]) {
    const struct lince_point *c = sample->corners;
    double length = fmax(hypot(c[1].x - c[0].x, c[1].y - c[0].y), 1.0), margin = MARGIN * sample->height_px;
    double along_x = (c[1].x - c[0].x) / length * margin, along_y = (c[1].y - c[0].y) / length * margin;
    static const double ends[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    for (int i = 0; i < 4; i++) {
        double x = c[i].x + ends[i][0] * along_x - ends[i][1] * along_y;
        double y = c[i].y + ends[i][0] * along_y + ends[i][1] * along_x;
        corners[i] = (struct lince_point){x / image->scale_x, y / image->scale_y};
    }
}

static enum lince_status samples_read(const struct layer_check *check, const struct image *image,
                                      struct layer_samples *samples, struct lince_error *error) {
    struct lince_engine *engine = check->engine;
    struct arena lines;
    const struct line_models models = {engine->recogniser, engine->direction, &engine->alphabet};
    enum lince_status status = LINCE_OK;
    arena_init(&lines, check->recognise, LINES_BLOCK_BYTES);
    struct page_arena page = {&lines, PTHREAD_MUTEX_INITIALIZER, NULL};
    const struct line_work work = {.models = &models,
                                   .direction = LINCE_DIRECTION_NEVER,
                                   .heap = check->heap,
                                   .scratch = check->scratch,
                                   .page = &page};
    for (size_t i = 0; i < samples->count && status == LINCE_OK; i++) {
        struct arena_mark mark = arena_mark(check->scratch);
        struct lince_point corners[4];
        struct read_line read;
        corners_place(&samples->items[i], image, corners);
        status = quad_read(&work, image, corners, 1.0, &read, error);
        if (status == LINCE_OK && read.line.word_count > 0) {
            layer_sample_compare(&samples->items[i], read.line.text, read.line.confidence, samples);
        }
        arena_rewind(check->scratch, mark);
    }
    pthread_mutex_destroy(&page.lock);
    arena_clear(&lines);
    return status;
}

static enum layer_finding finding_of(const struct layer_check *check, const struct layer_samples *samples,
                                     size_t unseen) {
    if (check->is_suspect || layer_samples_contradict(samples)) {
        return layer_samples_doubt(samples, check->layer) ? LAYER_PARTLY : LAYER_WRONG;
    }
    return unseen > 0 ? LAYER_PARTLY : LAYER_SHOWN;
}

/*
 * Letters without ink are no letters, so the samples are chosen among the others. Where the letters cover the page too
 * often, they are no text of it.
 */
static enum lince_status image_compare(const struct layer_check *check, const struct image *image,
                                       struct layer_samples *samples, enum layer_finding *finding,
                                       struct lince_error *error) {
    size_t unseen;
    if (!layer_ink_hide(check->layer, image, &unseen)) {
        *finding = LAYER_WRONG;
        return LINCE_OK;
    }
    if (unseen > 0) {
        layer_samples_choose(check->layer, samples);
    }
    heap_use_meter(check->heap, check->recognise);
    enum lince_status status = samples_read(check, image, samples, error);
    heap_trim(check->heap);
    heap_use_meter(check->heap, &check->engine->readers);
    *finding = status == LINCE_OK ? finding_of(check, samples, unseen) : *finding;
    return status;
}

static enum lince_status page_compare(const struct layer_check *check, const struct plan *plan,
                                      struct layer_samples *samples, enum layer_finding *finding,
                                      struct lince_error *error) {
    const struct image_header *header = check->header;
    double least_px = samples->count > 0 ? LINE_HEIGHT_PX / samples->least_height_px : SCALE_WITHOUT_SAMPLES;
    double scale = fmin((double)plan->working_width_px / header->width_px, fmax(least_px, 1.0 / 16));
    struct image image = {0};
    const struct image_request request = {.width_px = (uint32_t)fmax(ceil(header->width_px * scale), 1),
                                          .height_px = (uint32_t)fmax(ceil(header->height_px * scale), 1)};
    enum lince_status status = document_decode(check->document, check->index, &request, check->decode, &image, error);
    if (status == LINCE_OK) {
        status = image_compare(check, &image, samples, finding, error);
    }
    image_free(&image);
    return status;
}

enum lince_status layer_check(const struct layer_check *check, enum layer_finding *finding, struct lince_error *error) {
    struct lince_engine *engine = check->engine;
    struct layer_samples samples;
    struct plan plan;
    *finding = check->is_suspect ? LAYER_WRONG : LAYER_SHOWN;
    layer_samples_choose(check->layer, &samples);
    memory_settle(engine);
    if (!plan_usual(check->header, engine->models_are_fast, admission_room_bytes(&engine->admission), &plan) ||
        !admission_enter(&engine->admission, plan.bytes)) {
        return LINCE_OK;
    }
    enum lince_status status = page_compare(check, &plan, &samples, finding, error);
    admission_leave(&engine->admission, plan.bytes);
    memory_image_done(engine);
    return status;
}
