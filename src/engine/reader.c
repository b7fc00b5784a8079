/* reader.c - one image through all the stages, inside the price that was agreed. */
#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"
#include "base/heap.h"
#include "engine/engine.h"
#include "engine/plan.h"
#include "image/image.h"
#include "text/order.h"
#include "text/page.h"

/* Address space for one reader's activations; only what is used is ever charged. */
static const size_t WORK_RESERVE_BYTES = (size_t)2 << 30;
enum { SCRATCH_BLOCK_BYTES = 256 << 10, PAGE_BLOCK_BYTES = 16 << 10 };

struct lince_reader {
    struct lince_engine *engine;
    struct meter own, decode, network, scratch;
    struct heap *heap;
    struct arena arena; /* on `scratch`; emptied after each image */
};

enum lince_status lince_reader_open(struct lince_engine *engine, struct lince_reader **reader,
                                    struct lince_error *error) {
    struct lince_reader *opened = meter_allocate_zero(&engine->readers, 1, sizeof *opened);
    *reader = NULL;
    if (opened == NULL) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT, "no memory for a reader's own %zu bytes",
                         "no hay memoria para los %zu bytes de un lector", sizeof *opened);
    }
    opened->engine = engine;
    pthread_mutex_lock(&engine->tree_lock);
    meter_init(&opened->own, &engine->readers, "reader", METER_NO_LIMIT);
    meter_init(&opened->decode, &opened->own, "decode", METER_NO_LIMIT);
    meter_init(&opened->network, &opened->own, "network", METER_NO_LIMIT);
    meter_init(&opened->scratch, &opened->own, "scratch", METER_NO_LIMIT);
    pthread_mutex_unlock(&engine->tree_lock);
    arena_init(&opened->arena, &opened->scratch, SCRATCH_BLOCK_BYTES);
    enum lince_status status = heap_open(&opened->network, WORK_RESERVE_BYTES, &opened->heap, error);
    if (status != LINCE_OK) {
        lince_reader_close(opened);
        return status;
    }
    *reader = opened;
    return LINCE_OK;
}

void lince_reader_close(struct lince_reader *reader) {
    if (reader == NULL) {
        return;
    }
    heap_close(reader->heap);
    arena_clear(&reader->arena);
    pthread_mutex_lock(&reader->engine->tree_lock);
    meter_remove(&reader->scratch);
    meter_remove(&reader->network);
    meter_remove(&reader->decode);
    meter_remove(&reader->own);
    pthread_mutex_unlock(&reader->engine->tree_lock);
    meter_free(reader);
}

/* One reading on its way through the stages. */
struct reading_work {
    struct lince_reader *reader;
    struct lince_read_options options;
    struct progress progress;
    struct plan plan;
    struct image image;
    struct lince_page *page;
};

static int decode_progress(void *context, double share) {
    const struct progress *progress = context;
    return progress->function == NULL ? 0 : progress->function(progress->context, LINCE_STAGE_DECODE, share);
}

static enum lince_status decode(struct reading_work *work, const uint8_t *bytes, size_t count,
                                struct lince_error *error) {
    struct image_request request = {work->plan.working_width_px, work->plan.working_height_px, decode_progress,
                                    &work->progress};
    return image_decode(bytes, count, &request, &work->reader->decode, &work->image, error);
}

static enum lince_status recognise(struct reading_work *work, const struct region_list *regions,
                                   struct lince_error *error) {
    struct lince_reader *reader = work->reader;
    struct lince_engine *engine = reader->engine;
    struct line_models models = {engine->recogniser, engine->direction, &engine->alphabet};
    return lines_read(&models, &work->image, regions, work->options.direction, &work->progress, reader->heap,
                      &reader->arena, &work->page->arena, &work->page->lines, error);
}

static enum lince_status page_finish(struct reading_work *work, struct lince_error *error) {
    struct lince_page *page = work->page;
    page_to_source(page, &work->image);
    if (lines_order(page->lines.items, page->lines.count, &work->reader->arena) && page_join_text(page)) {
        return LINCE_OK;
    }
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                     "the memory limit was reached while ordering %zu lines; raise the limit",
                     "se alcanzó el límite de memoria al ordenar %zu líneas; suba el límite", page->lines.count);
}

