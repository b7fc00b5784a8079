/* legacy_queue.c - the queue, clearing up, and the machine's state, in the earlier service's form. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "serve/http/json_set.h"
#include "serve/legacy/legacy_handlers.h"
#include "serve/legacy/legacy_json.h"

enum { LIST_LIMIT = 1000 };
static const int64_t HOUR_MS = INT64_C(3600) * 1000, HISTORY_MS = INT64_C(24) * 3600 * 1000;

static bool counts_have(struct request *request, struct origin_counts *counts) {
    if (store_origin_counts(request->service->store, ORIGIN_LEGACY, counts, &request->failure) == LINCE_OK) {
        return true;
    }
    answer_failure(request);
    return false;
}

/* What waits for a run, oldest first. */
static json_t *inbox_json(struct request *request) {
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    struct document *documents;
    size_t count;
    json_t *list = json_array();
    filter.origin = ORIGIN_LEGACY;
    filter.archived = 0;
    filter.oldest_first = true;
    filter.limit = LIST_LIMIT;
    if (store_documents(request->service->store, &filter, &request->arena, &documents, &count, &request->failure) !=
        LINCE_OK) {
        count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        if (documents[i].batch_id != NULL) {
            continue;
        }
        json_t *item = json_object(), *sidecar = json_memory_load_text(documents[i].metadata, 0, NULL);
        json_set_text(item, "filename", documents[i].stored_name);
        json_object_set_new(item, "size", json_integer((json_int_t)documents[i].image_bytes));
        json_object_set_new(item, "size_bytes", json_integer((json_int_t)documents[i].image_bytes));
        json_object_set_new(item, "upload_time", json_real((double)documents[i].received_ms / 1000));
        static const char *const names[] = {"numerosorteo", "idWhatsapp", "nombre",
                                            "horamin",      "caption",    "whatsapp_metadata"};
        for (size_t j = 0; j < sizeof names / sizeof *names; j++) {
            json_object_set(item, names[j], json_object_get(sidecar, names[j]));
        }
        json_decref(sidecar);
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *queue_json(const struct origin_counts *counts) {
    int64_t results = counts->processed + counts->errors;
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "inbox", (json_int_t)counts->inbox, "pending",
                     (json_int_t)counts->inbox, "processing", (json_int_t)counts->processing, "completed",
                     (json_int_t)counts->processed, "processed", (json_int_t)counts->processed, "results_available",
                     (json_int_t)results, "errors", (json_int_t)counts->errors);
}

void legacy_queue_status(struct request *request) {
    struct origin_counts counts;
    char now[LEGACY_TIME_BYTES];
    if (!counts_have(request, &counts)) {
        return;
    }
    struct dispatcher_figures figures = dispatcher_figures(request->service->dispatcher);
    json_t *json = legacy_answer("ok", "ok", "Estado de la cola");
    legacy_time(store_now_ms(), now);
    json_object_set_new(json, "inbox_count", json_integer((json_int_t)counts.inbox));
    json_object_set_new(json, "queue_size", json_integer((json_int_t)counts.inbox));
    json_object_set_new(json, "processing_count", json_integer((json_int_t)counts.processing));
    json_object_set_new(json, "processed_count", json_integer((json_int_t)counts.processed));
    json_object_set_new(json, "error_count", json_integer((json_int_t)counts.errors));
    json_object_set_new(json, "total_active", json_integer((json_int_t)counts.inbox + counts.processing));
    json_set_text(json, "timestamp", now);
    json_object_set_new(json, "queue_status", queue_json(&counts));
    json_object_set_new(
        json, "system_status",
        json_pack("{s:b, s:b}", "ocr_loaded", figures.ready > 0, "worker_running", figures.workers > 0));
    json_object_set_new(json, "inbox_files", inbox_json(request));
    answer_json(request, 200, json);
}

void legacy_queue_count(struct request *request) {
    struct origin_counts counts;
    if (counts_have(request, &counts)) {
        json_t *json = legacy_answer("exitoso", "exitoso", "Archivos en cola");
        json_object_set_new(json, "error", json_false());
        json_object_set_new(json, "count", json_integer((json_int_t)counts.inbox));
        answer_json(request, 200, json);
    }
}

void legacy_files_pending(struct request *request) {
    json_t *json = legacy_answer("success", "exitoso", "Archivos pendientes"), *files = inbox_json(request);
    json_object_set_new(json, "files_pending", json_integer((json_int_t)json_array_size(files)));
    json_object_set_new(json, "files", files);
    answer_json(request, 200, json);
}

/* ---- clearing up ---- */

/* Deletes documents of the earlier API: those archived more than a day ago, or (`inbox`) those that wait. */
static enum lince_status remove_some(struct request *request, bool inbox, int64_t *removed) {
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    struct document *documents;
    size_t count = LIST_LIMIT;
    enum lince_status status = LINCE_OK;
    filter.origin = ORIGIN_LEGACY;
    filter.archived = inbox ? 0 : 1;
    filter.limit = LIST_LIMIT;
    *removed = 0;
    while (status == LINCE_OK && count == LIST_LIMIT) {
        struct arena_mark mark = arena_mark(&request->arena);
        status =
            store_documents(request->service->store, &filter, &request->arena, &documents, &count, &request->failure);
        for (size_t i = 0; i < count && status == LINCE_OK; i++) {
            bool goes = inbox ? documents[i].batch_id == NULL : documents[i].archived_ms < store_now_ms() - HISTORY_MS;
            filter.before_seq = documents[i].seq;
            if (goes) {
                status = store_document_delete(request->service->store, documents[i].id, -1, &request->failure);
                ++*removed;
            }
        }
        arena_rewind(&request->arena, mark);
    }
    return status;
}

void legacy_clean(struct request *request) {
    struct origin_counts before;
    int64_t removed = 0, moved = 0;
    char now[LEGACY_TIME_BYTES];
    if (!counts_have(request, &before)) {
        return;
    }
    enum lince_status status = remove_some(request, false, &removed);
    if (status == LINCE_OK) {
        status = store_archive(request->service->store, ORIGIN_LEGACY, &moved, &request->failure);
    }
    if (status != LINCE_OK) {
        answer_failure(request);
        return;
    }
    int64_t kept = before.archived - removed;
    json_t *json = legacy_answer("exitoso", "exitoso", "Sistema limpiado");
    legacy_time(store_now_ms(), now);
    json_object_set_new(json, "success", json_true());
    json_set_text(json, "timestamp", now);
    json_object_set_new(json, "cleaned_counts",
                        json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "processed_moved_to_historial",
                                  (json_int_t)(moved - before.errors), "results_moved_to_historial", (json_int_t)moved,
                                  "historial_eliminated", (json_int_t)removed, "historial_preserved",
                                  (json_int_t)(kept + moved), "errors", (json_int_t)before.errors, "temp_dirs", 0));
    json_object_set_new(json, "total_cleaned", json_integer((json_int_t)moved + moved + moved + removed + kept));
    answer_json(request, 200, json);
}

