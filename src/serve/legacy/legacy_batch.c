/* legacy_batch.c - a run of the earlier service: takes what waits, reads it, and answers when the last file is done. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "serve/http/json_set.h"
#include "serve/legacy/legacy_handlers.h"
#include "serve/legacy/legacy_json.h"
#include "serve/legacy/legacy_upload.h"

enum { RUN_LIMIT = 50, RUN_WAIT_MS = 15 * 60 * 1000, BATCHES_LIMIT = 1000 };

void legacy_batch_id(char id[ID_BYTES]) {
    unsigned char random[4];
    char hexadecimal[9], when[LEGACY_TIME_BYTES];
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(hexadecimal, sizeof hexadecimal, random, sizeof random);
    legacy_time_as(store_now_ms(), "%Y%m%d_%H%M%S", when);
    snprintf(id, ID_BYTES, "BATCH_%.15s_%s", when, hexadecimal);
}

static bool numbered_document(struct request *request, struct upload_file *file, size_t i, const char *batch_id,
                              struct document_new *documents) {
    struct legacy_sender sender;
    char stored[LEGACY_NAME_BYTES], today[LEGACY_TIME_BYTES], id[LEGACY_PART_BYTES];
    const char *caption = legacy_numbered_field(request, "caption", i),
               *arrival = legacy_numbered_field(request, "numero_llegada", i);
    legacy_name_parse(file->name, &sender);
    legacy_time_as(store_now_ms(), "%Y%m%d", today);
    snprintf(id, sizeof id, "%lld@lid", (long long)(store_now_ms() / 1000));
    legacy_part(sender.draw, legacy_numbered_field(request, "codigo_sorteo", i), "A");
    legacy_part(sender.id, legacy_numbered_field(request, "id_whatsapp", i), id);
    legacy_part(sender.name, legacy_numbered_field(request, "nombre_usuario", i), "Usuario");
    legacy_part(sender.time, legacy_numbered_field(request, "hora_exacta", i), "00-00");
    legacy_part(sender.date, today, today);
    legacy_stored_name(request, file, &sender, true, documents, i, stored);
    json_t *sidecar = legacy_sidecar(request, file, &sender, true, stored, caption == NULL ? "" : caption);
    json_object_set_new(sidecar, "numero_llegada",
                        json_integer(arrival != NULL ? strtoll(arrival, NULL, 10) : (json_int_t)i + 1));
    bool is_made = legacy_document(request, file, stored, sidecar, batch_id, &documents[i]);
    json_decref(sidecar);
    return is_made;
}

/* Queues files that come with the request first. False after answering with a problem. */
static bool files_queue(struct request *request) {
    size_t count = 0;
    struct document_new *documents =
        arena_allocate_zero(&request->arena, request->upload.file_count + 1, sizeof *documents);
    bool is_whole = documents != NULL;
    for (struct upload_file *file = request->upload.files; file != NULL && is_whole; file = file->next) {
        if (file->draft.bytes > 0) {
            is_whole = numbered_document(request, file, count, NULL, documents);
            count += is_whole;
        }
    }
    if (!is_whole) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the upload", "no hay memoria para la subida");
        return false;
    }
    if (count > 0 &&
        store_documents_add(request->service->store, documents, count, NULL, &request->failure) != LINCE_OK) {
        answer_failure(request);
        return false;
    }
    return true;
}

/* The requested batch; "" for none in particular. False after answering with a problem. */
static bool options_check(struct request *request, char batch_id[ID_BYTES]) {
    json_t *body = legacy_body(request);
    const json_t *size = json_object_get(body, "batch_size");
    const char *text = json_string_value(size), *named = json_string_value(json_object_get(body, "batch_id"));
    bool is_right = body != NULL && (size == NULL || json_is_integer(size) ||
                                     (text != NULL && *text != '\0' && strspn(text, "0123456789") == strlen(text)));
    snprintf(batch_id, ID_BYTES, "%.*s", ID_BYTES - 1, named == NULL ? "" : named);
    if (body != NULL && !is_right) {
        answer_problem(request, PROBLEM_BAD_REQUEST, "batch_size must be a whole number",
                       "batch_size debe ser un entero");
    }
    json_decref(body);
    return is_right;
}

