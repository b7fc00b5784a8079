/*
 * slot_job.c - a job from the queue: its file is read page by page, and each page is stored as it comes, so that after
 * a crash the job continues after the last one.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/json_memory.h"
#include "fields/pages/end_pages.h"
#include "fields/result/review_reason.h"
#include "serve/pool/reading.h"
#include "serve/pool/slot.h"
#include "serve/pool/split.h"

enum {
    SHEDS_LIMIT = 3,  /* beyond this, being ended for memory counts as a crash; otherwise it could repeat for ever */
    FAILED_TOLD = 20, /* failed pages that are named among the reasons for review */
};

/* Waits before asking the store again; false when the service stops. */
static bool store_wait(struct slot *slot, const struct job *job, const char *event, int64_t *pause_ms,
                       const struct lince_error *error) {
    struct dispatcher *dispatcher = slot->dispatcher;
    service_log("error", event, "document", job->id, "reason", error->message, NULL);
    pthread_mutex_lock(&dispatcher->lock);
    bool goes_on = !dispatcher->is_stopping;
    if (goes_on) {
        dispatcher_wait_ms(dispatcher, *pause_ms);
    }
    pthread_mutex_unlock(&dispatcher->lock);
    *pause_ms = *pause_ms < 2500 ? *pause_ms * 2 : 5000;
    return goes_on;
}

/* Keeps the result until the store takes it: a full disk delays it but does not lose it. */
static void result_store(struct slot *slot, const struct job *job, const struct job_result *result) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct service *service = slot->dispatcher->service;
    int64_t pause_ms = 200;
    while (store_job_end(service->store, job, result, &error) != LINCE_OK) {
        if (!store_wait(slot, job, "result_not_stored", &pause_ms, &error)) {
            return; /* its lease ends with this run; the next run reads it again */
        }
    }
    service->metrics.documents_done += result->status == DOCUMENT_DONE;
    service->metrics.documents_failed += result->status == DOCUMENT_FAILED;
    service->metrics.documents_poisoned += result->status == DOCUMENT_POISONED;
}

static void job_return(struct slot *slot, const struct job *job, bool is_kill) {
    struct lince_error error = LINCE_ERROR_INIT;
    int64_t pause_ms = 200;
    while (store_job_return(slot->dispatcher->service->store, job, is_kill, &error) != LINCE_OK) {
        if (!store_wait(slot, job, "job_not_returned", &pause_ms, &error)) {
            return;
        }
    }
}

static struct job_result memory_failed(void) {
    return (struct job_result){.status = DOCUMENT_FAILED,
                               .error_code = "memory_limit",
                               .error_message =
                                   in_language(LINCE_ENGLISH, "the result did not fit in the memory limit; raise it",
                                               "el resultado no cupo en el límite de memoria; súbalo")};
}

static void job_answered(struct slot *slot, const struct job *job, const struct work_head *answer,
                         struct arena *arena) {
    struct reading reading;
    struct job_result broken = {.status = DOCUMENT_FAILED,
                                .error_code = "runtime",
                                .error_message = in_language(LINCE_ENGLISH, "the worker's answer could not be used",
                                                             "no se pudo usar la respuesta del trabajador")};
    (void)json_memory_was_refused(); /* from an earlier answer */
    bool is_whole = reading_parse(slot->body.bytes, slot->body.used_bytes, answer->status == LINCE_OK, arena, &reading);
    if (is_whole && answer->has_likeness) {
        reading.result.likeness = answer->likeness;
    }
    reading.result.page_count = answer->page_count;
    if (!is_whole && (answer->status == LINCE_ERROR_MEMORY_LIMIT || json_memory_was_refused())) {
        broken = memory_failed();
    }
    result_store(slot, job, is_whole ? &reading.result : &broken);
    reading_free(&reading);
}

/* Whether the lost worker was ended because of its memory. True only once for each such worker. */
static bool was_shed(struct slot *slot) {
    pthread_mutex_lock(&slot->dispatcher->lock);
    bool shed = slot->is_shed;
    slot->is_shed = false;
    pthread_mutex_unlock(&slot->dispatcher->lock);
    return shed;
}

