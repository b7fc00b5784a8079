/* worker.c - loads the models, reports ready, then answers one message after another. */
#include "worker/worker.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/meter.h"
#include "base/scheduling.h"
#include "base/system.h"
#include "codes/codes.h"
#include "config/engine_settings.h"
#include "engine/document.h"
#include "engine/engine.h"
#include "fields/records.h"
#include "image/image.h"
#include "image/price.h"
#include "monitor/report.h"
#include "output/output.h"
#include "output/records/pages_record.h"
#include "output/records/record_json.h"
#include "output/writers/json_writer.h"
#include "statement/packed.h"
#include "worker/boxes.h"
#include "worker/form.h"
#include "worker/lay.h"
#include "worker/likeness.h"
#include "worker/lockdown.h"
#include "worker/unpack.h"
#include "worker/worker_protocol.h"

enum { NAMES_LIMIT = 32, WORKER_NICENESS = 5, TIMELINE_STEP_MS = 200 };

struct worker {
    struct lince_engine *engine;
    struct lince_reader *reader;
    struct lince_layouts *layouts;
    uint64_t limit_bytes;
    enum lince_pdf_text pdf_text;
    struct meter meter;
    struct buffer body; /* of the answer */
    enum lince_language language;
    uint32_t alert_count; /* reported by the engine, not yet sent with an answer */
    struct lince_memory_event alerts[WORK_ALERTS_LIMIT];
    struct history history;
    uint64_t image_count;
    uint32_t profile_period; /* one allocation in so many is counted by its site; 0: none is */
};

/* The image that came with a request, mapped while it is read. */
struct mapped {
    const void *bytes;
    size_t count;
};

static bool image_map(int descriptor, struct mapped *image) {
    *image = (struct mapped){0};
    off_t size = descriptor < 0 ? -1 : lseek(descriptor, 0, SEEK_END);
    if (size <= 0) {
        return size == 0; /* the reader reports that it is empty */
    }
    void *bytes = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (bytes == MAP_FAILED) {
        return false;
    }
    *image = (struct mapped){bytes, (size_t)size};
    return true;
}

static void image_unmap(const struct mapped *image) {
    if (image->bytes != NULL) {
        munmap((void *)(uintptr_t)image->bytes, image->count);
    }
}

static bool likeness_find(struct worker *worker, struct lince_document *document, uint32_t page_index,
                          unsigned char *likeness) {
    struct image image;
    struct image_header header;
    struct image_request request = {.width_px = LIKENESS_WIDTH_PX, .height_px = LIKENESS_HEIGHT_PX};
    if (document_header(document, page_index, &header, NULL) != LINCE_OK || header.width_px < request.width_px ||
        header.height_px < request.height_px ||
        document_decode(document, page_index, &request, &worker->meter, &image, NULL) != LINCE_OK) {
        return false;
    }
    likeness_of(&image, likeness);
    image_free(&image);
    return true;
}

/* Splits the names in "a,b" in place. */
static size_t names_split(char *list, const char *names[NAMES_LIMIT]) {
    size_t count = 0;
    for (char *rest, *name = strtok_r(list, ",", &rest); name != NULL && count < NAMES_LIMIT;
         name = strtok_r(NULL, ",", &rest)) {
        names[count++] = name;
    }
    return count;
}

static void record_write(struct worker *worker, const struct lince_record *record) {
    buffer_text(&worker->body, ",\"record\":");
    if (record != NULL) {
        struct json_writer json;
        json_begin(&json, &worker->body);
        json_object_open(&json, NULL);
        record_members(&json, record);
        json_object_close(&json);
        json_end(&json);
    }
    buffer_text(&worker->body, record != NULL ? "}" : "null}");
}

/*
 * {"page": as `lince read -f ndjson` writes it, "record": with its fields}. A failure is a page with an error. `place`
 * is the page's number.
 */
static void answer_write(struct worker *worker, const struct lince_layouts *known, struct output_item *place,
                         char *layouts, struct lince_error *error, struct work_head *answer) {
    struct lince_record *record = NULL;
    const char *names[NAMES_LIMIT];
    size_t count = names_split(layouts, names);
    if (place->page != NULL && lince_record_extract(known, place->page, names, count, &record, error) != LINCE_OK) {
        answer->status = (uint32_t)error->status;
        place->page = NULL;
    }
    place->sha256 = "";
    place->limit_bytes = worker->limit_bytes;
    place->error = error;
    place->alone = true;
    buffer_text(&worker->body, "{\"page\":");
    output_ndjson.item(place, &worker->body);
    record_write(worker, record);
    lince_record_free(record);
}

