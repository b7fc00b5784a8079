/* reader.c - opens and closes readers, and gives them pages of documents. */
#include "engine/reader_state.h"

#include <string.h>

#include "base/error.h"
#include "engine/reading_page.h"

/* Address space for one reader's activations; only used memory is charged. */
static const size_t WORK_RESERVE_BYTES = (size_t)2 << 30;
enum { SCRATCH_BLOCK_BYTES = 256 << 10, HELPER_BLOCK_BYTES = 64 << 10 };

struct heap *reader_heap(const struct lince_reader *reader) {
    return reader->heap;
}

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

static void leave_engine(struct lince_reader *reader) {
    struct lince_engine *engine = reader->engine;
    pthread_mutex_lock(&engine->tree_lock);
    struct reader_link **link = &engine->first_reader;
    while (*link != &reader->link) {
        link = &(*link)->next;
    }
    *link = reader->link.next;
    heap_close(reader->heap);
    reading_scratch_clear(reader);
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
        status = reading_layer_find(&work, error);
    }
    if (status == LINCE_OK) {
        /* The caller's bytes are on no meter; memory_settle counts them as growth off the meters. */
        status = reading_page_make(&work, &header, error);
    }
    if (work.layer.letters != NULL) {
        reading_scratch_clear(reader);
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
