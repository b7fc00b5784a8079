/* v1_batches.c - batches over HTTP: made, shown with their progress, started, closed, cancelled, deleted. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "serve/http/json_set.h"
#include "serve/v1/cursor.h"
#include "serve/v1/handlers.h"
#include "store/keys.h"

enum { NAME_LIMIT_BYTES = 200 };

/* The remaining time at the pace of recent readings; -1 if nothing moves. */
static double seconds_left(struct request *request, const struct batch *batch) {
    struct dispatcher_figures figures = dispatcher_figures(request->service->dispatcher);
    int64_t left = batch->by_status[DOCUMENT_QUEUED] + batch->by_status[DOCUMENT_READING];
    return figures.workers == 0 ? -1 : (double)left * figures.read_seconds / figures.workers;
}

static json_t *counts_json(const struct batch *batch) {
    json_t *json = json_object();
    json_object_set_new(json, "total", json_integer(batch->total));
    for (int status = 0; status < DOCUMENT_STATUSES; status++) {
        json_object_set_new(json, document_status_name(status), json_integer(batch->by_status[status]));
    }
    json_object_set_new(json, "needs_review", json_integer(batch->needs_review));
    return json;
}

static json_t *batch_json(struct request *request, const struct batch *batch) {
    char path[96];
    int64_t final = batch_final_count(batch);
    double left = seconds_left(request, batch);
    snprintf(path, sizeof path, "/v1/batches/%s", batch->id);
    json_t *json = json_object();
    json_set_text(json, "id", batch->id);
    json_set_text(json, "name", batch->name);
    json_set_text(json, "state", batch_state_name(batch->state));
    json_object_set_new(json, "paused", json_boolean(batch->is_paused));
    json_set_time(json, "created_at", batch->created_ms);
    json_set_time(json, "closed_at", batch->closed_ms);
    json_object_set_new(json, "counts", counts_json(batch));
    json_object_set_new(json, "progress", json_real(batch->total == 0 ? 0 : (double) final / (double)batch->total));
    json_object_set_new(json, "eta_seconds", final == batch->total || left < 0 ? json_null() : json_real(left));
    json_set_time(json, "first_started_at", batch->first_started_ms);
    json_set_time(json, "last_finished_at", batch->last_finished_ms);
    json_set_text(json, "self", path);
    return json;
}

static bool batch_find(struct request *request, struct batch *batch) {
    if (store_batch(request->service->store, request->parameters[0], &request->arena, batch, &request->failure) ==
        LINCE_OK) {
        return true;
    }
    answer_failure(request);
    return false;
}

static void answer_batch(struct request *request, unsigned status) {
    struct batch batch;
    if (batch_find(request, &batch)) {
        answer_json(request, status, batch_json(request, &batch));
    }
}

/* Answers with the batch, or with the failure. */
static void changed(struct request *request, const char *action, enum lince_status status) {
    if (status != LINCE_OK) {
        answer_failure(request);
        return;
    }
    store_audit(request->service->store, request->actor, action, request->parameters[0], NULL);
    answer_batch(request, 200);
}

void batches_post(struct request *request) {
    char id[ID_BYTES], path[96];
    json_t *json = request->body.used_bytes == 0 ? json_object() : request_json(request);
    if (json == NULL) {
        if (request->status == 0) {
            answer_problem(request, PROBLEM_MEMORY, "no memory for the batch", "no hay memoria para el lote");
        }
        return;
    }
    json_t *given = json_object_get(json, "name");
    if (given != NULL && (!json_is_string(given) || json_string_length(given) > NAME_LIMIT_BYTES)) {
        answer_problem(request, PROBLEM_INVALID, "name must be a text of up to %d bytes",
                       "name debe ser un texto de hasta %d bytes", NAME_LIMIT_BYTES);
        json_decref(json);
        return;
    }
    store_id(id, "batch");
    enum lince_status status = store_batch_add(
        request->service->store, id, given == NULL ? "" : json_string_value(given), ORIGIN_V1, &request->failure);
    json_decref(json);
    if (status != LINCE_OK) {
        answer_failure(request);
        return;
    }
    snprintf(path, sizeof path, "/v1/batches/%s", id);
    request->location = arena_copy_text(&request->arena, path, strlen(path));
    request->parameters[0] = arena_copy_text(&request->arena, id, strlen(id));
    if (request->parameters[0] == NULL) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the answer", "no hay memoria para la respuesta");
        return;
    }
    answer_batch(request, 201);
}

void batches_list(struct request *request) {
    struct batch *batches;
    int64_t limit = 50, before = -1;
    size_t count;
    char cursor[CURSOR_BYTES];
    if (!request_number(request, "limit", 1, 200, &limit) || !cursor_read(request, &before)) {
        return;
    }
    if (store_batches(request->service->store, -1, before, (size_t)limit, &request->arena, &batches, &count,
                      &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = json_pack("{s:[]}", "batches");
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json_object_get(json, "batches"), batch_json(request, &batches[i]));
    }
    if (count == (size_t)limit) {
        cursor_make(request, batches[count - 1].seq, cursor);
    }
    json_set_text(json, "next_cursor", count == (size_t)limit ? cursor : NULL);
    answer_json(request, 200, json);
}

void batch_get(struct request *request) {
    answer_batch(request, 200);
}

void batch_close(struct request *request) {
    changed(request, "close",
            store_batch_end(request->service->store, request->parameters[0], BATCH_CLOSED, &request->failure));
}

void batch_cancel(struct request *request) {
    changed(request, "cancel",
            store_batch_end(request->service->store, request->parameters[0], BATCH_CANCELLED, &request->failure));
}

void batch_start(struct request *request) {
    struct batch batch;
    int64_t count;
    if (batch_find(request, &batch)) {
        changed(request, "start", store_release(request->service->store, batch.id, &count, &request->failure));
    }
}

void batch_pause(struct request *request) {
    changed(request, "pause", store_batch_hold(request->service->store, request->parameters[0], &request->failure));
}

void batch_delete(struct request *request) {
    if (store_batch_delete(request->service->store, request->parameters[0], &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    store_audit(request->service->store, request->actor, "delete", request->parameters[0], NULL);
    answer_empty(request, MHD_HTTP_NO_CONTENT);
}
