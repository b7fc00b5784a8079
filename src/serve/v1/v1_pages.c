/* v1_pages.c - the pages of a document: their list, each page's result, its picture, and its boxes. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "serve/http/json_set.h"
#include "serve/v1/handlers.h"
#include "serve/v1/shown/document_json.h"

enum { FILE_IMAGE, FILE_PICTURE }; /* indexes in request->files */

/* The number in the path, or 1 without one. False after answering with a problem. */
static bool number_find(struct request *request, const struct document *document, int64_t *number) {
    const char *text = request->parameters[1];
    char *end = NULL;
    *number = text == NULL ? 1 : strtoll(text, &end, 10);
    bool is_number = text == NULL || (*text >= '1' && *text <= '9' && *end == '\0');
    int64_t most = document->page_count > 0 ? document->page_count : 1;
    if (is_number && *number <= most) {
        return true;
    }
    answer_problem(request, PROBLEM_NOT_FOUND, "%s has no page %.20s; it has %lld",
                   "%s no tiene página %.20s; tiene %lld", document->id, text, (long long)document->page_count);
    return false;
}

void pages_list(struct request *request) {
    struct document document;
    if (document_find(request, &document)) {
        json_t *json = json_object();
        json_object_set_new(json, "page_count", json_integer(document.page_count));
        json_object_set_new(json, "pages_read", json_integer(document.pages_read));
        json_object_set_new(json, "pages", document_pages_json(request, &document));
        answer_json(request, 200, json);
    }
}

/* Gives the page as JSON text. False after answering with a problem. */
static bool page_find(struct request *request, const struct document *document, int64_t number, const char **page) {
    if (store_page(request->service->store, document->seq, number, &request->arena, page, &request->failure) !=
        LINCE_OK) {
        answer_failure(request);
        return false;
    }
    if (*page == NULL) {
        answer_problem(request, PROBLEM_CONFLICT, "page %lld of %s has not been read",
                       "la página %lld de %s no se ha leído", (long long)number, document->id);
    }
    return *page != NULL;
}

void page_get(struct request *request) {
    struct document document;
    const char *page, *format = request_query(request, "format");
    int64_t number;
    int pictures;
    if (form_goes_on(request) || !document_find(request, &document) || !number_find(request, &document, &number) ||
        !page_find(request, &document, number, &page)) {
        return;
    }
    if (format != NULL && strcmp(format, "json") != 0) {
        form_answer(request, &document, number, form_find(format));
        return;
    }
    if (!form_pictures_asked(request, NULL, &pictures)) {
        return;
    }
    json_t *json = document_page_json(request, page);
    json_set_text(json, "document", document.id);
    json_object_set_new(json, "page", json_integer(number));
    json_object_set_new(json, "pages", json_integer(document.page_count));
    answer_json(request, 200, json);
}

/* ---- pictures ---- */

/* Whether every browser can show it. */
static bool is_shown_by_browsers(const char *media_type) {
    static const char *const known[] = {"image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i], media_type) == 0) {
            return true;
        }
    }
    return false;
}

static bool boxes_collect(struct request *request, const char *page) {
    json_t *json = json_memory_load_text(page, 0, NULL), *lines = json_object_get(json, "lines"), *line;
    size_t index, count = json_array_size(lines);
    struct lince_box *boxes = arena_allocate_zero(&request->arena, count + 1, sizeof *boxes);
    if (json != NULL && boxes != NULL) {
        json_array_foreach(lines, index, line) {
            const json_t *box = json_object_get(line, "box");
            boxes[index] = (struct lince_box){
                json_number_value(json_array_get(box, 0)), json_number_value(json_array_get(box, 1)),
                json_number_value(json_array_get(box, 2)), json_number_value(json_array_get(box, 3))};
        }
        request->errand.sent = boxes;
        request->errand.sent_bytes = count * sizeof *boxes;
    } else {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the boxes", "no hay memoria para los cuadros");
    }
    json_decref(json);
    return json != NULL && boxes != NULL;
}

/* Has a worker draw the page, with the boxes if `data` has any, to a file. */
static void picture_begin(struct request *request, const struct document *document, int64_t number) {
    struct store *store = request->service->store;
    if (store_image_open(store, document->sha256, &request->files[FILE_IMAGE], &request->failure) != LINCE_OK ||
        store_scratch_open(store, &request->files[FILE_PICTURE], &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    request->errand.kind = WORK_BOXES;
    request->errand.name = request->errand.layouts = "";
    request->errand.page_index = (uint32_t)(number + document->first_page) - 2;
    request->errand.descriptor = request->files[FILE_IMAGE];
    request->errand.output = request->files[FILE_PICTURE];
    request_send_errand(request);
}

static void picture_answer(struct request *request) {
    if (!request_errand_is_answered(request)) {
        return;
    }
    if (request->errand.status != LINCE_OK) {
        request_errand_refused(request);
        return;
    }
    int picture = request->files[FILE_PICTURE];
    request->files[FILE_PICTURE] = -1;
    answer_file(request, "image/png", "page.png", picture, request->errand.output_bytes);
}

void page_boxes(struct request *request) {
    struct document document;
    const char *page;
    int64_t number;
    if (request->errand_state != ERRAND_NONE) {
        picture_answer(request);
    } else if (document_find(request, &document) && number_find(request, &document, &number) &&
               page_find(request, &document, number, &page) && boxes_collect(request, page)) {
        picture_begin(request, &document, number);
    }
}

void page_image(struct request *request) {
    struct document document;
    int64_t number;
    if (request->errand_state != ERRAND_NONE) {
        picture_answer(request);
    } else if (document_find(request, &document) && number_find(request, &document, &number)) {
        if (is_shown_by_browsers(document.media_type)) {
            document_image(request);
        } else {
            picture_begin(request, &document, number);
        }
    }
}
