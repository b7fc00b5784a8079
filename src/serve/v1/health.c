/* health.c - liveness, readiness, explanations of problems, memory and metrics of the service. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "serve/pool/watch.h"
#include "serve/v1/handlers.h"

void livez_get(struct request *request) {
    answer_bytes(request, 200, "text/plain; charset=utf-8", "ok\n", 3);
}

void readyz_get(struct request *request) {
    struct dispatcher_figures figures = dispatcher_figures(request->service->dispatcher);
    if (request->service->is_draining) {
        answer_problem(request, PROBLEM_UNAVAILABLE, "the service is shutting down", "el servicio se está deteniendo");
    } else if (!store_is_reachable(request->service->store)) {
        request->retry_after = "1";
        answer_problem(request, PROBLEM_UNAVAILABLE, "the database of the store does not answer",
                       "la base de datos del almacén no responde");
    } else if (figures.ready == 0) {
        request->retry_after = "1";
        answer_problem(request, PROBLEM_UNAVAILABLE, "no worker is ready yet", "aún no hay ningún trabajador listo");
    } else {
        answer_bytes(request, 200, "text/plain; charset=utf-8", "ready\n", 6);
    }
}

void problem_get(struct request *request) {
    for (int i = 0; i < PROBLEM_COUNT; i++) {
        if (strcmp(problem_specs[i].type, request->parameters[0]) == 0) {
            answer_json(request, 200,
                        json_pack("{s:s, s:i, s:s}", "type", problem_specs[i].type, "status",
                                  (int)problem_specs[i].status, "title", problem_specs[i].title[request->language]));
            return;
        }
    }
    answer_problem(request, PROBLEM_NOT_FOUND, "there is no problem of that name",
                   "no hay ningún problema de ese nombre");
}

/* ---- memory ---- */

static json_t *process_json(const char *role, int pid, uint64_t *total) {
    struct process_figures figures = watch_process(pid);
    *total += figures.proportional_bytes;
    return json_pack("{s:s, s:i, s:I, s:I}", "role", role, "pid", pid, "pss_bytes",
                     (json_int_t)figures.proportional_bytes, "resident_bytes", (json_int_t)figures.resident_bytes);
}

void memory_get(struct request *request) {
    const struct service *service = request->service;
    int pids[128];
    uint64_t total = 0;
    size_t count = dispatcher_workers(service->dispatcher, pids, sizeof pids / sizeof *pids);
    json_t *processes = json_array();
    json_array_append_new(processes, process_json("front", getpid(), &total));
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(processes, process_json("worker", pids[i], &total));
    }
    const struct memory_plan *plan = &service->plan;
    uint64_t peak = watch_figures(service->watch).peak_bytes;
    json_t *json = json_pack(
        "{s:I, s:I, s:I, s:o, s:{s:I, s:I, s:I, s:I, s:I}, s:{s:I, s:I}, s:{s:I, s:I}}", "limit_bytes",
        (json_int_t)plan->limit_bytes, "pss_bytes", (json_int_t)total, "pss_peak_bytes",
        (json_int_t)(peak > total ? peak : total), "processes", processes, "plan", "front_bytes",
        (json_int_t)plan->front_bytes, "shared_bytes", (json_int_t)plan->shared_bytes, "spare_bytes",
        (json_int_t)(plan->has_spare ? plan->spare_bytes : 0), "worker_bytes", (json_int_t)plan->worker_bytes,
        "workers", (json_int_t)plan->worker_count, "requests", "current_bytes",
        (json_int_t)service->requests.current_bytes, "peak_bytes", (json_int_t)service->requests.peak_bytes, "store",
        "current_bytes", (json_int_t)service->kept.current_bytes, "peak_bytes", (json_int_t)service->kept.peak_bytes);
    answer_json(request, 200, json);
}
