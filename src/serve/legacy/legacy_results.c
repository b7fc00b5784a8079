/* legacy_results.c - consolidated records: of the current batch, of one batch, of all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "serve/http/json_set.h"
#include "serve/legacy/legacy_handlers.h"
#include "serve/legacy/legacy_json.h"
#include "serve/legacy/legacy_record.h"
#include "serve/v1/shown/document_json.h"

enum { PAGE_ROWS = 100, BATCHES_LIMIT = 1000, PLAIN = JSON_COMPACT | JSON_SORT_KEYS | JSON_ENSURE_ASCII };

void legacy_attachment(struct request *request, json_t *json, size_t flags, const char *file_name) {
    char header[512];
    if (answer_if_failed(request)) {
        json_decref(json);
        return;
    }
    struct MHD_Response *response =
        answer_response_of_json(request, json, flags | JSON_REAL_PRECISION(10), "application/json");
    if (response == NULL) {
        answer_no_memory(request);
        return;
    }
    snprintf(header, sizeof header, "attachment; filename=\"%.400s\"", file_name);
    for (char *c = header + strlen("attachment; filename=\""); *c != '\0'; c++) {
        *c = (unsigned char)*c < 0x20 || (*c == '"' && c[1] != '\0') ? '_' : *c;
    }
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_DISPOSITION, header);
    answer_response(request, 200, response);
}

/* Adds the records of all matching documents, newest first; `arrival` counts down to 1. */
static enum lince_status records_add(struct request *request, struct document_filter filter, size_t total,
                                     json_t *records) {
    struct document *documents;
    size_t count = PAGE_ROWS;
    enum lince_status status = LINCE_OK;
    filter.origin = ORIGIN_LEGACY;
    filter.limit = PAGE_ROWS;
    while (status == LINCE_OK && count == PAGE_ROWS) {
        struct arena_mark mark = arena_mark(&request->arena);
        status =
            store_documents(request->service->store, &filter, &request->arena, &documents, &count, &request->failure);
        for (size_t i = 0; i < count && status == LINCE_OK; i++) {
            filter.before_seq = documents[i].seq;
            if (documents[i].batch_id == NULL || !document_status_is_final(documents[i].status)) {
                continue;
            }
            struct legacy_reading reading;
            legacy_reading_make(request, &documents[i], &reading);
            size_t place = json_array_size(records);
            json_array_append_new(records, legacy_record(&reading, total > place ? total - place : 1));
            legacy_reading_free(&reading);
        }
        arena_rewind(&request->arena, mark);
    }
    return status;
}

static json_t *consolidated(const char *kind, json_t *records) {
    char now[LEGACY_TIME_BYTES];
    legacy_time(store_now_ms(), now);
    return consolidated_whole(kind, now, records);
}

/* "prefix20990103_101112.json" */
static void file_name(const char *prefix, char name[96]) {
    char when[LEGACY_TIME_BYTES];
    legacy_time_as(store_now_ms(), "%Y%m%d_%H%M%S", when);
    snprintf(name, 96, "%s%.20s.json", prefix, when);
}

void legacy_extract_results(struct request *request) {
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    struct batch *batches;
    size_t count;
    char name[96];
    json_t *records = json_array();
    enum lince_status status = store_batches(request->service->store, ORIGIN_LEGACY, -1, 1, &request->arena, &batches,
                                             &count, &request->failure);
    if (status == LINCE_OK && count == 1) {
        filter.batch_id = batches[0].id;
        filter.archived = 0;
        status = records_add(request, filter, (size_t)batches[0].total, records);
    }
    if (status != LINCE_OK) {
        json_decref(records);
        answer_failure(request);
        return;
    }
    json_t *json = consolidated("consolidado_empresarial", records);
    if (json_array_size(records) == 0) {
        json_t *answer = legacy_answer("success", "exitoso", "No hay resultados del lote actual");
        json_object_set_new(answer, "total_files", json_integer(0));
        json_object_update(answer, json);
        json_decref(json);
        json = answer;
    }
    file_name("resultados_consolidados_", name);
    legacy_attachment(request, json, JSON_INDENT(2), name);
}