/* Opens the file that came with the request. */
static enum lince_status paper_open(struct worker *worker, const struct mapped *file, struct lince_document **document,
                                    struct lince_error *error) {
    struct lince_document_options options = LINCE_DOCUMENT_OPTIONS_DEFAULTS;
    options.pdf_text = worker->pdf_text;
    return lince_document_open(worker->engine, file->bytes, file->count, &options, document, error);
}

static void read_page(struct worker *worker, const struct mapped *file, const struct work_head *request,
                      const void *body, const char *name, char *layouts, struct work_head *answer) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_layouts *own = NULL; /* with the layout that came with the request */
    struct lince_page *page = NULL;
    struct lince_document *document = NULL;
    struct output_item place = {.name = name, .letters = request->letters != 0};
    struct lince_read_options options = LINCE_READ_OPTIONS_DEFAULTS;
    options.codes = request->codes;
    options.letters = request->letters;
    error.language = worker->language;
    answer->status =
        (uint32_t)(body == NULL ? LINCE_OK
                                : layouts_open_with(&worker->meter, "layout", body, request->body_bytes, &own, &error));
    if (answer->status == LINCE_OK) {
        answer->status = (uint32_t)paper_open(worker, file, &document, &error);
    }
    if (document != NULL) {
        answer->page_count = lince_document_page_count(document);
        answer->has_pages = lince_document_has_pages(document) != 0;
        place.page_number = answer->has_pages != 0 ? request->page_index - request->part_first + 1 : 0;
        place.page_count = request->part_count > 0 ? request->part_count : answer->page_count;
        answer->status =
            (uint32_t)lince_document_read(worker->reader, document, request->page_index, &options, &page, &error);
    }
    place.page = page;
    if (own != NULL && request->has_review != 0) {
        layouts_review_use(own, request->review);
    }
    answer_write(worker, own != NULL ? own : worker->layouts, &place, layouts, &error, answer);
    lince_layouts_close(own);
    lince_page_free(page);
    if (answer->status == LINCE_OK && request->page_index == request->part_first) {
        answer->has_likeness = likeness_find(worker, document, request->page_index, answer->likeness);
    }
    lince_document_close(document);
}

/* Writes a failure as the failure of a page. */
static void failure_write(struct worker *worker, struct lince_error *error) {
    struct output_item item = {.name = "", .sha256 = "", .error = error, .alone = true};
    buffer_clear(&worker->body);
    buffer_text(&worker->body, "{\"page\":");
    output_ndjson.item(&item, &worker->body);
    buffer_text(&worker->body, ",\"record\":null}");
}

static void record_pages(struct worker *worker, const char *pages, size_t pages_bytes, char *layouts,
                         struct work_head *answer) {
    struct lince_error error = LINCE_ERROR_INIT;
    const char *names[NAMES_LIMIT];
    error.language = worker->language;
    size_t count = names_split(layouts, names);
    struct pages_record made = {0};
    answer->status =
        (uint32_t)pages_record_make(worker->layouts, names, count, pages, pages_bytes, &worker->meter, &made, &error);
    if (answer->status != LINCE_OK) {
        failure_write(worker, &error);
    } else {
        buffer_text(&worker->body, made.record == NULL ? "{\"page\":{},\"is_stack\":true,\"record\":"
                                                       : "{\"page\":{},\"is_stack\":false,\"record\":");
        pages_record_object(&made, &worker->body);
        buffer_text(&worker->body, "}");
    }
    pages_record_free(&made);
}

/* How the first page of a part looks, whose pages were read with the file that it came in. */
static void record_likeness(struct worker *worker, int descriptor, uint32_t page_index, struct work_head *answer) {
    struct mapped file;
    struct lince_document *document = NULL;
    if (descriptor >= 0 && image_map(descriptor, &file)) {
        if (paper_open(worker, &file, &document, NULL) == LINCE_OK) {
            answer->has_likeness = likeness_find(worker, document, page_index, answer->likeness);
        }
        lince_document_close(document);
        image_unmap(&file);
    }
}