static json_t *run_info(const struct batch *batch, double seconds) {
    int64_t done = batch->by_status[DOCUMENT_DONE], total = batch->total;
    json_t *info = json_pack("{s:I, s:I, s:I}", "processed_count", (json_int_t)done, "error_count",
                             (json_int_t)(batch_final_count(batch) - done), "total_files", (json_int_t)total);
    if (total > 0) {
        json_object_set_new(info, "processing_time_seconds", json_real(seconds));
        json_object_set_new(info, "avg_time_per_file", json_real(seconds / (double)total));
    }
    return info;
}

static void answer_run(struct request *request, const struct batch *batch) {
    char message[96], now[LEGACY_TIME_BYTES];
    int64_t begun_ms = batch->first_started_ms > batch->created_ms ? batch->first_started_ms : batch->created_ms;
    double seconds = (double)(store_now_ms() - begun_ms) / 1000;
    bool is_empty = batch->total == 0;
    snprintf(message, sizeof message, is_empty ? "No hay archivos en la cola" : "Lote procesado: %lld de %lld archivos",
             (long long)batch->by_status[DOCUMENT_DONE], (long long)batch->total);
    json_t *json = legacy_answer(is_empty ? "no_files" : "exitoso", is_empty ? "sin_archivos" : "exitoso", message);
    legacy_time(store_now_ms(), now);
    json_set_text(json, "request_id", batch->id);
    json_set_text(json, "batch_id", batch->id);
    json_set_text(json, "processing_status", "completed");
    json_set_text(json, "timestamp", now);
    json_object_set_new(json, "batch_info", run_info(batch, seconds));
    answer_json(request, 200, json);
}

static void run_wait(struct request *request) {
    struct batch batch;
    struct arena_mark mark = arena_mark(&request->arena);
    if (store_batch(request->service->store, request->ids[0], &request->arena, &batch, &request->failure) != LINCE_OK) {
        answer_failure(request);
    } else if (batch_final_count(&batch) == batch.total) {
        answer_run(request, &batch);
    } else if (request->service->is_draining || clock_now_ms() >= request->deadline_ms) {
        answer_problem(request, PROBLEM_UNAVAILABLE, "the run goes on; ask /api/ocr/batch_status/%s",
                       "el lote sigue; consulte /api/ocr/batch_status/%s", batch.id);
    } else {
        arena_rewind(&request->arena, mark);
        request_wait(request, request->deadline_ms);
    }
}

/*
 * With a manual start, batches that came in on their own wait there: finds the named one, else the oldest. Leaves `id`
 * unchanged if none waits.
 */
static enum lince_status waiting_batch(struct request *request, const char *named, char id[ID_BYTES], bool *is_found) {
    struct batch *batches;
    size_t count;
    struct arena_mark mark = arena_mark(&request->arena);
    enum lince_status status = store_batches(request->service->store, ORIGIN_LEGACY, -1, BATCHES_LIMIT, &request->arena,
                                             &batches, &count, &request->failure);
    *is_found = false;
    for (size_t i = 0; status == LINCE_OK && i < count; i++) { /* newest first: the last that fits is the oldest */
        if (batches[i].by_status[DOCUMENT_HELD] > 0 && (*named == '\0' || strcmp(named, batches[i].id) == 0)) {
            snprintf(id, ID_BYTES, "%s", batches[i].id);
            *is_found = true;
        }
    }
    arena_rewind(&request->arena, mark);
    return status;
}

static enum lince_status waiting_batch_start(struct request *request, const char *named, char id[ID_BYTES],
                                             int64_t *count, bool *is_found) {
    enum lince_status status = waiting_batch(request, named, id, is_found);
    return status == LINCE_OK && *is_found ? store_release(request->service->store, id, count, &request->failure)
                                           : status;
}

/* Gathers waiting documents into a new batch. A run without files makes no batch. */
static enum lince_status batch_gather(struct request *request, char id[ID_BYTES], int64_t *count) {
    struct store *store = request->service->store;
    legacy_batch_id(id);
    enum lince_status status = store_batch_add(store, id, "", ORIGIN_LEGACY, &request->failure);
    if (status == LINCE_OK) {
        status = store_batch_gather(store, id, ORIGIN_LEGACY, RUN_LIMIT, count, &request->failure);
    }
    return status == LINCE_OK && *count == 0 ? store_batch_delete(store, id, &request->failure) : status;
}

