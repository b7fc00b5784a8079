/* reader.c - takes one image through all stages, within the price that was agreed. */
#include "engine/reader.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/crew.h"
#include "base/error.h"
#include "base/heap.h"
#include "engine/codes_stage.h"
#include "engine/document.h"
#include "engine/engine_state.h"
#include "engine/layer_check.h"
#include "engine/legibility.h"
#include "engine/memory.h"
#include "engine/price_reading.h"
#include "image/image.h"
#include "text/detect/combs.h"
#include "text/detect/detail.h"
#include "text/detect/leaders.h"
#include "text/detect/overprint.h"
#include "text/layer.h"
#include "text/order/structure.h"
#include "text/page.h"
#include "text/page_turn.h"

/* Address space for one reader's activations; only used memory is charged. */
static const size_t WORK_RESERVE_BYTES = (size_t)2 << 30;
enum { SCRATCH_BLOCK_BYTES = 256 << 10, HELPER_BLOCK_BYTES = 64 << 10, PAGE_BLOCK_BYTES = 16 << 10 };

struct lince_reader {
    struct reader_link link;
    struct lince_engine *engine;
    struct meter own, decode, codes, detect, recognise, layout;
    struct heap *heap;  /* on the meter of the current stage */
    struct arena arena; /* on `layout`; emptied after each image */
    struct crew *crew;  /* this thread and those that read lines beside it */
    /* One for each member of the crew: `arena`, then those of the helpers, which are emptied after each image too. */
    struct arena **scratch;
    struct arena *helper_arenas;
};

struct heap *reader_heap(const struct lince_reader *reader) {
    return reader->heap;
}

/* ---- life --------------------------------------------------------------------------------------------- */

static void join_engine(struct lince_reader *reader) {
    struct lince_engine *engine = reader->engine;
    pthread_mutex_lock(&engine->tree_lock);
    meter_init(&reader->own, &engine->readers, "reader", METER_NO_LIMIT);
    meter_init(&reader->layout, &reader->own, "layout", METER_NO_LIMIT);
    meter_init(&reader->recognise, &reader->own, "recognise", METER_NO_LIMIT);
    meter_init(&reader->detect, &reader->own, "detect", METER_NO_LIMIT);
    meter_init(&reader->codes, &reader->own, "codes", METER_NO_LIMIT);
    meter_init(&reader->decode, &reader->own, "decode", METER_NO_LIMIT);
    reader->link = (struct reader_link){engine->first_reader, reader->heap};
    engine->first_reader = &reader->link;
    pthread_mutex_unlock(&engine->tree_lock);
}

static void scratch_clear(struct lince_reader *reader) {
    for (uint32_t i = 0; i < crew_member_count(reader->crew); i++) {
        arena_clear(reader->scratch[i]);
    }
}

static void leave_engine(struct lince_reader *reader) {
    struct lince_engine *engine = reader->engine;
    pthread_mutex_lock(&engine->tree_lock);
    struct reader_link **link = &engine->first_reader;
    while (*link != &reader->link) {
        link = &(*link)->next;
    }
    *link = reader->link.next;
    heap_close(reader->heap);
    scratch_clear(reader);
    meter_remove(&reader->decode);
    meter_remove(&reader->codes);
    meter_remove(&reader->detect);
    meter_remove(&reader->recognise);
    meter_remove(&reader->layout);
    meter_remove(&reader->own);
    pthread_mutex_unlock(&engine->tree_lock);
}

/* After a failure here parts_free frees what was opened. */
static enum lince_status parts_open(struct lince_reader *reader, struct lince_error *error) {
    struct meter *meter = &reader->engine->readers;
    /* The handle is on the meter of all readers, because the reader's own are empty between two images. */
    enum lince_status status = heap_open(meter, WORK_RESERVE_BYTES, &reader->heap, error);
    if (status == LINCE_OK) {
        status = crew_open(meter, reader->engine->threads_per_image, &reader->crew, error);
    }
    if (status != LINCE_OK) {
        return status;
    }
    uint32_t count = crew_member_count(reader->crew);
    reader->scratch = meter_new_array(meter, count, struct arena *);
    reader->helper_arenas = meter_new_array(meter, count - 1, struct arena);
    if (reader->scratch == NULL || reader->helper_arenas == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for the %u threads of a reader",
                         "no hay memoria para los %u hilos de un lector", count);
    }
    arena_init(&reader->arena, &reader->layout, SCRATCH_BLOCK_BYTES);
    reader->scratch[0] = &reader->arena;
    for (uint32_t i = 1; i < count; i++) {
        arena_init(&reader->helper_arenas[i - 1], &reader->layout, HELPER_BLOCK_BYTES);
        reader->scratch[i] = &reader->helper_arenas[i - 1];
    }
    return LINCE_OK;
}

