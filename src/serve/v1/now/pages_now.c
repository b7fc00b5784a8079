/*
 * pages_now.c - has the pages read one after another, and then has a worker make the document's fields of the first and
 * the last ones. What is written goes into a file, so that memory does not grow with the number of pages.
 */
#include "serve/v1/now/pages_now.h"

#include <string.h>

#include "base/json_memory.h"
#include "base/json_text.h"
#include "serve/v1/now/pages_way.h"
#include "serve/v1/pages_not_read.h"

static const struct pages_way *const others[] = {&pages_objects_lines, &pages_table_csv, &pages_table_workbook};
enum { OTHERS = sizeof others / sizeof *others };

const struct pages_way *pages_now_find(const char *name) {
    for (size_t i = 0; i < OTHERS; i++) {
        if (strcmp(others[i]->name, name) == 0) {
            return others[i];
        }
    }
    return NULL;
}

const struct pages_way *pages_now_accepted(const char *accept) {
    for (size_t i = 0; i < OTHERS && accept != NULL; i++) {
        if (strstr(accept, others[i]->media_type) != NULL) {
            return others[i];
        }
    }
    return NULL;
}

static void work_free(void *kept) {
    struct pages_now *work = kept;
    collected_pages_clear(&work->collected);
}

/* ---- one page ---- */

/* What the document's fields need of a page. */
static json_t *collected_json(const json_t *page, uint32_t number, json_t *record) {
    static const char *const members[] = {"width", "height", "lines", "codes"};
    json_t *json = json_object();
    json_object_set_new(json, "page", json_integer(number));
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        json_t *member = json_object_get(page, members[i]);
        if (member != NULL) {
            json_object_set(json, members[i], member);
        }
    }
    json_object_set(json, "record", record);
    return json;
}

/* Keeps the page for the document's fields. Takes `json`. False after answering that there is no memory. */
static bool page_collect(struct request *request, struct pages_now *work, json_t *json, uint32_t unread) {
    arena_rewind(&request->arena, work->mark);
    const char *text = json == NULL ? NULL : json_text_in(&request->arena, json, JSON_REAL_PRECISION(10));
    json_decref(json);
    if (text == NULL) {
        answer_no_memory(request);
        return false;
    }
    (void)collected_pages_add(&work->collected, text, strlen(text), unread);
    return true;
}

static bool page_read(struct request *request, struct pages_now *work, uint32_t number) {
    const struct errand *errand = &request->errand;
    json_t *whole = json_memory_load(errand->body.bytes, errand->body.used_bytes, 0, NULL);
    json_t *record = json_object_get(whole, "record"), *page = json_object_get(whole, "page");
    bool is_whole = json_is_object(record) && json_is_object(page), is_taken = false;
    if (!is_whole) {
        answer_no_memory(request);
    } else {
        work->first_read = work->read_count++ == 0 ? number : work->first_read;
        is_taken = (!work->has_document || page_collect(request, work, collected_json(page, number, record), 0)) &&
                   work->way->read(request, work, number, page, record);
    }
    json_decref(whole);
    return is_taken;
}

static bool page_unread(struct request *request, struct pages_now *work, uint32_t number) {
    json_t *note = json_pack("{s:i, s:{}}", "page", (int)number, "error");
    return page_collect(request, work, note, number) &&
           work->way->unread(request, work, number, pages_error_json(request));
}

/* Adds the page that was asked for last. False after answering with a problem. */
static bool page_take(struct request *request, struct pages_now *work) {
    const struct errand *errand = &request->errand;
    uint32_t number = errand->page_index + 1;
    if (errand->is_answered && errand->status == LINCE_OK) {
        return page_read(request, work, number);
    }
    return (!request->service->is_draining || request_errand_is_answered(request)) &&
           page_unread(request, work, number);
}

/* ---- one after the other ---- */

static void record_send(struct request *request, struct pages_now *work) {
    struct errand *errand = &request->errand;
    const char *pages;
    size_t bytes;
    if (!collected_pages_join(&work->collected, &pages, &bytes)) {
        answer_no_memory(request);
        return;
    }
    work->is_record = true;
    errand->kind = WORK_RECORD;
    errand->page_index = 0;
    errand->codes = errand->letters = errand->is_more = false;
    errand->descriptor = -1;
    errand->sent = pages;
    errand->sent_bytes = bytes;
    buffer_free(&errand->body);
    request_send_errand(request);
}

static void page_next(struct request *request, struct pages_now *work) {
    struct errand *errand = &request->errand;
    if (!page_take(request, work)) {
        return;
    }
    if (errand->page_index + 1 < work->last) {
        buffer_free(&errand->body);
        errand->page_index++;
        errand->is_more = true;
        request_send_errand(request);
    } else if (work->read_count > 0 && work->has_document) {
        record_send(request, work);
    } else if (work->read_count > 0) {
        work->way->end(request, work, NULL);
    } else if (request_errand_is_answered(request)) {
        request_errand_refused(request); /* as its last page was */
    }
}

static void record_take(struct request *request, struct pages_now *work) {
    const struct errand *errand = &request->errand;
    json_t *answer = json_memory_load(errand->body.bytes, errand->body.used_bytes, 0, NULL);
    if (answer == NULL) {
        answer_no_memory(request);
    } else {
        work->way->end(request, work, answer);
    }
    json_decref(answer);
}

bool pages_now_goes_on(struct request *request) {
    struct pages_now *work = request->work;
    if (work == NULL) {
        return false;
    }
    if (!work->is_record) {
        page_next(request, work);
    } else if (request_errand_is_answered(request)) {
        record_take(request, work);
    }
    return true;
}

void pages_now_begin(struct request *request, const struct pages_way *way, bool is_one) {
    struct pages_now *work = arena_allocate_zero(&request->arena, 1, sizeof *work);
    if (work == NULL) {
        answer_no_memory(request);
        return;
    }
    work->way = way == NULL ? &pages_objects_json : way;
    work->found = request->errand.pages_found;
    work->first = is_one ? request->errand.page_index + 1 : 1;
    work->last = is_one ? work->first : work->found;
    work->has_pages = form_media_has_pages(image_draft_media_type(&request->upload.files->draft));
    work->has_document = work->way->wants_document(work);
    if ((!is_one && !form_pages_now_check(request, work->found)) || !pages_not_read_begin(request, &work->not_read)) {
        return;
    }
    if (store_scratch_open(request->service->store, &request->files[FILE_WHOLE], &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    collected_pages_init(&work->collected, &request->service->requests);
    request->work = work;
    request->work_free = work_free;
    work->mark = arena_mark(&request->arena);
    if (work->way->begin == NULL || work->way->begin(request, work)) {
        page_next(request, work);
    }
}