/* The stages in the order of the data, each with its time. */
static enum lince_status stages_run(struct reading_work *work, const uint8_t *bytes, size_t count,
                                    struct lince_error *error) {
    struct lince_reader *reader = work->reader;
    struct lince_timings *timings = &work->page->timings;
    struct region_list regions;
    uint64_t start = clock_now_ns();
    enum lince_status status = decode(work, bytes, count, error);
    timings->decode_ms = clock_since_ms(start);
    if (status != LINCE_OK) {
        return status;
    }
    start = clock_now_ns();
    status = detect_regions(reader->engine->detector, &work->image, &work->plan.detect, &work->progress, reader->heap,
                            &reader->arena, &regions, error);
    timings->detect_ms = clock_since_ms(start);
    if (status != LINCE_OK) {
        return status;
    }
    start = clock_now_ns();
    status = recognise(work, &regions, error);
    timings->recognise_ms = clock_since_ms(start);
    return status == LINCE_OK ? page_finish(work, error) : status;
}

static enum lince_status read_within_plan(struct reading_work *work, const uint8_t *bytes, size_t count,
                                          struct lince_error *error) {
    struct lince_reader *reader = work->reader;
    meter_peak_restart(&reader->own);
    enum lince_status status = page_open(&reader->engine->pages, PAGE_BLOCK_BYTES, &work->page, error);
    if (status == LINCE_OK) {
        status = stages_run(work, bytes, count, error);
        image_free(&work->image);
        arena_clear(&reader->arena);
        heap_trim(reader->heap);
    }
    return status;
}

static enum lince_status refuse(const struct lince_engine *engine, const struct image_header *header,
                                const struct plan *plan, struct lince_error *error) {
    uint64_t needed = engine->limit_bytes - engine->admission.room_bytes + plan->bytes;
    error_set(error, LINCE_ERROR_MEMORY_LIMIT,
              "an image of %u x %u needs %s and the memory limit of %s leaves %s; a limit of %s would do",
              "una imagen de %u x %u necesita %s y el límite de memoria de %s deja %s; bastaría un límite de %s",
              header->width_px, header->height_px, size_for_people(plan->bytes).text,
              size_for_people(engine->limit_bytes).text, size_for_people(engine->admission.room_bytes).text,
              size_for_people(needed).text);
    if (error != NULL) {
        error->needed_bytes = needed;
    }
    return LINCE_ERROR_MEMORY_LIMIT;
}

enum lince_status lince_price_image(struct lince_engine *engine, const void *bytes, size_t bytes_count,
                                    struct lince_price *price, struct lince_error *error) {
    struct image_header header;
    struct plan plan;
    enum lince_status status = image_header_read(bytes, bytes_count, &header, error);
    if (status != LINCE_OK) {
        return status;
    }
    bool fits = plan_make(&header, engine->admission.room_bytes, &plan);
    struct plan smallest = plan;
    plan_make(&header, 0, &smallest);
    price->format = header.format;
    price->width_px = header.width_px;
    price->height_px = header.height_px;
    price->working_width_px = plan.working_width_px;
    price->working_height_px = plan.working_height_px;
    price->read_bytes = plan.bytes;
    price->smallest_limit_bytes =
        engine->limit_bytes == METER_NO_LIMIT ? 0 : engine->limit_bytes - engine->admission.room_bytes + smallest.bytes;
    return fits ? LINCE_OK : refuse(engine, &header, &plan, error);
}

enum lince_status lince_read(struct lince_reader *reader, const void *bytes, size_t bytes_count,
                             const struct lince_read_options *options, struct lince_page **page,
                             struct lince_error *error) {
    static const struct lince_read_options defaults = LINCE_READ_OPTIONS_DEFAULTS;
    struct reading_work work = {.reader = reader, .options = options == NULL ? defaults : *options};
    struct admission *admission = &reader->engine->admission;
    struct image_header header;
    uint64_t start = clock_now_ns();
    *page = NULL;
    work.progress = (struct progress){work.options.progress, work.options.progress_context};
    enum lince_status status = image_header_read(bytes, bytes_count, &header, error);
    if (status != LINCE_OK) {
        return status;
    }
    if (!plan_make(&header, admission->room_bytes, &work.plan)) {
        return refuse(reader->engine, &header, &work.plan, error);
    }
    admission_enter(admission, work.plan.bytes);
    status = read_within_plan(&work, bytes, bytes_count, error);
    admission_leave(admission, work.plan.bytes);
    if (status != LINCE_OK) {
        lince_page_free(work.page);
        return status;
    }
    work.page->timings.total_ms = clock_since_ms(start);
    work.page->peak_bytes = reader->own.peak_bytes;
    *page = work.page;
    return LINCE_OK;
}

enum lince_status lince_read_file(struct lince_reader *reader, const char *path,
                                  const struct lince_read_options *options, struct lince_page **page,
                                  struct lince_error *error) {
    struct file_bytes file;
    *page = NULL;
    enum lince_status status = file_read(path, &reader->decode, &file, error);
    if (status == LINCE_OK) {
        status = lince_read(reader, file.bytes, file.count, options, page, error);
        meter_free(file.bytes);
    }
    return status;
}
