/* reading_page.c - plans and pays for a page, and uses the text that the file brought where it shows that. */
#include "engine/reading_page.h"

#include "base/clock.h"
#include "base/error.h"
#include "engine/layer_check.h"
#include "engine/memory.h"
#include "engine/price_reading.h"
#include "engine/reading_stages.h"

enum { PAGE_BLOCK_BYTES = 16 << 10 };

/* Between two images nothing is left on the reader's own meters. */
static void work_tidy(struct reading_work *work) {
    struct lince_reader *reader = work->reader;
    image_free(&work->image);
    reading_scratch_clear(reader);
    if (!reading_keeps_pages(reader->engine)) {
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
        status = reading_stages_run(work, error);
        work_tidy(work);
        work->page->peak_bytes = reader->own.watched_peak_bytes;
    }
    return status;
}

/* Reads within the price, which has been paid. */
static enum lince_status read_paid(struct reading_work *work, uint64_t start_ns, struct lince_error *error) {
    struct lince_engine *engine = work->reader->engine;
    reading_make_room(work->reader, work->plan.bytes);
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
    uint64_t room = reading_room_bytes(work);
    if (work->options.codes == 0) {
        fits = plan_usual(header, engine->models_are_fast, room, &work->plan);
    } else {
        fits = plan_make(header, engine->models_are_fast, room, &work->plan);
        work->codes = fits ? codes_plan_make(&work->plan, room) : work->codes;
    }
    reading_letters_price(work, &work->plan);
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
        status = reading_compose(work, error);
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
    return status == LINCE_OK
               ? reading_warned(codes_warn_unsought(engine, work->header, reading_language(error), work->page), error)
               : status;
}

enum lince_status reading_page_make(struct reading_work *work, const struct image_header *header,
                                    struct lince_error *error) {
    if (work->layer_use != LAYER_ALONE) {
        return read_planned(work, header, error);
    }
    return work->options.codes == 0 ? layer_page(work, error) : layer_page_with_codes(work, error);
}

/* With letters hidden or doubted, what the rest does not cover is read. */
static enum layer_use use_after(const struct reading_work *work, enum layer_finding finding) {
    if (finding == LAYER_SHOWN) {
        return work->layer_use;
    }
    bool is_used = finding == LAYER_PARTLY && layer_judge(&work->layer, work->document->pdf_text) != LAYER_UNUSED;
    return is_used ? LAYER_BESIDE : LAYER_UNUSED;
}

/*
 * A layer that is not what the page shows is not used. One that cannot be compared is believed: its page may be one
 * that cannot be drawn.
 */
static enum lince_status layer_compare(struct reading_work *work, struct lince_error *error) {
    struct lince_reader *reader = work->reader;
    uint64_t start = clock_now_ns();
    enum layer_finding finding;
    SCOPE(&reader->own, SCOPE_READ);
    const struct layer_check check = {.engine = reader->engine,
                                      .document = work->document,
                                      .index = work->index,
                                      .header = work->header,
                                      .layer = &work->layer,
                                      .decode = &reader->decode,
                                      .recognise = &reader->recognise,
                                      .heap = reader->heap,
                                      .scratch = &reader->arena,
                                      .is_suspect = work->layer_use == LAYER_UNUSED};
    struct lince_error unsaid = LINCE_ERROR_INIT;
    unsaid.language = reading_language(error);
    enum lince_status status = layer_check(&check, &finding, &unsaid);
    work->layer_use = status == LINCE_OK ? use_after(work, finding) : work->layer_use;
    work->compared_ms = clock_since_ms(start);
    if (status == LINCE_ERROR_CANCELLED && error != NULL) {
        *error = unsaid;
    }
    return status == LINCE_ERROR_CANCELLED ? status : LINCE_OK;
}

/* Takes the layer within the room for readings, because PDFium needs as much memory for it as for drawing. */
enum lince_status reading_layer_find(struct reading_work *work, struct lince_error *error) {
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
    bool is_compared =
        document->pdf_text == LINCE_PDF_TEXT_AUTO && (work->layer_use != LAYER_UNUSED || layer_has_fonts(&work->layer));
    return status == LINCE_OK && is_compared ? layer_compare(work, error) : status;
}