static void parts_free(struct lince_reader *reader) {
    meter_free(reader->scratch);
    meter_free(reader->helper_arenas);
    crew_close(reader->crew);
    meter_free(reader);
}

enum lince_status lince_reader_open(struct lince_engine *engine, struct lince_reader **reader,
                                    struct lince_error *error) {
    struct lince_reader *opened = meter_new(&engine->readers, struct lince_reader);
    *reader = NULL;
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a reader's own %zu bytes",
                         "no hay memoria para los %zu bytes de un lector", sizeof *opened);
    }
    opened->engine = engine;
    enum lince_status status = parts_open(opened, error);
    if (status != LINCE_OK) {
        heap_close(opened->heap);
        parts_free(opened);
        return status;
    }
    if (engine->runtime_options.arena_doubles != 0) {
        heap_grow_by_doubling(opened->heap);
    }
    join_engine(opened);
    *reader = opened;
    return LINCE_OK;
}

void lince_reader_close(struct lince_reader *reader) {
    if (reader != NULL) {
        leave_engine(reader);
        parts_free(reader);
    }
}

/* ---- stages ------------------------------------------------------------------------------------------- */

/* One reading on its way through the stages. */
struct reading_work {
    struct lince_reader *reader;
    struct lince_read_options options;
    struct progress progress;
    struct lince_document *document;
    uint32_t index; /* of the page */
    const struct image_header *header;
    struct plan plan;
    struct codes_plan codes;
    struct image image;
    double detail; /* how many times as long the sides of the image should be for its small print: 1: enough */
    struct region_list regions;
    struct lince_page *page;
    struct page_layer layer; /* in the reader's arena */
    enum layer_use layer_use;
    double compared_ms; /* that its comparison with the picture took */
};

/*
 * Under a limit that several readers share, memory that one keeps would be missing from another's price. A single
 * reader returns it before an image that would not fit beside it.
 */
static bool keeps_pages(const struct lince_engine *engine) {
    bool is_limited = engine->memory.limit_bytes != METER_NO_LIMIT;
    return engine->runtime_options.memory_arena != 0 && (!is_limited || engine->models_take_turns);
}

static void pages_make_room(struct lince_reader *reader, uint64_t price_bytes) {
    const struct meter *process = &reader->engine->process;
    if (keeps_pages(reader->engine) && process->limit_bytes != METER_NO_LIMIT &&
        process->current_bytes + price_bytes > process->limit_bytes) {
        heap_trim(reader->heap);
    }
}

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
    pages_make_room(work->reader, work->plan.bytes);
    work->detail = fmax(work->detail / grown, 1.0);
    return decode_planned(work, error);
}

/* The room for a reading, without what its letters take. */
static uint64_t room_of(const struct reading_work *work) {
    uint64_t room = admission_room_bytes(&work->reader->engine->admission);
    uint64_t letters = work->options.letters != 0 ? WORD_LETTERS_BYTES : 0;
    return room == UINT64_MAX ? room : room > letters ? room - letters : 0;
}

static void letters_price(const struct reading_work *work, struct plan *plan) {
    uint64_t letters = work->options.letters != 0 ? WORD_LETTERS_BYTES : 0;
    plan->page_bytes += letters;
    plan->bytes += letters;
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
    bool fits = plan_closer(work->header, work->plan.models_are_fast, room_of(work), work->detail, &closer);
    letters_price(work, &closer);
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
    return status;
}

static enum lince_language language_of(const struct lince_error *error) {
    return error == NULL ? LINCE_ENGLISH : error->language;
}