void legacy_extract_all(struct request *request) {
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    struct origin_counts counts;
    char name[96];
    json_t *records = json_array();
    enum lince_status status = store_origin_counts(request->service->store, ORIGIN_LEGACY, &counts, &request->failure);
    if (status == LINCE_OK) {
        status = records_add(request, filter, (size_t)(counts.processed + counts.errors + counts.archived), records);
    }
    if (status != LINCE_OK) {
        json_decref(records);
        answer_failure(request);
    } else if (json_array_size(records) == 0) {
        json_decref(records);
        answer_json(
            request, 404,
            legacy_failure("warning", "advertencia", "NO_RESULTS_AVAILABLE",
                           in_language(request->language, "there are no results yet", "todavía no hay resultados")));
    } else {
        file_name("historial_completo_", name);
        legacy_attachment(request, consolidated("historial_completo", records), PLAIN, name);
    }
}

void legacy_batch_download(struct request *request) {
    struct batch *batches;
    size_t count;
    char name[96];
    const char *asked = request->parameters[0];
    json_t *records = json_array();
    if (strcmp(asked, "all") == 0) {
        json_decref(records);
        legacy_extract_all(request);
        return;
    }
    enum lince_status status = store_batches(request->service->store, ORIGIN_LEGACY, -1, BATCHES_LIMIT, &request->arena,
                                             &batches, &count, &request->failure);
    for (size_t i = 0; status == LINCE_OK && i < count; i++) {
        if (strncmp(batches[i].id, asked, strlen(asked)) == 0 && strlen(asked) >= strlen("BATCH_20990103_101112")) {
            struct document_filter filter = DOCUMENT_FILTER_ANY;
            filter.batch_id = batches[i].id;
            status = records_add(request, filter, (size_t)batches[i].total, records);
        }
    }
    if (status != LINCE_OK) {
        json_decref(records);
        answer_failure(request);
    } else if (json_array_size(records) == 0) {
        json_decref(records);
        legacy_not_found(request, "BATCH_NOT_FOUND", "there is no such batch", "no existe ese lote");
    } else {
        json_t *json = consolidated("lote_especifico", records);
        json_set_text(json_object_get(json, "metadata"), "lote_id", asked);
        snprintf(name, sizeof name, "resultados_%.60s.json", asked);
        legacy_attachment(request, json, PLAIN, name);
    }
}

static json_t *history_item(struct request *request, const struct batch *batch, size_t number, size_t place) {
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    struct document *documents;
    size_t count;
    char id[ID_BYTES], at[LEGACY_TIME_BYTES];
    json_t *files = json_array();
    int64_t successes = 0;
    filter.batch_id = batch->id;
    filter.limit = 200;
    struct arena_mark mark = arena_mark(&request->arena);
    if (store_documents(request->service->store, &filter, &request->arena, &documents, &count, &request->failure) ==
        LINCE_OK) {
        for (size_t i = 0; i < count; i++) {
            json_array_append_new(files, json_string(documents[i].stored_name));
            successes += documents[i].text != NULL && *documents[i].text != '\0';
        }
    }
    arena_rewind(&request->arena, mark);
    legacy_short_batch(batch->id, id);
    legacy_time(batch->created_ms, at);
    double rate = batch->total == 0 ? 0 : (double)(long)(1000.0 * (double)successes / (double)batch->total + 0.5) / 10;
    return json_pack("{s:s, s:s, s:s, s:o, s:I, s:I, s:I, s:I, s:I, s:f}", "id", id, "date", at, "timestampCreacion",
                     at, "files", files, "number", (json_int_t)number, "ordenLlegada", (json_int_t)place, "totalFiles",
                     (json_int_t)batch->total, "successCount", (json_int_t)successes, "errorCount",
                     (json_int_t)(batch->total - successes), "successRate", rate);
}

void legacy_batches_history(struct request *request) {
    struct batch *batches;
    size_t count;
    if (store_batches(request->service->store, ORIGIN_LEGACY, -1, BATCHES_LIMIT, &request->arena, &batches, &count,
                      &request->failure) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = legacy_answer("success", "exitoso", "Historial de lotes"), *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(list, history_item(request, &batches[i], count - i, i + 1));
    }
    json_object_set_new(json, "total_batches", json_integer((json_int_t)count));
    json_object_set_new(json, "batches", list);
    answer_json(request, 200, json);
}
