/*
 * pages_now.c - joins the pages in a file, so that memory does not grow with their number, and has a worker make the
 * document's fields of the first and the last ones.
 */
#include "serve/v1/pages_now.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json_memory.h"
#include "base/json_text.h"
#include "output/collected_pages.h"
#include "serve/http/json_set.h"
#include "serve/http/translation.h"
#include "serve/v1/handlers.h"

enum { FILE_WHOLE = 1 }; /* index in request->files */

/* State between two pages. */
struct pages_now {
    uint32_t count;
    uint64_t bytes; /* of the file */
    bool is_record; /* the worker was asked for the document's fields */
    struct collected_pages collected;
    struct arena_mark mark;
};

static void work_free(void *kept) {
    struct pages_now *work = kept;
    collected_pages_clear(&work->collected);
}

/* False after answering with a problem. */
static bool text_append(struct request *request, struct pages_now *work, const char *text, size_t count) {
    work->bytes += count;
    if (file_write_all(request->files[FILE_WHOLE], text, count)) {
        return true;
    }
    form_disk_problem(request);
    return false;
}

/* Appends the object, without its closing brace if `is_open`. Takes `json`. False after answering with a problem. */
static bool object_append(struct request *request, struct pages_now *work, json_t *json, bool is_open) {
    arena_rewind(&request->arena, work->mark);
    const char *text = json == NULL ? NULL : json_text_in(&request->arena, json, 0);
    json_decref(json);
    if (text == NULL) {
        answer_no_memory(request);
        return false;
    }
    return text_append(request, work, text, strlen(text) - is_open);
}

/* ---- one page ---- */

/* Why the worker gave no page. */
static json_t *error_json(struct request *request) {
    const struct errand *errand = &request->errand;
    const char *message = errand_unanswered_reason(request->language);
    json_t *refusal = errand->is_answered ? errand_refusal_read(errand, &message) : NULL, *error = json_object();
    json_set_text(error, "code", lince_status_name(errand->status));
    json_set_text(error, "message", translation_of(&request->arena, message, request->language));
    json_decref(refusal);
    return error;
}

/* What the document's fields need of a page. */
static json_t *collected_json(const json_t *page, json_t *record) {
    static const char *const members[] = {"page", "width", "height", "lines", "codes"};
    json_t *json = json_object();
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        json_t *member = json_object_get(page, members[i]);
        if (member != NULL) {
            json_object_set(json, members[i], member);
        }
    }
    json_object_set(json, "record", record);
    return json;
}

/* Keeps the page for the document's fields. Takes `json`. False without memory. */
static bool page_collect(struct request *request, struct pages_now *work, json_t *json, uint32_t unread) {
    arena_rewind(&request->arena, work->mark);
    const char *text = json == NULL ? NULL : json_text_in(&request->arena, json, 0);
    json_decref(json);
    if (text != NULL) {
        (void)collected_pages_add(&work->collected, text, strlen(text), unread);
    }
    return text != NULL;
}

/* A page that was read, in the form in which the others are joined; NULL without memory. */
static json_t *page_read(struct request *request, struct pages_now *work, uint32_t number) {
    const struct errand *errand = &request->errand;
    json_t *whole = json_memory_load(errand->body.bytes, errand->body.used_bytes, 0, NULL), *page = NULL;
    json_t *record = json_object_get(whole, "record"), *read = json_object_get(whole, "page");
    json_object_set_new(read, "page", json_integer(number));
    if (json_is_object(record) && page_collect(request, work, collected_json(read, record), 0)) {
        static const char *const once[] = {"file", "file_bytes", "sha256", "pages"}; /* of the document */
        page = json_incref(read);
        for (size_t i = 0; i < sizeof once / sizeof *once; i++) {
            json_object_del(page, once[i]);
        }
        json_object_update(page, record);
    }
    json_decref(whole);
    return page;
}

static json_t *page_unread(struct request *request, struct pages_now *work, uint32_t number) {
    json_t *note = json_pack("{s:i, s:{}}", "page", (int)number, "error");
    json_t *page = page_collect(request, work, note, number) ? json_object() : NULL;
    json_object_set_new(page, "page", json_integer(number));
    json_object_set_new(page, "error", error_json(request));
    return page;
}

