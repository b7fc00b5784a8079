/* read_now.c - readings that a client waits for and that are not stored: POST /v1/read, and boxes drawn on an image. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "serve/http/json_set.h"
#include "serve/v1/handlers.h"
#include "serve/v1/layout_choice.h"
#include "serve/v1/submit.h"

/* False after answering with a problem: there is no answer of a worker to go on with. */
static bool errand_is_answered(struct request *request) {
    if (!request->errand.is_answered) {
        answer_problem(request, request->service->is_draining ? PROBLEM_UNAVAILABLE : PROBLEM_UNREADABLE,
                       "the reading did not end: it took longer than the timeout, or its worker was lost",
                       "la lectura no terminó: pasó del tiempo límite, o se perdió su trabajador");
    }
    return request->errand.is_answered;
}

static void reading_answer(struct request *request) {
    const struct errand *errand = &request->errand;
    json_t *whole = json_loadb(errand->body.bytes, errand->body.used_bytes, 0, NULL);
    json_t *json = json_incref(json_object_get(whole, "page"));
    json_object_update(json, json_object_get(whole, "record"));
    json_decref(whole);
    if (errand->status == LINCE_OK && json != NULL) {
        json_set_text(json, "file", request->upload.files->name);
        json_set_text(json, "sha256", request->upload.files->draft.sha256);
        answer_json(request, 200, json);
        return;
    }
    const char *message = json_string_value(json_object_get(json_object_get(json, "error"), "message"));
    message = message != NULL ? message : "the reading failed";
    answer_problem(request, errand->status == LINCE_ERROR_MEMORY_LIMIT ? PROBLEM_MEMORY : PROBLEM_UNREADABLE, "%s",
                   "%s", message);
    json_decref(json);
}

void read_post(struct request *request) {
    if (request->errand_state != ERRAND_NONE) {
        if (errand_is_answered(request)) {
            reading_answer(request);
        }
        return;
    }
    const char *layouts = request_query(request, "layout");
    if (!submit_files_are_images(request)) {
        return;
    }
    if (request->upload.file_count != 1) {
        answer_problem(request, PROBLEM_BAD_REQUEST, "one file is read at a time; send several to /v1/documents",
                       "se lee un archivo cada vez; envíe varios a /v1/documents");
        return;
    }
    if (!layout_choice_check(request, layouts)) {
        return;
    }
    request->errand.kind = WORK_READ;
    request->errand.descriptor = request->upload.files->draft.descriptor;
    request->errand.name = request->upload.files->name;
    request->errand.layouts = layouts == NULL ? "" : layouts;
    request_send_errand(request);
}

/* ---- boxes ---- */

static bool boxes_collect(struct request *request, const char *page) {
    json_t *json = json_loads(page, 0, NULL), *lines = json_object_get(json, "lines"), *line;
    size_t index;
    struct lince_box *boxes = arena_allocate_zero(&request->arena, json_array_size(lines) + 1, sizeof *boxes);
    if (boxes != NULL) {
        json_array_foreach(lines, index, line) {
            const json_t *box = json_object_get(line, "box");
            boxes[index] = (struct lince_box){
                json_number_value(json_array_get(box, 0)), json_number_value(json_array_get(box, 1)),
                json_number_value(json_array_get(box, 2)), json_number_value(json_array_get(box, 3))};
        }
        request->errand.boxes = boxes;
        request->errand.box_count = json_array_size(lines);
    }
    json_decref(json);
    return boxes != NULL;
}

static void boxes_begin(struct request *request) {
    struct document document;
    struct store *store = request->service->store;
    const char *page = NULL;
    if (store_document(store, request->parameters[0], &request->arena, &document, &request->failure) != LINCE_OK ||
        store_page(store, document.seq, &request->arena, &page, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    if (page == NULL) {
        answer_problem(request, PROBLEM_CONFLICT, "%s has not been read", "%s no se ha leído", document.id);
        return;
    }
    if (!boxes_collect(request, page)) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the boxes", "no hay memoria para los cuadros");
        return;
    }
    if (store_image_open(store, document.sha256, &request->errand.descriptor, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    request->errand.kind = WORK_BOXES;
    request->errand.name = request->errand.layouts = "";
    request_send_errand(request);
}

void document_boxes(struct request *request) {
    if (request->errand_state == ERRAND_NONE) {
        boxes_begin(request);
        return;
    }
    close(request->errand.descriptor);
    if (errand_is_answered(request)) {
        if (request->errand.status == LINCE_OK) {
            answer_bytes(request, 200, "image/png", request->errand.body.bytes, request->errand.body.used_bytes);
        } else {
            answer_problem(request, PROBLEM_UNREADABLE, "the image cannot be drawn on (%s)",
                           "no se puede dibujar en la imagen (%s)", lince_status_name(request->errand.status));
        }
    }
}
