/* v1_health.c - liveness, readiness, explanations of problems, memory and metrics of the service. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "monitor/timeline.h"
#include "serve/http/json_set.h"
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

enum { EVENTS_TOLD = 50 };

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

static json_t *memory_events_json(struct request *request) {
    struct event *events;
    size_t count;
    json_t *list = json_array();
    if (store_memory_events(request->service->store, EVENTS_TOLD, &request->arena, &events, &count,
                            &request->failure) != LINCE_OK) {
        count = 0;
    }
    for (size_t i = 0; i < count; i++) {
        json_t *event = json_object();
        json_set_time(event, "at", events[i].at_ms);
        json_set_text(event, "type", events[i].type);
        json_array_append_new(list, event);
    }
    return list;
}

void memory_timeline_get(struct request *request) {
    const struct service *service = request->service;
    struct timeline timeline;
    int warns_at;
    watch_timeline(service->watch, &timeline, &warns_at);
    json_t *points = json_array(), *events = memory_events_json(request);
    if (answer_if_failed(request)) {
        json_decref(points);
        json_decref(events);
        return;
    }
    for (size_t i = 0; i < timeline.count; i++) {
        json_t *point = json_object();
        json_set_time(point, "at", service->started_ms + (int64_t)timeline.points[i].at_ms);
        json_object_set_new(point, "pss_bytes", json_integer((json_int_t)timeline.points[i].resident_bytes));
        json_array_append_new(points, point);
    }
    uint64_t limit = service->plan.limit_bytes, warn = limit / 100 * (uint64_t)warns_at;
    json_t *json = json_object();
    json_set_time(json, "started_at", service->started_ms);
    json_object_set_new(json, "step_ms", json_integer((json_int_t)timeline.step_ms));
    json_object_set_new(json, "limit_bytes", json_integer((json_int_t)limit));
    json_object_set_new(json, "warn_bytes", json_integer((json_int_t)warn));
    json_object_set_new(json, "points", points);
    json_object_set_new(json, "events", events);
    answer_json(request, 200, json);
}
