/* pages_objects.c - pages as JSON: one object with all of them, or a line for each, as the program writes them. */
#include <stdio.h>
#include <string.h>

#include "serve/http/json_set.h"
#include "serve/v1/now/pages_way.h"

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
static json_t *document_made(struct request *request, struct pages_now *work, json_t *answer) {
    if (request->errand.status != LINCE_OK) {
        json_t *json = json_object();
        json_object_set_new(json, "error", pages_error_json(request));
        return json;
    }
    json_t *record = json_incref(json_object_get(answer, "record"));
    unread_tell(&work->collected, record);
    return record;
}

/* Appends `before` and the document's fields. False after answering with a problem. */
static bool document_append(struct request *request, struct pages_now *work, const char *before, json_t *answer) {
    return pages_text_append(request, work, before, strlen(before)) &&
           pages_object_append(request, work, document_made(request, work, answer), false);
}

/* Appends `between` before each page but the first, and the page, which stays open if `is_open`. Takes the page. */
static bool page_add(struct request *request, struct pages_now *work, uint32_t number, json_t *page,
                     const char *between, bool is_open) {
    if (number > work->first && !pages_text_append(request, work, between, strlen(between))) {
        json_decref(page);
        return false;
    }
    return pages_object_append(request, work, page, is_open);
}

static void file_send(struct request *request, struct pages_now *work) {
    char name[300];
    int descriptor = request->files[FILE_WHOLE];
    request->files[FILE_WHOLE] = -1;
    snprintf(name, sizeof name, "%.240s.%s", request->upload.files->name, work->way->name);
    answer_file(request, work->way->media_type, name, descriptor, work->bytes);
}

/* ---- one object --------------------------------------------------------------------------------------- */

static bool json_begin_file(struct request *request, struct pages_now *work) {
    static const char pages[] = ",\"pages\":[\n";
    json_t *head = json_object();
    json_set_text(head, "file", request->upload.files->name);
    json_set_text(head, "sha256", request->upload.files->draft.sha256);
    json_object_set_new(head, "page_count", json_integer(work->found));
    return pages_object_append(request, work, head, true) && pages_text_append(request, work, pages, strlen(pages));
}

static bool json_read(struct request *request, struct pages_now *work, uint32_t number, json_t *page, json_t *record) {
    static const char *const once[] = {"file", "file_bytes", "sha256", "pages"}; /* of the document */
    for (size_t i = 0; i < sizeof once / sizeof *once; i++) {
        json_object_del(page, once[i]);
    }
    json_object_update(page, record);
    return page_add(request, work, number, json_incref(page), ",\n", false);
}

static bool json_unread(struct request *request, struct pages_now *work, uint32_t number, json_t *error) {
    json_t *page = json_object();
    json_object_set_new(page, "page", json_integer(number));
    json_object_set_new(page, "error", error);
    return page_add(request, work, number, page, ",\n", false);
}

static void json_end_file(struct request *request, struct pages_now *work, json_t *answer) {
    if (document_append(request, work, "\n],\"document\":", answer) &&
        pages_text_append(request, work, "}\n", strlen("}\n"))) {
        file_send(request, work);
    }
}

static bool json_wants_document(const struct pages_now *work) {
    (void)work; /* a single page is answered without this */
    return true;
}

const struct pages_way pages_objects_json = {
    .name = "json",
    .media_type = "application/json",
    .wants_document = json_wants_document,
    .begin = json_begin_file,
    .read = json_read,
    .unread = json_unread,
    .end = json_end_file,
};

/* ---- a line for each page: it stays open, since the last one also has the document's fields ----------- */

static bool line_read(struct request *request, struct pages_now *work, uint32_t number, json_t *page, json_t *record) {
    json_set_text(page, "sha256", request->upload.files->draft.sha256);
    json_object_update(page, record);
    return page_add(request, work, number, json_incref(page), "}\n", true);
}

static bool line_unread(struct request *request, struct pages_now *work, uint32_t number, json_t *error) {
    json_t *page = json_object();
    json_set_text(page, "file", request->upload.files->name);
    json_object_set_new(page, "page", json_integer(number));
    json_object_set_new(page, "pages", json_integer(work->found));
    json_object_set_new(page, "error", error);
    return page_add(request, work, number, page, "}\n", true);
}

static void line_end(struct request *request, struct pages_now *work, json_t *answer) {
    if ((!work->has_document || document_append(request, work, ",\"document\":", answer)) &&
        pages_text_append(request, work, "}\n", strlen("}\n"))) {
        file_send(request, work);
    }
}

/* As the program's: also of a document with a single page. */
static bool line_wants_document(const struct pages_now *work) {
    return work->has_pages;
}

const struct pages_way pages_objects_lines = {
    .name = "ndjson",
    .media_type = "application/x-ndjson",
    .wants_document = line_wants_document,
    .read = line_read,
    .unread = line_unread,
    .end = line_end,
};
