/* v1_memory_report.c - full memory reports of the front and the workers, as JSON and as a page. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json_memory.h"
#include "base/snapshot.h"
#include "base/system.h"
#include "monitor/report.h"
#include "monitor/report_page.h"
#include "serve/pool/watch.h"
#include "serve/v1/handlers.h"

enum { PIDS_LIMIT = 128 };

/* ---- one report after another, into the request's body ---- */

static bool is_page_wanted(const struct request *request) {
    const char *accept = request_header(request, MHD_HTTP_HEADER_ACCEPT);
    return accept != NULL && strstr(accept, "text/html") != NULL;
}

/* Whether all workers are requested, instead of one process. */
static bool is_list(const struct request *request) {
    const char *process = request_query(request, "process");
    return process != NULL && strcmp(process, "workers") == 0;
}

static void body_begin(struct request *request) {
    if (is_page_wanted(request)) {
        report_page_begin(request->language, &request->body);
    } else if (is_list(request)) {
        buffer_text(&request->body, "{\"reports\":[");
    }
}

static void report_add(struct request *request, const struct buffer *report) {
    struct buffer *body = &request->body;
    if (is_page_wanted(request)) {
        json_t *json = json_memory_load(report->bytes, report->used_bytes, 0, NULL);
        body->refused = body->refused || json == NULL; /* it is JSON, so only memory can be missing */
        report_page_add(json, request->language, body);
        json_decref(json);
        return;
    }
    if (is_list(request) && !body->refused && body->bytes[body->used_bytes - 1] != '[') {
        buffer_text(body, ",");
    }
    buffer_append(body, report->bytes, report->used_bytes);
}

static void body_answer(struct request *request) {
    struct buffer *body = &request->body;
    bool is_page = is_page_wanted(request);
    if (is_page) {
        report_page_end(body);
    } else if (is_list(request)) {
        buffer_text(body, "]}\n");
    }
    if (body->refused) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the report", "no hay memoria para el informe");
        return;
    }
    /* The request, and its body, outlives the response. */
    struct MHD_Response *response =
        MHD_create_response_from_buffer(body->used_bytes, body->bytes, MHD_RESPMEM_PERSISTENT);
    if (response != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE,
                                is_page ? "text/html; charset=utf-8" : "application/json");
        MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, MHD_HTTP_HEADER_ACCEPT);
        MHD_add_response_header(response, "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
    }
    answer_response(request, MHD_HTTP_OK, response);
}

/* ---- the front ---- */

static void front_add(struct request *request) {
    struct service *service = request->service;
    const struct memory_plan *plan = &service->plan;
    struct lince_memory memory = LINCE_MEMORY_INIT;
    struct history history;
    struct buffer report;
    watch_history(service->watch, &history);
    snapshot_process(&service->process, service->process.current_bytes, &memory);
    memory.limit_bytes = plan->limit_bytes == 0 ? 0 : plan->front_bytes;
    memory.container_bytes = container_limit_bytes();
    memory.image_count = metrics_image_count(&service->metrics);
    memory.refusal_count = service->requests.refusal_count + service->bodies.refusal_count +
                           service->answers.refusal_count; /* the meters with a limit */
    buffer_init(&report, &service->requests);
    const struct report_source source = {&service->process, &memory, "request", &history};
    report_write(&source, &report);
    request->body.refused = request->body.refused || report.refused;
    report_add(request, &report);
    buffer_free(&report);
}

/* ---- workers ---- */

/* Notes which processes to ask: only the front, one worker, or all workers. False after answering with a problem. */
static bool processes_choose(struct request *request) {
    const char *process = request_query(request, "process");
    char *end = NULL;
    long pid = process == NULL ? getpid() : strtol(process, &end, 10);
    if (!is_list(request) && process != NULL && (end == process || *end != '\0')) {
        answer_problem(request, PROBLEM_INVALID, "process must be the number of a process, or workers",
                       "process debe ser el número de un proceso, o workers");
        return false;
    }
    int *pids = arena_allocate(&request->arena, PIDS_LIMIT * sizeof *pids);
    if (pids == NULL) {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the report", "no hay memoria para el informe");
        return false;
    }
    size_t count = dispatcher_workers(request->service->dispatcher, pids, PIDS_LIMIT), found = 0;
    for (size_t i = 0; i < count && !is_list(request); i++) {
        if (pids[i] == pid) {
            pids[found++] = pids[i];
        }
    }
    request->pids = pids;
    request->pid_count = is_list(request) ? count : found;
    if (!is_list(request) && found == 0 && pid != getpid()) {
        answer_problem(request, PROBLEM_NOT_FOUND, "the service has no process %ld",
                       "el servicio no tiene ningún proceso %ld", pid);
        return false;
    }
    return true;
}

static void worker_ask_next(struct request *request) {
    request->errand.kind = WORK_REPORT;
    request->errand.pid = request->pids[0];
    request->errand.descriptor = -1;
    request->errand.name = request->errand.layouts = "";
    request_send_errand(request);
}

/* With all workers, those that ended meanwhile or still load are left out. False after answering with a problem. */
static bool worker_add(struct request *request) {
    const struct errand *errand = &request->errand;
    if (errand->is_answered) {
        request->body.refused = request->body.refused || errand->status != LINCE_OK;
        report_add(request, &errand->body);
    } else if (request->service->is_draining) {
        answer_problem(request, PROBLEM_UNAVAILABLE, "the service is shutting down", "el servicio se está deteniendo");
    } else if (!is_list(request)) {
        answer_problem(request, PROBLEM_NOT_FOUND, "process %d has ended, or is still loading its models",
                       "el proceso %d terminó, o todavía carga sus modelos", errand->pid);
    }
    request->pids++;
    request->pid_count--;
    return request->status == 0;
}

void memory_report_get(struct request *request) {
    if (request->errand_state == ERRAND_NONE) {
        if (!processes_choose(request)) {
            return;
        }
        body_begin(request);
        if (request->pid_count == 0 && !is_list(request)) {
            front_add(request);
        }
    } else if (!worker_add(request)) {
        return;
    }
    if (request->pid_count > 0) {
        worker_ask_next(request);
    } else {
        body_answer(request);
    }
}