/* Returns the job, to be tried again. False if two workers were lost over this page. */
static bool job_lost(struct slot *slot, const struct job *job, bool is_late) {
    bool is_kill = !was_shed(slot) || job->attempts > SHEDS_LIMIT;
    service_log("error", is_late ? "worker_timed_out" : "worker_died", "document", job->id, NULL);
    if (!is_kill || job->kills + 1 < KILLS_LIMIT) {
        job_return(slot, job, is_kill);
        return true;
    }
    return false;
}

static const char *lost_code(bool is_late) {
    return is_late ? "timeout" : "crash";
}

static const char *lost_message(bool is_late) {
    return is_late ? in_language(LINCE_ENGLISH, "reading it took longer than the timeout, twice",
                                 "leerlo pasó del tiempo límite dos veces")
                   : in_language(LINCE_ENGLISH, "two workers died reading it", "dos trabajadores murieron al leerlo");
}

static void job_poisoned(struct slot *slot, const struct job *job, bool is_late) {
    struct job_result result = {
        .status = DOCUMENT_POISONED, .error_code = lost_code(is_late), .error_message = lost_message(is_late)};
    result_store(slot, job, &result);
}

/* ---- several pages ------------------------------------------------------------------------------------ */

/* Stores the page, however long the store takes. False if the document is gone, or the service stops. */
static bool page_store(struct slot *slot, struct job *job, const struct job_page *page) {
    struct lince_error error = LINCE_ERROR_INIT;
    int64_t pause_ms = 200;
    bool goes_on = false;
    while (store_job_page(slot->dispatcher->service->store, job, page, &goes_on, &error) != LINCE_OK) {
        if (!store_wait(slot, job, "page_not_stored", &pause_ms, &error)) {
            return false;
        }
    }
    job->kills = 0;
    job->page_count = page->page_count;
    job->pages_read = page->number;
    return goes_on;
}

static bool page_failed(struct slot *slot, struct job *job, const char *code, const char *message) {
    char text[512];
    snprintf(text, sizeof text, "{\"page\":%lld,\"pages\":%lld,\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}",
             (long long)job->pages_read + 1, (long long)job->page_count, code, message);
    const struct job_page page = {job->pages_read + 1, job->page_count, text, false, NULL};
    return page_store(slot, job, &page);
}

static bool page_answered(struct slot *slot, struct job *job, const struct work_head *answer, struct arena *arena) {
    struct arena_mark mark = arena_mark(arena);
    const char *text;
    (void)json_memory_was_refused();
    bool is_read = answer->status == LINCE_OK, goes_on;
    job->page_count = answer->page_count;
    if (reading_page(slot->body.bytes, slot->body.used_bytes, arena, &text)) {
        const struct job_page page = {job->pages_read + 1, job->page_count, text, is_read,
                                      answer->has_likeness != 0 ? answer->likeness : NULL};
        goes_on = page_store(slot, job, &page);
    } else if (answer->status == LINCE_ERROR_MEMORY_LIMIT || json_memory_was_refused()) {
        goes_on = page_failed(slot, job, "memory_limit", "the page did not fit in the memory limit; raise it");
    } else {
        goes_on = page_failed(slot, job, "runtime",
                              in_language(LINCE_ENGLISH, "the worker's answer could not be used",
                                          "no se pudo usar la respuesta del trabajador"));
    }
    arena_rewind(arena, mark);
    return goes_on;
}

/* The pages that are kept for the fields, however long the store takes. False without memory, or if the service stops.
 */
static bool pages_have(struct slot *slot, const struct job *job, struct arena *arena, struct job_pages *pages) {
    static const struct job_pages_limits limits = {RECORD_FIRST_PAGES_MOST, RECORD_LAST_PAGES_MOST, RECORD_PAGES_BYTES};
    struct lince_error error = LINCE_ERROR_INIT;
    struct store *store = slot->dispatcher->service->store;
    enum lince_status status;
    int64_t pause_ms = 200;
    while ((status = store_job_pages(store, job, &limits, arena, pages, &error)) != LINCE_OK &&
           status != LINCE_ERROR_MEMORY_LIMIT && store_wait(slot, job, "pages_not_loaded", &pause_ms, &error)) {
    }
    return status == LINCE_OK;
}