/* Draws the boxes of the body on a page, or writes the page in a form. */
static void picture_or_form(struct worker *worker, const struct mapped *file, const struct work_head *request,
                            const void *body, const char *name, const char *form, struct work_head *answer) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct lince_document *document = NULL;
    error.language = worker->language;
    enum lince_status status = LINCE_OK;
    if (file->bytes != NULL || request->kind == WORK_BOXES) {
        status = paper_open(worker, file, &document, &error);
    }
    if (status == LINCE_OK && request->kind == WORK_BOXES) {
        status = boxes_draw(document, request->page_index, body, request->body_bytes / sizeof(struct lince_box),
                            &worker->meter, &worker->body, &error);
    } else if (status == LINCE_OK) {
        const struct form_request wanted = {.form = form,
                                            .name = name,
                                            .page = body,
                                            .page_bytes = request->body_bytes,
                                            .index = request->page_index,
                                            .count = request->page_count,
                                            .part_first = request->part_first,
                                            .has_pages = request->has_pages != 0,
                                            .parts = request->parts,
                                            .document = document,
                                            .file = file->bytes,
                                            .file_bytes = file->count};
        status = form_write(&wanted, &worker->meter, &worker->body, &error);
    }
    answer->status = (uint32_t)status;
    if (status != LINCE_OK) {
        failure_write(worker, &error);
    }
    lince_document_close(document);
}

/* Packs the rows of a bank statement, CSV or XLSX. */
static void statement_pack(struct worker *worker, const struct mapped *file, const char *language,
                           struct work_head *answer) {
    const struct statement_file statement = {file->bytes, file->count};
    struct lince_error error = LINCE_ERROR_INIT;
    error.language = strcmp(language, "es") == 0 ? LINCE_SPANISH : LINCE_ENGLISH;
    enum lince_status status = packed_write(&statement, &worker->meter, &worker->body, &error);
    answer->status = (uint32_t)status;
    if (status != LINCE_OK) {
        failure_write(worker, &error);
    }
}

/* The engine calls this in the thread that reads, the only one here. Keeps the last event of each kind. */
static void on_memory_event(void *context, const struct lince_memory_event *event) {
    struct worker *worker = context;
    uint32_t place = 0;
    history_note(&worker->history, event);
    while (place < worker->alert_count && worker->alerts[place].kind != event->kind) {
        place++;
    }
    if (place < WORK_ALERTS_LIMIT) {
        worker->alerts[place] = *event;
        worker->alert_count += place == worker->alert_count;
    }
}

static void alerts_hand_over(struct worker *worker, struct work_head *answer) {
    answer->alert_count = worker->alert_count;
    memcpy(answer->alerts, worker->alerts, sizeof answer->alerts);
    worker->alert_count = 0;
}

static void answer_fill(struct worker *worker, struct work_head *answer) {
    answer->magic = WORK_MAGIC;
    answer->kind = WORK_RESULT;
    answer->resident_bytes = system_resident_bytes();
    alerts_hand_over(worker, answer);
}

static bool answer_send(struct worker *worker, struct work_head *answer) {
    answer_fill(worker, answer);
    answer->body_bytes = worker->body.refused ? 0 : worker->body.used_bytes;
    if (worker->body.refused) {
        answer->status = LINCE_ERROR_MEMORY_LIMIT;
    }
    return work_send_head(WORK_DESCRIPTOR, answer, -1, -1) &&
           work_send(WORK_DESCRIPTOR, worker->body.bytes, answer->body_bytes, -1);
}

