/* reading_stages.c - takes one image through all stages, within the price that was paid. */
#include "engine/reading_stages.h"

#include <math.h>

#include "base/clock.h"
#include "base/error.h"
#include "engine/legibility.h"
#include "engine/memory.h"
#include "engine/price_reading.h"
#include "text/detect/combs.h"
#include "text/detect/detail.h"
#include "text/detect/leaders.h"
#include "text/detect/overprint.h"
#include "text/order/structure.h"
#include "text/page_turn.h"

static int decode_progress(void *context, double share) {
    const struct progress *progress = context;
    return progress->function == NULL ? 0 : progress->function(progress->context, LINCE_STAGE_DECODE, share);
}

static enum lince_status decode_planned(struct reading_work *work, struct lince_error *error) {
    struct image_request request = {work->plan.working_width_px, work->plan.working_height_px, decode_progress,
                                    &work->progress};
    return document_decode(work->document, work->index, &request, &work->reader->decode, &work->image, error);
}

/* What a reduced image lacks. If it lacks nothing, the detector need not look for small print either. */
static enum lince_status detail_find(struct reading_work *work, struct lince_error *error) {
    work->detail = 1.0;
    if (fmax(work->image.scale_x, work->image.scale_y) <= 1.0) {
        return LINCE_OK;
    }
    if (detail_measure(&work->image, &work->reader->arena, &work->detail)) {
        work->plan.detect.least_letter_px = work->detail > 1.0 ? 0.0 : DETAIL_SMALL_PX;
        return LINCE_OK;
    }
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                     "the memory limit was reached while looking for small print on a page of %u x %u; raise the limit",
                     "se alcanzó el límite de memoria al buscar letra pequeña en una página de %u x %u; suba el límite",
                     work->image.width_px, work->image.height_px);
}

/* Decodes again for a larger plan, whose price is paid in place of the first one's: nobody waits who holds a price. */
static enum lince_status decode_closer(struct reading_work *work, const struct plan *closer,
                                       struct lince_error *error) {
    struct lince_engine *engine = work->reader->engine;
    double grown = (double)closer->working_width_px / work->plan.working_width_px;
    image_free(&work->image);
    admission_leave(&engine->admission, work->plan.bytes);
    work->plan = *closer;
    enum lince_status status = price_pay(engine, work->header, &work->plan, error);
    if (status != LINCE_OK) {
        work->plan.bytes = 0;
        return status;
    }
    reading_make_room(work->reader, work->plan.bytes);
    work->detail = fmax(work->detail / grown, 1.0);
    return decode_planned(work, error);
}

/* Most pages are read at the usual size. One with small print is decoded again, as large as that needs. */
static enum lince_status decode(struct reading_work *work, struct lince_error *error) {
    struct plan closer;
    enum lince_status status = decode_planned(work, error);
    if (status == LINCE_OK && work->layer_use != LAYER_ALONE) {
        status = detail_find(work, error);
    }
    if (status != LINCE_OK || work->options.codes != 0 || work->detail == 1.0) {
        return status; /* with codes, the plan was the largest at once */
    }
    bool fits = plan_closer(work->header, work->plan.models_are_fast, reading_room_bytes(work), work->detail, &closer);
    reading_letters_price(work, &closer);
    return fits && closer.working_width_px > work->plan.working_width_px ? decode_closer(work, &closer, error) : status;
}

/* Before the detector's steps, which paint over parts of the image. */
static enum lince_status find_codes(struct reading_work *work, struct lince_error *error) {
    struct lince_reader *reader = work->reader;
    const struct codes_work codes = {.engine = reader->engine,
                                     .header = work->header,
                                     .plan = &work->plan,
                                     .codes = &work->codes,
                                     .image = &work->image,
                                     .meter = &reader->codes,
                                     .scratch = &reader->arena,
                                     .progress = &work->progress};
    heap_trim(reader->heap); /* what it keeps between images is not in the price of the search */
    return codes_stage(&codes, work->page, error);
}