/* Joins the page that was asked for last. False after answering with a problem. */
static bool page_take(struct request *request, struct pages_now *work) {
    const struct errand *errand = &request->errand;
    uint32_t number = errand->page_index + 1;
    bool is_read = errand->is_answered && errand->status == LINCE_OK;
    if (!is_read && request->service->is_draining && !request_errand_is_answered(request)) {
        return false;
    }
    json_t *page = is_read ? page_read(request, work, number) : page_unread(request, work, number);
    if (page == NULL) {
        answer_no_memory(request);
        return false;
    }
    if (number > 1 && !text_append(request, work, ",\n", strlen(",\n"))) {
        json_decref(page);
        return false;
    }
    return object_append(request, work, page, false);
}

/* ---- the document ---- */

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

/* Pages that could not be read are reasons for a review of the document, before others. */
static void unread_tell(const struct collected_pages *collected, json_t *record) {
    json_t *reasons = json_object_get(record, "review_reasons");
    for (size_t i = 0; i < collected->unread_count; i++) {
        json_array_insert_new(reasons, i, json_sprintf("unread_page:%u", collected->unread[i]));
    }
    if (collected->unread_count > 0) {
        json_object_set_new(record, "needs_review", json_true());
    }
}

/* The document's fields, or why there are none; NULL without memory. */
static json_t *document_made(struct request *request, struct pages_now *work) {
    const struct errand *errand = &request->errand;
    if (errand->status != LINCE_OK) {
        json_t *json = json_object();
        json_object_set_new(json, "error", error_json(request));
        return json;
    }
    json_t *whole = json_memory_load(errand->body.bytes, errand->body.used_bytes, 0, NULL);
    json_t *record = json_incref(json_object_get(whole, "record"));
    unread_tell(&work->collected, record);
    json_decref(whole);
    return record;
}

static void document_finish(struct request *request, struct pages_now *work) {
    static const char before[] = "\n],\"document\":", after[] = "}\n";
    char name[300];
    if (!text_append(request, work, before, strlen(before)) ||
        !object_append(request, work, document_made(request, work), false) ||
        !text_append(request, work, after, strlen(after))) {
        return;
    }
    int descriptor = request->files[FILE_WHOLE];
    request->files[FILE_WHOLE] = -1;
    snprintf(name, sizeof name, "%.240s.json", request->upload.files->name);
    answer_file(request, "application/json", name, descriptor, work->bytes);
}

/* ---- one after the other ---- */

static void page_next(struct request *request, struct pages_now *work) {
    struct errand *errand = &request->errand;
    if (!page_take(request, work)) {
        return;
    }
    if (errand->page_index + 1 < work->count) {
        buffer_free(&errand->body);
        errand->page_index++;
        errand->is_more = true;
        request_send_errand(request);
    } else if (collected_pages_have_any(&work->collected)) {
        record_send(request, work);
    } else if (request_errand_is_answered(request)) {
        request_errand_refused(request); /* as its last page was */
    }
}

bool pages_now_goes_on(struct request *request) {
    struct pages_now *work = request->work;
    if (work == NULL) {
        return false;
    }
    if (!work->is_record) {
        page_next(request, work);
    } else if (request_errand_is_answered(request)) {
        document_finish(request, work);
    }
    return true;
}

static bool head_append(struct request *request, struct pages_now *work) {
    static const char pages[] = ",\"pages\":[\n";
    json_t *head = json_object();
    json_set_text(head, "file", request->upload.files->name);
    json_set_text(head, "sha256", request->upload.files->draft.sha256);
    json_object_set_new(head, "page_count", json_integer(work->count));
    return object_append(request, work, head, true) && text_append(request, work, pages, strlen(pages));
}

void pages_now_begin(struct request *request) {
    struct pages_now *work = arena_allocate_zero(&request->arena, 1, sizeof *work);
    if (work == NULL) {
        answer_no_memory(request);
        return;
    }
    work->count = request->errand.pages_found;
    if (!form_pages_now_check(request, work->count)) {
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
    if (head_append(request, work)) {
        page_next(request, work);
    }
}