/* Starts the named batch, else a batch of everything that waits, else the oldest waiting batch. `count`: its files. */
static enum lince_status run_gather(struct request *request, const char *named, char id[ID_BYTES], int64_t *count) {
    bool is_found = false;
    enum lince_status status = *named == '\0' ? LINCE_OK : waiting_batch_start(request, named, id, count, &is_found);
    if (status == LINCE_OK && !is_found) {
        status = batch_gather(request, id, count);
    }
    if (status == LINCE_OK && !is_found && *count == 0) {
        status = waiting_batch_start(request, "", id, count, &is_found);
    }
    return status;
}

static void run_begin(struct request *request, const char *named) {
    struct batch none = {.created_ms = store_now_ms()};
    char id[ID_BYTES];
    int64_t count = 0;
    request->ids = arena_allocate_zero(&request->arena, 1, sizeof *request->ids);
    enum lince_status status = request->ids == NULL ? LINCE_OK : run_gather(request, named, id, &count);
    if (status != LINCE_OK) {
        answer_failure(request);
    } else if (request->ids == NULL || (request->ids[0] = arena_copy_text(&request->arena, id, strlen(id))) == NULL) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the run", "no hay memoria para el lote");
    } else if (count == 0) {
        none.id = id;
        answer_run(request, &none);
    } else {
        request->deadline_ms = clock_now_ms() + RUN_WAIT_MS;
        run_wait(request);
    }
}

void legacy_process_batch(struct request *request) {
    char named[ID_BYTES];
    if (request->deadline_ms != 0) {
        run_wait(request);
    } else if (options_check(request, named) && files_queue(request)) {
        run_begin(request, named);
    }
}

/* ---- status ---- */

const char *legacy_batch_state(const struct batch *batch) {
    int64_t final = batch_final_count(batch), errors = final - batch->by_status[DOCUMENT_DONE];
    if (final < batch->total) {
        return final + batch->by_status[DOCUMENT_READING] == 0 ? "pending" : "processing";
    }
    return errors == 0 ? "completed" : errors == final ? "failed" : "partial";
}

void legacy_batch_status(struct request *request) {
    struct batch batch;
    char now[LEGACY_TIME_BYTES], seconds[32];
    if (store_batch(request->service->store, request->parameters[0], &request->arena, &batch, &request->failure) !=
        LINCE_OK) {
        legacy_not_found(request, "BATCH_NOT_FOUND", "there is no such batch", "no existe ese lote");
        return;
    }
    int64_t final = batch_final_count(&batch), done = batch.by_status[DOCUMENT_DONE];
    bool is_done = final == batch.total;
    const char *status = legacy_batch_state(&batch);
    json_t *json = json_object();
    json_set_text(json, "status", status);
    json_set_text(json, "estado", status);
    json_set_text(json, "batch_id", batch.id);
    json_object_set_new(json, "progress",
                        json_pack("{s:I, s:I, s:f}", "processed", (json_int_t) final, "total", (json_int_t)batch.total,
                                  "percentage", batch.total == 0 ? 0.0 : 100.0 * (double) final / (double)batch.total));
    json_object_set_new(json, "results_available", json_boolean(done > 0));
    if (is_done) {
        legacy_time(batch.last_finished_ms < 0 ? batch.created_ms : batch.last_finished_ms, now);
        snprintf(seconds, sizeof seconds, "%.1fs",
                 (double)((batch.last_finished_ms < 0 ? batch.created_ms : batch.last_finished_ms) - batch.created_ms) /
                     1000);
        json_set_text(json, "completion_time", now);
        json_object_set_new(json, "processing_stats",
                            json_pack("{s:I, s:I, s:s}", "success_count", (json_int_t)done, "error_count",
                                      (json_int_t)(final - done), "total_processing_time", seconds));
    } else {
        struct dispatcher_figures figures = dispatcher_figures(request->service->dispatcher);
        json_object_set_new(json, "estimated_remaining",
                            json_integer((json_int_t)((double)(batch.total - final) * figures.read_seconds) + 1));
    }
    answer_json(request, 200, json);
}