/* If no other reader needs a model's weights, they leave the process while the other model works. */
static void rest(const struct lince_engine *engine, struct session *model) {
    if (engine->models_take_turns) {
        session_drop_pages(model);
    }
}

static enum lince_status combs_refuse(const struct image *image, struct lince_error *error) {
    return error_set(
        error, LINCE_ERROR_MEMORY_LIMIT,
        "the memory limit was reached while looking for the cells of forms on a page of %u x %u; raise the limit",
        "se alcanzó el límite de memoria al buscar las casillas de formularios en una página de %u x %u; suba el "
        "límite",
        image->width_px, image->height_px);
}

static enum lince_status regions_find(struct reading_work *work, unsigned turn, struct lince_error *error) {
    struct lince_reader *reader = work->reader;
    if (!leaders_erase(&work->image, turn, &reader->arena)) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "the memory limit was reached while looking for leaders on a page of %u x %u; raise the limit",
                         "se alcanzó el límite de memoria al buscar puntos guía en una página de %u x %u; suba el "
                         "límite",
                         work->image.width_px, work->image.height_px);
    }
    struct comb_list combs;
    if (!combs_erase(&work->image, turn, &reader->arena, &combs)) {
        return combs_refuse(&work->image, error);
    }
    struct view view = view_of(&work->image, turn);
    enum lince_status status = detect_regions(reader->engine->detector, &view, &work->plan.detect, &work->progress,
                                              reader->heap, &reader->arena, &work->regions, error);
    if (status == LINCE_OK && !combs_join(&combs, &view, &reader->arena, &work->regions)) {
        status = combs_refuse(&work->image, error);
    }
    if (status == LINCE_OK && !stacks_find(&view, &work->regions, &reader->arena, &work->stacks)) {
        status = error_set(
            error, LINCE_ERROR_MEMORY_LIMIT,
            "the memory limit was reached while looking for letters below one another on a page of %u x %u; raise "
            "the limit",
            "se alcanzó el límite de memoria al buscar letras una debajo de otra en una página de %u x %u; suba el "
            "límite",
            work->image.width_px, work->image.height_px);
    }
    return status;
}

enum lince_language reading_language(const struct lince_error *error) {
    return error == NULL ? LINCE_ENGLISH : error->language;
}

enum lince_status reading_warned(bool done, struct lince_error *error) {
    if (done) {
        return LINCE_OK;
    }
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "the memory limit was reached at a page's warnings; raise it",
                     "se alcanzó el límite de memoria en los avisos de una página; súbalo");
}

/* A watermark or stamp is not read; the lines below it are. */
static enum lince_status overprint_take(struct reading_work *work, struct lince_error *error) {
    bool found;
    if (!overprint_erase(&work->image, &work->reader->arena, &found)) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "the memory limit was reached while looking for a watermark on a page of %u x %u; raise the "
                         "limit",
                         "se alcanzó el límite de memoria al buscar una marca de agua en una página de %u x %u; suba "
                         "el límite",
                         work->image.width_px, work->image.height_px);
    }
    return reading_warned(!found || legibility_warn_overprint(reading_language(error), work->page), error);
}