void legacy_clean_queue(struct request *request) {
    int64_t removed;
    char now[LEGACY_TIME_BYTES];
    if (remove_some(request, true, &removed) != LINCE_OK) {
        answer_failure(request);
        return;
    }
    json_t *json = legacy_answer("exitoso", "exitoso", "Cola vaciada");
    legacy_time(store_now_ms(), now);
    json_object_set_new(json, "success", json_true());
    json_object_set_new(json, "inbox_cleaned", json_integer((json_int_t)removed));
    json_set_text(json, "timestamp", now);
    answer_json(request, 200, json);
}

/* ---- the machine ---- */

struct machine {
    double cpu_percent, memory_percent, disk_percent, total_gb, free_gb;
    double load[3];
};

static struct machine machine_look(const struct service *service) {
    struct machine machine = {0};
    struct sysinfo info;
    struct statvfs disk;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (getloadavg(machine.load, 3) == 3) {
        machine.cpu_percent = 100 * machine.load[0] / (double)(cores > 0 ? cores : 1);
        machine.cpu_percent = machine.cpu_percent > 100 ? 100 : machine.cpu_percent;
    }
    if (sysinfo(&info) == 0 && info.totalram > 0) {
        machine.total_gb = (double)info.totalram * info.mem_unit / 0x1p30;
        machine.free_gb = (double)(info.freeram + info.bufferram) * info.mem_unit / 0x1p30;
        machine.memory_percent = 100 * (1 - machine.free_gb / machine.total_gb);
    }
    if (statvfs(SETTING_TEXT_OF(&service->settings, data), &disk) == 0 && disk.f_blocks > 0) {
        machine.disk_percent = 100 * (1 - (double)disk.f_bavail / (double)disk.f_blocks);
    }
    return machine;
}

void legacy_stats(struct request *request) {
    struct origin_counts counts;
    struct machine machine = machine_look(request->service);
    if (!counts_have(request, &counts)) {
        return;
    }
    struct dispatcher_figures figures = dispatcher_figures(request->service->dispatcher);
    json_t *json = legacy_answer("success", "exitoso", "Estadísticas");
    json_object_set_new(json, "stats",
                        json_pack("{s:{s:f, s:f, s:f, s:f}, s:{s:I, s:f}, s:{s:b, s:[s], s:s}, s:{s:I, s:I}}",
                                  "sistema", "cpu_uso", machine.cpu_percent, "memoria_uso", machine.memory_percent,
                                  "memoria_total", machine.total_gb, "memoria_disponible", machine.free_gb, "cache",
                                  "archivos", (json_int_t)0, "tamaño_mb", 0.0, "ocr", "componentes_cargados",
                                  figures.ready > 0, "modelos_disponibles", "lince", "status", "operativo", "archivos",
                                  "en_cola", (json_int_t)counts.inbox, "procesados", (json_int_t)counts.processed));
    answer_json(request, 200, json);
}