/* Unpacks one entry while its bytes are sent, so that none is whole in memory. False when the front is gone. */
static bool unpack_answer(struct worker *worker, const struct work_head *request, int descriptor, const void *body) {
    struct work_head answer = {0};
    struct lince_error error = LINCE_ERROR_INIT;
    struct unpack_request wanted = {0};
    struct unpack unpack;
    memcpy(&wanted, body, request->body_bytes < sizeof wanted ? request->body_bytes : sizeof wanted);
    error.language = (enum lince_language)wanted.language;
    answer.status = (uint32_t)unpack_begin(&unpack, &wanted, descriptor, &worker->meter, &error);
    if (answer.status != LINCE_OK) {
        failure_write(worker, &error);
        return answer_send(worker, &answer);
    }
    answer_fill(worker, &answer);
    answer.body_bytes = unpack_body_bytes(&unpack);
    bool is_sent = work_send_head(WORK_DESCRIPTOR, &answer, -1, -1) && unpack_send(&unpack, WORK_DESCRIPTOR);
    unpack_end(&unpack);
    return is_sent;
}

/* Lays text over a PDF file while the file is sent. False when the front is gone. */
static bool lay_answer(struct worker *worker, const struct work_head *request, int descriptor, const void *body) {
    struct work_head answer = {0};
    struct lince_error error = LINCE_ERROR_INIT;
    const struct lay_request wanted = {.descriptor = descriptor,
                                       .body = body,
                                       .body_bytes = request->body_bytes,
                                       .page_count = request->page_count,
                                       .socket = WORK_DESCRIPTOR};
    bool is_gone = false;
    error.language = worker->language;
    answer.status = (uint32_t)lay_send(&wanted, &worker->meter, &answer.page_count, &is_gone, &error);
    if (answer.status != LINCE_OK) {
        failure_write(worker, &error);
    }
    return !is_gone && answer_send(worker, &answer);
}

/* Does the requested work with the file that came with the request. */
static void work_do(struct worker *worker, const struct work_head *request, int descriptor, const void *body,
                    const char *name, char *layouts, struct work_head *answer) {
    struct mapped file;
    if (request->kind == WORK_REPORT) {
        report_write_engine(worker->engine, "request", &worker->history, &worker->body);
        return;
    }
    if (request->has_review != 0) {
        layouts_review_use(worker->layouts, request->review);
    }
    if (request->kind == WORK_RECORD) {
        record_pages(worker, body, request->body_bytes, layouts, answer);
        record_likeness(worker, descriptor, request->page_index, answer);
        return;
    }
    if (descriptor < 0 && request->kind == WORK_WRITE) {
        file = (struct mapped){0}; /* the form contains no picture */
    } else if (!image_map(descriptor, &file)) {
        answer->status = LINCE_ERROR_UNREADABLE;
        return;
    }
    if (request->kind == WORK_READ) {
        read_page(worker, &file, request, body, name, layouts, answer);
        worker->image_count++;
    } else if (request->kind == WORK_STATEMENT) {
        statement_pack(worker, &file, layouts, answer);
    } else {
        picture_or_form(worker, &file, request, body, name, layouts, answer);
    }
    image_unmap(&file);
}

/* Without memory for the table nothing is counted, and reports show no sites. */
static void profile_follow(struct worker *worker, uint32_t period) {
    if (period != worker->profile_period && lince_memory_profile(worker->engine, period, NULL) == LINCE_OK) {
        worker->profile_period = period;
    }
}

/* False when the front is gone. */
static bool serve_one(struct worker *worker) {
    struct work_head request, answer = {0};
    char layouts[WORK_LAYOUTS_LIMIT] = "", name[WORK_NAME_LIMIT] = "";
    int descriptor;
    if (!work_receive_head(WORK_DESCRIPTOR, &request, &descriptor, -1)) {
        return false;
    }
    void *body = request.body_bytes == 0 ? NULL : meter_allocate(&worker->meter, request.body_bytes);
    bool is_whole =
        work_receive(WORK_DESCRIPTOR, layouts, request.layouts_bytes, -1) &&
        work_receive(WORK_DESCRIPTOR, name, request.name_bytes, -1) &&
        (request.body_bytes == 0 || (body != NULL && work_receive(WORK_DESCRIPTOR, body, request.body_bytes, -1)));
    if (is_whole) {
        profile_follow(worker, request.profile_period);
    }
    if (is_whole && request.kind == WORK_UNPACK) {
        is_whole = body != NULL && unpack_answer(worker, &request, descriptor, body);
    } else if (is_whole && request.kind == WORK_LAY) {
        is_whole = lay_answer(worker, &request, descriptor, body);
    } else if (is_whole) {
        work_do(worker, &request, descriptor, body, name, layouts, &answer);
        is_whole = answer_send(worker, &answer);
    }
    meter_free(body);
    if (descriptor >= 0) {
        close(descriptor);
    }
    buffer_free(&worker->body); /* one dense page must not keep its memory for good */
    history_look(&worker->history, lince_engine_memory_current_bytes(worker->engine), worker->image_count);
    return is_whole;
}