/* These pages as a JSON array, as pages_record.h takes it; NULL without memory, or if the service stops. */
static const char *pages_join(struct slot *slot, const struct job *job, struct arena *arena) {
    struct job_pages pages;
    if (!pages_have(slot, job, arena, &pages)) {
        return NULL;
    }
    size_t count = pages.first_count + pages.last_count;
    char *joined = arena_allocate(arena, pages.bytes + count + strlen("[null,]") + 1), *end = joined;
    if (joined == NULL) {
        return NULL;
    }
    *end++ = '[';
    for (size_t i = 0; i < count; i++) {
        bool is_gap = i == pages.first_count && count < (size_t)job->page_count;
        end = stpcpy(stpcpy(end, is_gap ? "null," : ""), pages.texts[i]);
        *end++ = ',';
    }
    end -= count > 0;
    *end++ = ']';
    *end = '\0';
    return joined;
}

/* "unread_page:3 unread_page:7 " before the other reasons; NULL without memory. */
static const char *review_of(const struct job_result *result, const int64_t *failed, size_t failed_count,
                             struct arena *arena) {
    const char *others = result->review == NULL ? "" : result->review;
    size_t bytes = strlen(others) + 1 + FAILED_TOLD * 40, used = 0;
    char *review = arena_allocate(arena, bytes);
    for (size_t i = 0; review != NULL && i < failed_count && i < FAILED_TOLD; i++) {
        used += (size_t)snprintf(review + used, bytes - used, "%s:%lld ", review_reason_name(REASON_UNREAD_PAGE),
                                 (long long)failed[i]);
    }
    if (review != NULL) {
        snprintf(review + used, bytes - used, "%s", others);
    }
    return review;
}

/* The result of a document without a readable page: the failure of the first one. */
static void all_failed(struct slot *slot, const struct job *job, struct arena *arena, struct job_result *result) {
    static const struct job_pages_limits first = {1, 0, SIZE_MAX};
    struct job_pages pages;
    *result = (struct job_result){.status = DOCUMENT_FAILED,
                                  .error_code = "damaged",
                                  .error_message = in_language(LINCE_ENGLISH, "none of its pages could be read",
                                                               "no se pudo leer ninguna de sus páginas")};
    if (store_job_pages(slot->dispatcher->service->store, job, &first, arena, &pages, NULL) == LINCE_OK &&
        pages.first_count == 1) {
        (void)reading_error(pages.texts[0], arena, result);
    }
}

/* The pages that could not be read, however long the store takes. */
static enum lince_status failed_find(struct slot *slot, const struct job *job, struct arena *arena, int64_t **failed,
                                     size_t *count) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct store *store = slot->dispatcher->service->store;
    enum lince_status status;
    int64_t pause_ms = 200;
    while ((status = store_job_pages_failed(store, job, arena, failed, count, &error)) != LINCE_OK &&
           status != LINCE_ERROR_MEMORY_LIMIT && store_wait(slot, job, "pages_not_loaded", &pause_ms, &error)) {
    }
    return status;
}

/* All pages are stored: ends the document with the fields of `reading`. */
static void document_end(struct slot *slot, const struct job *job, struct reading *reading, struct arena *arena) {
    int64_t *failed;
    size_t failed_count = 0;
    struct job_result *result = &reading->result;
    enum lince_status status = failed_find(slot, job, arena, &failed, &failed_count);
    if (status != LINCE_OK && dispatcher_is_stopping(slot->dispatcher)) {
        job_return(slot, job, false);
        return;
    }
    if (status == LINCE_OK) {
        result->review = review_of(result, failed, failed_count, arena);
    }
    if (status != LINCE_OK || result->review == NULL) {
        *result = memory_failed();
    } else if (failed_count == (size_t)job->page_count) {
        all_failed(slot, job, arena, result);
    }
    result->page_count = job->page_count;
    result_store(slot, job, result);
}