/* The status after adding warnings to the page. */
static enum lince_status warned(bool done, struct lince_error *error) {
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
    return warned(!found || legibility_warn_overprint(language_of(error), work->page), error);
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
        status = page_turn_find(engine->direction, &work->image, &work->regions, reader->heap, &turn, error);
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
    return warned(legibility_warn(engine, work->header, &work->plan, &work->image, work->detail, &work->regions,
                                  language_of(error), work->page),
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
    enum lince_status status = lines_read(&models, &work->image, &work->regions, work->options.direction,
                                          &work->progress, &readers, &page->arena, &page->lines, error);
    return status == LINCE_OK ? warned(legibility_warn_script(&page->lines, language_of(error), page), error) : status;
}

/* Puts the page's lines, which are in source pixels, in order, together with those of its layer. */
static enum lince_status page_compose(struct reading_work *work, struct lince_error *error) {
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
    return page_compose(work, error);
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

/* The stages in the order of the data, each with its time and memory. */
static enum lince_status stages_run(struct reading_work *work, struct lince_error *error) {
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

/* Between two images nothing is left on the reader's own meters. */
static void work_tidy(struct reading_work *work) {
    struct lince_reader *reader = work->reader;
    image_free(&work->image);
    scratch_clear(reader);
    if (!keeps_pages(reader->engine)) {
        heap_trim(reader->heap);
    }
    if (reader->engine->runtime_options.parallel != 0) {
        heap_trim(reader->engine->weights); /* from which the runtime's own threads allocate */
    }
    heap_use_meter(reader->heap, &reader->engine->readers);
}

static enum lince_status read_within_plan(struct reading_work *work, struct lince_error *error) {
    struct lince_reader *reader = work->reader;
    SCOPE(&reader->own, SCOPE_READ);
    enum lince_status status = page_open(&reader->engine->pages, PAGE_BLOCK_BYTES, &work->page, error);
    if (status == LINCE_OK) {
        letter_book_open(&work->page->letters, &work->page->arena);
        status = stages_run(work, error);
        work_tidy(work);
        work->page->peak_bytes = reader->own.watched_peak_bytes;
    }
    return status;
}

/* ---- reading ------------------------------------------------------------------------------------------ */

/* Reads within the price, which has been paid. */
static enum lince_status read_paid(struct reading_work *work, uint64_t start_ns, struct lince_error *error) {
    struct lince_engine *engine = work->reader->engine;
    pages_make_room(work->reader, work->plan.bytes);
    enum lince_status status = read_within_plan(work, error);
    admission_leave(&engine->admission, work->plan.bytes);
    memory_image_done(engine);
    if (status == LINCE_ERROR_MEMORY_LIMIT) {
        memory_refused(engine, 0);
    }
    if (status == LINCE_OK) {
        work->page->timings.total_ms = clock_since_ms(start_ns);
    }
    return status;
}

/* The usual size, or where codes are sought the largest that fits, since their bars may be thin. */
static bool plan_fits(struct reading_work *work, const struct image_header *header) {
    struct lince_engine *engine = work->reader->engine;
    bool fits;
    memory_settle(engine);
    uint64_t room = room_of(work);
    if (work->options.codes == 0) {
        fits = plan_usual(header, engine->models_are_fast, room, &work->plan);
    } else {
        fits = plan_make(header, engine->models_are_fast, room, &work->plan);
        work->codes = fits ? codes_plan_make(&work->plan, room) : work->codes;
    }
    letters_price(work, &work->plan);
    return fits;
}

/* Plans, waits and reads. */
static enum lince_status read_planned(struct reading_work *work, const struct image_header *header,
                                      struct lince_error *error) {
    struct lince_engine *engine = work->reader->engine;
    uint64_t start = clock_now_ns();
    work->header = header;
    if (!plan_fits(work, header)) {
        return price_refuse(engine, header, &work->plan, error);
    }
    enum lince_status status = price_pay(engine, header, &work->plan, error);
    return status == LINCE_OK ? read_paid(work, start, error) : status;
}

/* ---- the file's own text ------------------------------------------------------------------------------ */

/* Makes a page of its layer alone: nothing is drawn. */
static enum lince_status layer_page(struct reading_work *work, struct lince_error *error) {
    struct lince_reader *reader = work->reader;
    uint64_t start = clock_now_ns();
    SCOPE(&reader->own, SCOPE_READ);
    enum lince_status status = page_open(&reader->engine->pages, PAGE_BLOCK_BYTES, &work->page, error);
    if (status == LINCE_OK) {
        letter_book_open(&work->page->letters, &work->page->arena);
        work->page->width_px = work->header->width_px;
        work->page->height_px = work->header->height_px;
        status = page_compose(work, error);
        work->page->peak_bytes = reader->own.watched_peak_bytes;
        work->page->timings.total_ms = clock_since_ms(start);
    }
    return status;
}

/* A page whose text the file brought is drawn only for its codes, if there is room. */
static enum lince_status layer_page_with_codes(struct reading_work *work, struct lince_error *error) {
    struct lince_engine *engine = work->reader->engine;
    uint64_t start = clock_now_ns();
    if (plan_fits(work, work->header) && admission_enter(&engine->admission, work->plan.bytes)) {
        return read_paid(work, start, error);
    }
    enum lince_status status = layer_page(work, error);
    return status == LINCE_OK ? warned(codes_warn_unsought(engine, work->header, language_of(error), work->page), error)
                              : status;
}

/* What is done for a page depends on who knows its text. */
static enum lince_status page_make(struct reading_work *work, const struct image_header *header,
                                   struct lince_error *error) {
    if (work->layer_use != LAYER_ALONE) {
        return read_planned(work, header, error);
    }
    return work->options.codes == 0 ? layer_page(work, error) : layer_page_with_codes(work, error);
}

/*
 * A layer that is not what the page shows is not used. One that cannot be compared is believed: its page may be one
 * that cannot be drawn.
 */
static enum lince_status layer_compare(struct reading_work *work, struct lince_error *error) {
    struct lince_reader *reader = work->reader;
    uint64_t start = clock_now_ns();
    bool is_wrong;
    SCOPE(&reader->own, SCOPE_READ);
    const struct layer_check check = {.engine = reader->engine,
                                      .document = work->document,
                                      .index = work->index,
                                      .header = work->header,
                                      .layer = &work->layer,
                                      .decode = &reader->decode,
                                      .recognise = &reader->recognise,
                                      .heap = reader->heap,
                                      .scratch = &reader->arena};
    struct lince_error unsaid = LINCE_ERROR_INIT;
    unsaid.language = language_of(error);
    enum lince_status status = layer_check(&check, &is_wrong, &unsaid);
    work->layer_use = status == LINCE_OK && is_wrong ? LAYER_UNUSED : work->layer_use;
    work->compared_ms = clock_since_ms(start);
    if (status == LINCE_ERROR_CANCELLED && error != NULL) {
        *error = unsaid;
    }
    return status == LINCE_ERROR_CANCELLED ? status : LINCE_OK;
}

/* Takes the layer within the room for readings, because PDFium needs as much memory for it as for drawing. */
static enum lince_status layer_find(struct reading_work *work, struct lince_error *error) {
    struct lince_engine *engine = work->reader->engine;
    struct lince_document *document = work->document;
    uint64_t bytes = work->header->library_bytes;
    if (!document_may_have_layer(document)) {
        return LINCE_OK;
    }
    memory_settle(engine);
    if (!admission_enter(&engine->admission, bytes)) {
        return LINCE_OK; /* reading it will be priced, and refused if it must be */
    }
    enum lince_status status =
        document_layer(document, work->index, work->header, &work->reader->arena, &work->layer, error);
    work->layer_use = layer_judge(&work->layer, document->pdf_text);
    admission_leave(&engine->admission, bytes);
    bool is_doubtful = work->layer_use != LAYER_UNUSED && document->pdf_text == LINCE_PDF_TEXT_AUTO;
    return status == LINCE_OK && is_doubtful && layer_check_is_due(&work->layer, work->index)
               ? layer_compare(work, error)
               : status;
}

static struct reading_work work_of(struct lince_reader *reader, const struct lince_read_options *given) {
    struct reading_work work = {.reader = reader, .options = LINCE_READ_OPTIONS_DEFAULTS};
    if (given != NULL) {
        size_t size = given->size < sizeof work.options ? given->size : sizeof work.options;
        memcpy(&work.options, given, size);
    }
    work.progress = (struct progress){work.options.progress, work.options.progress_context};
    return work;
}

static enum lince_status finish(struct reading_work *work, enum lince_status status, struct lince_page **page) {
    if (status == LINCE_OK) {
        *page = work->page;
    } else {
        lince_page_free(work->page);
    }
    return status;
}

enum lince_status lince_document_read(struct lince_reader *reader, struct lince_document *document, uint32_t index,
                                      const struct lince_read_options *options, struct lince_page **page,
                                      struct lince_error *error) {
    struct reading_work work = work_of(reader, options);
    struct image_header header = {0};
    *page = NULL;
    work.document = document;
    work.index = index;
    enum lince_status status = document_header(document, index, &header, error);
    work.header = &header;
    if (status == LINCE_OK) {
        status = layer_find(&work, error);
    }
    if (status == LINCE_OK) {
        /* The caller's bytes are on no meter; memory_settle counts them as growth off the meters. */
        status = page_make(&work, &header, error);
    }
    if (work.layer.letters != NULL) {
        scratch_clear(reader);
    }
    if (status == LINCE_OK) {
        work.page->timings.total_ms += work.compared_ms;
        work.page->number = index + 1;
        work.page->count = lince_document_page_count(document);
    }
    return finish(&work, status, page);
}

enum lince_status lince_read(struct lince_reader *reader, const void *bytes, size_t bytes_count,
                             const struct lince_read_options *options, struct lince_page **page,
                             struct lince_error *error) {
    struct lince_document document;
    *page = NULL;
    enum lince_status status =
        document_begin(&document, reader->engine, bytes, bytes_count, NULL, &reader->decode, error);
    if (status == LINCE_OK) {
        status = lince_document_read(reader, &document, 0, options, page, error);
        document_end(&document);
    }
    return status;
}

enum lince_status lince_read_file(struct lince_reader *reader, const char *path,
                                  const struct lince_read_options *options, struct lince_page **page,
                                  struct lince_error *error) {
    struct lince_document document;
    *page = NULL;
    enum lince_status status = document_begin_file(&document, reader->engine, path, NULL, &reader->decode, error);
    if (status == LINCE_OK) {
        status = lince_document_read(reader, &document, 0, options, page, error);
        document_end(&document);
    }
    return status;
}