/*
 * Some libraries allocate outside any meter: a PDF file of 400 kB may unpack to gigabytes. The kernel refuses what is
 * beyond this worker's limit, which ends the worker instead of taking the service over its own. The margin is for
 * threads of decoders.
 */
static void memory_hold(uint64_t limit_bytes) {
    enum { MARGIN_BYTES = 24 << 20 };
    uint64_t resident_bytes = system_resident_bytes();
    if (limit_bytes > 0) {
        system_data_limit((limit_bytes > resident_bytes ? limit_bytes - resident_bytes : 0) + MARGIN_BYTES);
    }
}

static enum lince_status begin_with(struct worker *worker, const struct worker_options *options,
                                    const struct settings *settings, struct lince_error *error) {
    struct lince_engine_options engine = LINCE_ENGINE_OPTIONS_DEFAULTS;
    struct lince_runtime_options runtime;
    engine.model_directory = options->models;
    engine.memory_limit_bytes = options->memory_bytes;
    worker->limit_bytes = options->memory_bytes;
    engine.on_memory_event = on_memory_event;
    engine.memory_context = worker;
    engine_settings_apply(settings, &engine, &runtime);
    worker->pdf_text = (enum lince_pdf_text)SETTING_NUMBER(settings, pdf_text);
    enum lince_status status = lince_engine_open(&engine, &worker->engine, error);
    if (status == LINCE_OK) {
        engine_meter_add(worker->engine, &worker->meter, "worker");
        buffer_init(&worker->body, &worker->meter);
        status = lince_reader_open(worker->engine, &worker->reader, error);
    }
    if (status == LINCE_OK) {
        struct lince_layouts_options layouts = LINCE_LAYOUTS_OPTIONS_DEFAULTS;
        layouts.folder = getenv("LINCE_LAYOUTS");
        layouts.review = getenv("LINCE_REVIEW");
        layouts.learned = getenv("LINCE_LEARNED");
        status = lince_layouts_open(&layouts, &worker->layouts, error);
    }
    image_load_libraries();
    (void)codes_load(NULL); /* without the library, pages say that codes were not looked for */
    memory_hold(options->memory_bytes);
    return status == LINCE_OK ? lockdown_enter(error) : status;
}

/* The front has put the engine's settings into the environment. */
static enum lince_status begin(struct worker *worker, const struct worker_options *options, struct lince_error *error) {
    struct settings settings;
    char *const no_flags[] = {NULL};
    enum lince_status status = settings_load_engine(&settings, "serve", no_flags, error);
    if (status == LINCE_OK) {
        status = begin_with(worker, options, &settings, error);
        settings_free(&settings);
    }
    return status;
}

enum lince_status worker_run(const struct worker_options *options, struct lince_error *error) {
    struct worker worker = {.language = error->language};
    lockdown_begin(WORK_DESCRIPTOR);
    /* Answers to clients are short and run before reading. If the system refuses, nothing is lost. */
    (void)setpriority(PRIO_PROCESS, 0, WORKER_NICENESS);
    scheduling_make_patient();
    signal(SIGINT, SIG_IGN); /* a terminal's interrupt goes to the front, which lets the worker finish */
    signal(SIGTERM, SIG_IGN);
    history_init(&worker.history, TIMELINE_STEP_MS);
    enum lince_status status = begin(&worker, options, error);
    struct work_head ready = {
        .magic = WORK_MAGIC, .kind = WORK_READY, .status = (uint32_t)status, .resident_bytes = system_resident_bytes()};
    if (!work_send_head(WORK_DESCRIPTOR, &ready, -1, -1) || status != LINCE_OK) {
        return status;
    }
    while (serve_one(&worker)) {
    }
    lince_layouts_close(worker.layouts);
    lince_reader_close(worker.reader);
    engine_meter_remove(worker.engine, &worker.meter);
    lince_engine_close(worker.engine);
    return LINCE_OK;
}