void legacy_health(struct request *request) {
    struct machine machine = machine_look(request->service);
    struct dispatcher_figures figures = dispatcher_figures(request->service->dispatcher);
    char now[LEGACY_TIME_BYTES];
    legacy_time(store_now_ms(), now);
    bool is_well = figures.ready > 0 && !request->service->is_draining;
    answer_json(request, is_well ? 200 : 503,
                json_pack("{s:s, s:s, s:{s:s, s:s}, s:{s:f, s:f, s:f}}", "status", is_well ? "healthy" : "unhealthy",
                          "timestamp", now, "checks", "store", "ok", "ocr", figures.ready > 0 ? "ok" : "loading",
                          "metrics", "cpu_usage", machine.cpu_percent, "memory_usage", machine.memory_percent,
                          "disk_usage", machine.disk_percent));
}

void legacy_status(struct request *request) {
    struct dispatcher_figures figures = dispatcher_figures(request->service->dispatcher);
    struct origin_counts counts;
    char now[LEGACY_TIME_BYTES];
    if (!counts_have(request, &counts)) {
        return;
    }
    legacy_time(store_now_ms(), now);
    answer_json(request, 200,
                json_pack("{s:{s:s, s:I, s:s, s:s}, s:{s:b, s:I}, s:o, s:{s:b, s:I}}", "system", "status", "operativo",
                          "uptime", (json_int_t)((store_now_ms() - request->service->started_ms) / 1000), "version",
                          LINCE_VERSION, "timestamp", now, "ocr_components", "loaded", figures.ready > 0, "workers",
                          (json_int_t)figures.ready, "directories", queue_json(&counts), "worker", "running",
                          figures.workers > 0, "busy", (json_int_t)figures.busy));
}

/* Among those received in the last hour; counts at most LIST_LIMIT of each kind. */
static size_t recent_errors(struct request *request) {
    static const enum document_status kinds[] = {DOCUMENT_FAILED, DOCUMENT_POISONED};
    struct document_filter filter = DOCUMENT_FILTER_ANY;
    struct document *documents;
    size_t sum = 0, count;
    filter.since_ms = store_now_ms() - HOUR_MS;
    filter.limit = LIST_LIMIT;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct arena_mark mark = arena_mark(&request->arena);
        filter.status = (int)kinds[i];
        if (store_documents(request->service->store, &filter, &request->arena, &documents, &count, &request->failure) ==
            LINCE_OK) {
            sum += count;
        }
        arena_rewind(&request->arena, mark);
    }
    return sum;
}

void legacy_metrics(struct request *request) {
    struct machine machine = machine_look(request->service);
    struct metrics *metrics = &request->service->metrics;
    struct dispatcher_figures figures = dispatcher_figures(request->service->dispatcher);
    uint64_t done = metrics->documents_done, errors = metrics->documents_failed + metrics->documents_poisoned;
    uint64_t uptime = (uint64_t)(store_now_ms() - request->service->started_ms) / 1000, requests = 0;
    for (int i = 2; i < 6; i++) {
        requests += metrics->answers[i];
    }
    double share = done + errors == 0 ? 0 : (double)done / (double)(done + errors);
    json_t *system = json_pack("{s:f, s:f, s:f, s:[f, f, f], s:I}", "cpu_usage", machine.cpu_percent, "memory_usage",
                               machine.memory_percent, "disk_usage", machine.disk_percent, "load_average",
                               machine.load[0], machine.load[1], machine.load[2], "uptime_seconds", (json_int_t)uptime);
    json_t *ocr = json_pack("{s:I, s:f, s:f, s:I, s:I}", "total_processed", (json_int_t)done, "average_processing_time",
                            figures.read_seconds, "cache_hit_ratio", 0.0, "models_in_memory", (json_int_t)figures.ready,
                            "extraction_rules_active", (json_int_t)request->service->layout_names.count);
    json_t *performance =
        json_pack("{s:f, s:I, s:I, s:f, s:f}", "requests_per_minute", 60.0 * (double)requests / (double)(uptime + 1),
                  "successful_uploads", (json_int_t)done, "failed_uploads", (json_int_t)errors, "batch_success_rate",
                  share, "average_file_size_mb",
                  done + errors == 0 ? 0 : (double)metrics->upload_bytes / 0x1p20 / (double)(done + errors));
    json_t *failed =
        json_pack("{s:I, s:I, s:f, s:[]}", "total_errors", (json_int_t)errors, "errors_last_hour",
                  (json_int_t)recent_errors(request), "error_rate", errors == 0 ? 0.0 : 1 - share, "common_errors");
    answer_json(request, 200,
                json_pack("{s:o, s:o, s:o, s:o}", "system_metrics", system, "ocr_metrics", ocr, "performance_metrics",
                          performance, "error_metrics", failed));
}