/* The detector finds level lines best, so a page on its side is detected again, turned. */
static enum lince_status detect(struct reading_work *work, struct lince_error *error) {
    struct lince_reader *reader = work->reader;
    struct lince_engine *engine = reader->engine;
    struct arena_mark mark = arena_mark(&reader->arena);
    unsigned turn = 0;
    rest(engine, engine->recogniser);
    heap_use_meter(reader->heap, &reader->detect);
    enum lince_status status = overprint_take(work, error);
    if (status == LINCE_OK) {
        status = regions_find(work, 0, error);
    }
    if (status == LINCE_OK && work->options.direction != LINCE_DIRECTION_NEVER) {
        status =
            page_turn_find(engine->direction, &work->image, &work->regions, &work->stacks, reader->heap, &turn, error);
    }
    if (status == LINCE_OK && turn != 0) {
        arena_rewind(&reader->arena, mark);
        status = regions_find(work, turn, error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    if (work->layer_use == LAYER_BESIDE) {
        layer_drop_regions(&work->layer, work->image.scale_x, work->image.scale_y, &work->regions);
    }
    return reading_warned(legibility_warn(engine, work->header, &work->plan, &work->image, work->detail, &work->regions,
                                          reading_language(error), work->page),
                          error);
}

static enum lince_status recognise(struct reading_work *work, struct lince_error *error) {
    struct lince_reader *reader = work->reader;
    struct lince_engine *engine = reader->engine;
    struct line_models models = {engine->recogniser, engine->direction, &engine->alphabet};
    struct line_readers readers = {reader->crew, reader->heap, reader->scratch, work->plan.line_columns,
                                   work->options.letters != 0 ? &work->page->letters : NULL};
    heap_trim(reader->heap);
    rest(engine, engine->detector);
    heap_use_meter(reader->heap, &reader->recognise);
    struct lince_page *page = work->page;
    enum lince_status status = lines_read(&models, &work->image, &work->regions, &work->stacks, work->options.direction,
                                          &work->progress, &readers, &page->arena, &page->lines, error);
    return status == LINCE_OK
               ? reading_warned(legibility_warn_script(&page->lines, reading_language(error), page), error)
               : status;
}

enum lince_status reading_compose(struct reading_work *work, struct lince_error *error) {
    struct lince_page *page = work->page;
    struct arrangement arrangement;
    struct arena *scratch = &work->reader->arena;
    bool has_letters = work->options.letters != 0;
    struct letter_book *letters = has_letters ? &page->letters : NULL;
    bool fits = work->layer_use == LAYER_UNUSED ||
                layer_add_lines(&work->layer, work->document->pdf_text, letters, scratch, page);
    if (fits && (!has_letters || letter_book_sort(&page->letters)) && page_arrange(page, scratch, &arrangement) &&
        page_structure(page, &arrangement, scratch) && page_join_text(page)) {
        page_round(page);
        return LINCE_OK;
    }
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                     "the memory limit was reached while ordering %zu lines; raise the limit",
                     "se alcanzó el límite de memoria al ordenar %zu líneas; suba el límite", page->lines.count);
}

static enum lince_status order(struct reading_work *work, struct lince_error *error) {
    page_to_source(work->page, &work->image);
    return reading_compose(work, error);
}

typedef enum lince_status (*stage_function)(struct reading_work *work, struct lince_error *error);

static enum lince_status stage_run(struct reading_work *work, enum scope_kind kind, stage_function stage,
                                   double *milliseconds, struct lince_error *error) {
    uint64_t start = clock_now_ns();
    SCOPE(&work->reader->own, kind);
    enum lince_status status = stage(work, error);
    *milliseconds = clock_since_ms(start);
    memory_watch(work->reader->engine);
    return status;
}

enum lince_status reading_stages_run(struct reading_work *work, struct lince_error *error) {
    struct lince_timings *timings = &work->page->timings;
    double other_ms;
    bool is_read = work->layer_use != LAYER_ALONE;
    enum lince_status status = stage_run(work, SCOPE_DECODE, decode, &timings->decode_ms, error);
    if (status == LINCE_OK && work->options.codes != 0) {
        status = stage_run(work, SCOPE_CODES, find_codes, &other_ms, error);
    }
    if (status == LINCE_OK && is_read) {
        status = stage_run(work, SCOPE_DETECT, detect, &timings->detect_ms, error);
    }
    if (status == LINCE_OK && is_read) {
        status = stage_run(work, SCOPE_RECOGNISE, recognise, &timings->recognise_ms, error);
    }
    if (status == LINCE_OK) {
        status = stage_run(work, SCOPE_ORDER, order, &other_ms, error);
    }
    return status;
}