/* The parts of the file that was read, however long the store takes. False without memory, or if the service stops. */
static bool parts_find(struct slot *slot, const struct job *job, struct arena *arena, struct job_result *result) {
    struct lince_error error = LINCE_ERROR_INIT;
    struct store *store = slot->dispatcher->service->store;
    struct page_codes *pages;
    struct document_part *parts;
    size_t count;
    enum lince_status status;
    int64_t pause_ms = 200;
    while ((status = store_job_codes(store, job, arena, &pages, &count, &error)) != LINCE_OK &&
           status != LINCE_ERROR_MEMORY_LIMIT && store_wait(slot, job, "codes_not_loaded", &pause_ms, &error)) {
    }
    bool is_found = status == LINCE_OK && split_find(job, pages, count, arena, &parts, &result->part_count);
    result->parts = is_found ? parts : NULL;
    return is_found;
}

/* Ends the job of a file that is split: its fields are those of its parts. True if it is not split. */
static bool is_one_document(struct slot *slot, const struct job *job, struct arena *arena) {
    struct reading reading = {.result = {.status = DOCUMENT_DONE, .review = "", .has_pages = true}};
    if (job->is_part || job->split_on[0] == '\0') {
        return true;
    }
    if (parts_find(slot, job, arena, &reading.result)) {
        if (reading.result.part_count == 0) {
            return true;
        }
    } else if (dispatcher_is_stopping(slot->dispatcher)) {
        job_return(slot, job, false);
        return false;
    } else {
        reading.result = memory_failed();
    }
    document_end(slot, job, &reading, arena);
    return false;
}

/* Extracts the fields over the pages, and ends the job. Of a part, whose pages came with it, also finds how it looks.
 */
static void fields_do(struct slot *slot, struct job *job, int descriptor, struct arena *arena) {
    char review[32];
    const char *pages = pages_join(slot, job, arena);
    if (pages == NULL && dispatcher_is_stopping(slot->dispatcher)) {
        job_return(slot, job, false);
        return;
    }
    struct work_head answer = {.status = LINCE_ERROR_MEMORY_LIMIT};
    struct reading reading = {.result = {.status = DOCUMENT_DONE, .review = "", .has_pages = true}};
    if (pages != NULL) {
        struct worker_question question = {
            .head = {.kind = WORK_RECORD, .page_index = (uint32_t)job->first_page - 1, .body_bytes = strlen(pages)},
            .layouts = job->layouts,
            .name = "",
            .sent = pages,
            .descriptor = job->is_part ? descriptor : -1,
            .output = -1};
        enum worker_outcome outcome = slot_ask(slot, &question, &answer, &slot->body);
        if (outcome != WORKER_ANSWERED) {
            if (!job_lost(slot, job, outcome == WORKER_TIMED_OUT)) {
                job_poisoned(slot, job, outcome == WORKER_TIMED_OUT);
            }
            return;
        }
    }
    if (answer.status != LINCE_OK || !reading_record(slot->body.bytes, slot->body.used_bytes, arena, &reading)) {
        /* The pages were read; a person must look for their fields. */
        snprintf(review, sizeof review, "%s:fields", review_reason_name(REASON_MISSING));
        reading.result = (struct job_result){.status = DOCUMENT_DONE, .review = review, .has_pages = true};
    }
    reading.result.likeness = answer.has_likeness ? answer.likeness : NULL;
    document_end(slot, job, &reading, arena);
    reading_free(&reading);
}

/* ---- a job -------------------------------------------------------------------------------------------- */

static void job_refuse(struct slot *slot, const struct job *job, uint64_t page_count) {
    char message[160];
    struct job_result result = {.status = DOCUMENT_FAILED, .error_code = "too_large", .error_message = message};
    snprintf(message, sizeof message,
             in_language(LINCE_ENGLISH, "the document has %llu pages; at most %llu are read (max-pages)",
                         "el documento tiene %llu páginas; se leen como mucho %llu (max-pages)"),
             (unsigned long long)page_count,
             (unsigned long long)SETTING_NUMBER(&slot->dispatcher->service->settings, max_pages));
    result.page_count = (int64_t)page_count;
    result_store(slot, job, &result);
}

/*
 * Between two pages: does what a client waits for, and replaces the worker if it is time. False: the job was returned.
 */
static bool page_turn(struct slot *slot, const struct job *job) {
    (void)slot_errand_do(slot);
    slot_worker_recycle(slot);
    while (!slot->worker.is_ready && !dispatcher_is_stopping(slot->dispatcher)) {
        (void)slot_worker_have(slot);
    }
    if (dispatcher_is_stopping(slot->dispatcher)) {
        job_return(slot, job, false);
        return false;
    }
    return true;
}

/* Reads the next page. False if the job has no more work. */
static bool page_do(struct slot *slot, struct job *job, int descriptor, struct arena *arena) {
    struct work_head answer;
    struct worker_question question = {.head = {.kind = WORK_READ,
                                                .page_index = (uint32_t)(job->pages_read + job->first_page) - 1,
                                                .part_first = (uint32_t)job->first_page - 1,
                                                .part_count = job->is_part ? (uint32_t)job->page_count : 0,
                                                .codes = job->codes,
                                                .letters = job->letters},
                                       .layouts = job->layouts,
                                       .name = job->name,
                                       .descriptor = descriptor,
                                       .output = -1};
    enum worker_outcome outcome = slot_ask(slot, &question, &answer, &slot->body);
    bool is_late = outcome == WORKER_TIMED_OUT;
    if (outcome != WORKER_ANSWERED) {
        bool is_again = job_lost(slot, job, is_late);
        if (!is_again && job->page_count <= 1) {
            job_poisoned(slot, job, is_late);
        }
        return !is_again && job->page_count > 1 && page_failed(slot, job, lost_code(is_late), lost_message(is_late)) &&
               page_turn(slot, job);
    }
    if (job->is_part && answer.page_count > 0) { /* of the file */
        answer.page_count = (uint32_t)job->page_count;
    }
    if (answer.page_count == 0 && job->page_count > 1) { /* the file was opened for the pages before: this one fails */
        answer.page_count = (uint32_t)job->page_count;
    }
    if (answer.page_count <= 1) {
        job_answered(slot, job, &answer, arena);
        return false;
    }
    if (answer.page_count > SETTING_NUMBER(&slot->dispatcher->service->settings, max_pages)) {
        job_refuse(slot, job, answer.page_count);
        return false;
    }
    return page_answered(slot, job, &answer, arena) && page_turn(slot, job);
}

void slot_job_do(struct slot *slot, struct job *job, struct arena *arena) {
    struct lince_error error = LINCE_ERROR_INIT;
    int descriptor;
    struct store *store = slot->dispatcher->service->store;
    if (store_image_open(store, job->sha256, &descriptor, &error) != LINCE_OK) {
        if (error.status != LINCE_ERROR_NOT_FOUND && error.status != LINCE_ERROR_DAMAGED &&
            store_images_are_remote(store)) { /* the image cannot be reached now: it is read when the store is back */
            int64_t pause_ms = 1000;
            job_return(slot, job, false);
            (void)store_wait(slot, job, "image_not_opened", &pause_ms, &error);
            return;
        }
        struct job_result result = {
            .status = DOCUMENT_FAILED, .error_code = lince_status_name(error.status), .error_message = error.message};
        result_store(slot, job, &result);
        return;
    }
    bool goes_on = true;
    job->page_count = job->pages_read > 0 || job->is_part ? job->page_count : 0;
    while (goes_on && (job->pages_read == 0 || job->pages_read < job->page_count)) {
        goes_on = page_do(slot, job, descriptor, arena);
    }
    if (goes_on && is_one_document(slot, job, arena)) {
        fields_do(slot, job, descriptor, arena);
    }
    close(descriptor);
}
