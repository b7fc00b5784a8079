/* routing.c - the way of a request before and after its handler. */
#include "serve/http/routing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/json_memory.h"
#include "serve/http/accepted_language.h"
#include "serve/http/auth.h"
#include "serve/http/connections.h"
#include "serve/http/origin.h"
#include "serve/http/rate.h"

enum { ARENA_BLOCK_BYTES = 4096, SMALL_BODY_BYTES = 1 << 20 };

/* ---- the route ---- */

/* Matches a pattern and puts the text in place of each {} into the arena; libmicrohttpd has already decoded it. */
static bool pattern_matches(struct request *request, const char *pattern, const char *path) {
    const char *parameters[PARAMETERS_LIMIT] = {NULL};
    size_t lengths[PARAMETERS_LIMIT] = {0};
    int count = 0;
    while (*pattern != '\0') {
        if (pattern[0] == '{') {
            size_t length = strcspn(path, "/");
            if (length == 0 || count == PARAMETERS_LIMIT) {
                return false;
            }
            parameters[count] = path;
            lengths[count++] = length;
            path += length;
            pattern += 2;
        } else if (*pattern++ != *path++) {
            return false;
        }
    }
    if (*path != '\0') {
        return false;
    }
    for (int i = 0; i < count; i++) {
        request->parameters[i] = arena_copy_text(&request->arena, parameters[i], lengths[i]);
    }
    return count == 0 || request->parameters[count - 1] != NULL;
}

static bool method_matches(const char *wanted, const char *method) {
    return strcmp(wanted, method) == 0 || (strcmp(wanted, "GET") == 0 && strcmp(method, "HEAD") == 0);
}

/* Notes that a path has this method, once for each. */
static void method_allow(struct request *request, const char *method) {
    size_t used = strlen(request->allow);
    if (strstr(request->allow, method) == NULL) {
        snprintf(request->allow + used, sizeof request->allow - used, "%s%s%s", used == 0 ? "" : ", ", method,
                 strcmp(method, "GET") == 0 ? ", HEAD" : "");
    }
}

/* NULL if no route has the path with this method; the request's `allow` then has the path's methods. */
static const struct route *route_find(struct request *request, const struct route *routes) {
    for (; routes->method != NULL; routes++) {
        if (pattern_matches(request, routes->pattern, request->path)) {
            if (method_matches(routes->method, request->method)) {
                return routes;
            }
            method_allow(request, routes->method);
        }
    }
    return NULL;
}

/* Of the table whose prefix the path begins with, even if the path does not exist. */
static const struct dialect *dialect_of(const struct route_table *table, const char *path) {
    for (; table->routes != NULL; table++) {
        if (strncmp(path, table->prefix, strlen(table->prefix)) == 0) {
            return table->dialect;
        }
    }
    return &dialect_standard;
}

/* ---- the request ---- */

struct request *request_new(struct service *service, struct MHD_Connection *connection, const char *method,
                            const char *path) {
    struct request *request = meter_allocate_zero(&service->requests, 1, sizeof *request);
    if (request == NULL) {
        return NULL;
    }
    request->service = service;
    request->connection = connection;
    request->started_ns = clock_now_ns();
    arena_init(&request->arena, &service->requests, ARENA_BLOCK_BYTES);
    buffer_init(&request->body, &service->requests);
    request->errand.output = request->errand.descriptor = -1;
    for (int i = 0; i < REQUEST_FILES; i++) {
        request->files[i] = -1;
    }
    buffer_init(&request->errand.body, &service->requests);
    request->method = arena_copy_text(&request->arena, method, strlen(method));
    request->path = arena_copy_text(&request->arena, path, strlen(path));
    if (request->method == NULL || request->path == NULL) {
        arena_clear(&request->arena);
        meter_free(request);
        return NULL;
    }
    store_id(request->id, "req");
    request->dialect = dialect_of(service->routes, path);
    request->language = accepted_language(request_header(request, MHD_HTTP_HEADER_ACCEPT_LANGUAGE), service->language);
    request->failure = (struct lince_error)LINCE_ERROR_INIT;
    request->failure.language = request->language;
    return request;
}

static bool path_is_text(const char *path) {
    for (; *path != '\0'; path++) {
        if ((unsigned char)*path < 0x20 || *path == 0x7f) {
            return false;
        }
    }
    return true;
}

static bool size_is_allowed(struct request *request) {
    const char *length = request_header(request, MHD_HTTP_HEADER_CONTENT_LENGTH);
    uint64_t limit = SETTING_NUMBER(&request->service->settings, max_body);
    if (request->route->body == BODY_SMALL && limit > SMALL_BODY_BYTES) {
        limit = SMALL_BODY_BYTES;
    }
    if (length == NULL || strtoull(length, NULL, 10) <= limit) {
        return true;
    }
    answer_problem(request, PROBLEM_TOO_LARGE, "the body has %.20s bytes; at most %llu are taken here",
                   "el cuerpo tiene %.20s bytes; aquí se admiten %llu", length, (unsigned long long)limit);
    return false;
}

static bool coding_is_taken(struct request *request) {
    const char *coding = request_header(request, MHD_HTTP_HEADER_CONTENT_ENCODING);
    if (coding == NULL || strcasecmp(coding, "identity") == 0) {
        return true;
    }
    answer_problem(request, PROBLEM_MEDIA_TYPE, "the body is encoded as %.40s; send it as it is",
                   "el cuerpo está codificado como %.40s; envíelo tal cual", coding);
    return false;
}

/* Whether the service can keep one more upload. Asked before the body is taken. */
static bool has_room(struct request *request) {
    struct service *service = request->service;
    const struct settings *settings = &service->settings;
    const char *length = request_header(request, MHD_HTTP_HEADER_CONTENT_LENGTH);
    uint64_t bytes = length == NULL ? 0 : strtoull(length, NULL, 10);
    if (service->is_draining) {
        answer_problem(request, PROBLEM_UNAVAILABLE, "the service is shutting down; send it again later",
                       "el servicio se está deteniendo; envíelo más tarde");
        return false;
    }
    if (!store_is_reachable(service->store)) {
        request->retry_after = "1";
        answer_problem(request, PROBLEM_UNAVAILABLE, "the database of the store does not answer; send it again later",
                       "la base de datos del almacén no responde; envíelo más tarde");
        return false;
    }
    if (service->is_front_full) {
        answer_problem(request, PROBLEM_MEMORY, "the service is at its memory limit; send it again later",
                       "el servicio está en su límite de memoria; envíelo más tarde");
        return false;
    }
    if ((uint64_t)store_waiting_count(service->store) >= SETTING_NUMBER(settings, queue_limit)) {
        service->metrics.refused_busy++;
        answer_problem(request, PROBLEM_QUEUE_FULL, "%lld documents wait and the limit (queue-limit) is %llu",
                       "esperan %lld documentos y el límite (queue-limit) es %llu",
                       (long long)store_waiting_count(service->store),
                       (unsigned long long)SETTING_NUMBER(settings, queue_limit));
        return false;
    }
    if ((uint64_t)store_image_bytes(service->store) + bytes > SETTING_NUMBER(settings, disk_limit) ||
        store_disk_free_bytes(service->store) < bytes + SETTING_NUMBER(settings, disk_reserve)) {
        service->metrics.refused_disk++;
        request->retry_after = "60";
        answer_problem(request, PROBLEM_STORAGE_FULL,
                       "the images take %s (disk-limit is %s) and the disk has %s free (disk-reserve is %s)",
                       "las imágenes ocupan %s (disk-limit es %s) y en el disco quedan %s (disk-reserve es %s)",
                       size_for_people((uint64_t)store_image_bytes(service->store)).text,
                       size_for_people(SETTING_NUMBER(settings, disk_limit)).text,
                       size_for_people(store_disk_free_bytes(service->store)).text,
                       size_for_people(SETTING_NUMBER(settings, disk_reserve)).text);
        return false;
    }
    return true;
}

/* A browser asks first whether a page of another origin may call. */
static bool is_preflight(struct request *request) {
    return strcmp(request->method, "OPTIONS") == 0 &&
           SETTING_TEXT_OF(&request->service->settings, cors_origin)[0] != '\0';
}

static bool route_choose(struct request *request) {
    for (const struct route_table *table = request->service->routes; table->routes != NULL && request->route == NULL;
         table++) {
        request->route = route_find(request, table->routes);
    }
    if (request->route != NULL) {
        return true;
    }
    if (request->allow[0] != '\0') {
        answer_problem(request, PROBLEM_METHOD, "%s is not possible here", "%s no es posible aquí", request->method);
    } else {
        answer_problem(request, PROBLEM_NOT_FOUND, "nothing is served at %s; see /openapi.json",
                       "no hay nada en %s; vea /openapi.json", request->path);
    }
    return false;
}

static bool is_one_of(const struct request *request, const char *const *paths) {
    while (*paths != NULL && strcmp(request->route->pattern, *paths) != 0) {
        paths++;
    }
    return *paths != NULL;
}

static bool is_health(const struct request *request) {
    static const char *const paths[] = {"/livez", "/readyz", "/api/health", NULL};
    return is_one_of(request, paths);
}

/* A node that only reads images answers only questions about itself. */
static bool is_of_role(struct request *request) {
    static const char *const paths[] = {"/metrics", "/v1/memory", "/v1/memory/report", "/problems/{}", NULL};
    if (SETTING_NUMBER(&request->service->settings, role) != ROLE_WORKER || is_health(request) ||
        is_one_of(request, paths)) {
        return true;
    }
    answer_problem(request, PROBLEM_UNAVAILABLE, "this node only reads (role worker); ask one that answers",
                   "este nodo solo lee (role worker); pregunte a uno que responda");
    return false;
}

/* When all connections are taken, only health checks and clients with a key get answers. */
static bool is_admitted(struct request *request) {
    switch (connection_admit(request->connection, is_health(request), request->has_key)) {
    case ADMISSION_OF_ADDRESS:
        answer_problem(request, PROBLEM_CONNECTIONS,
                       "this address has more connections than it may (address-connections); close some",
                       "esta dirección tiene más conexiones de las que puede (address-connections); cierre algunas");
        return false;
    case ADMISSION_FULL:
        answer_problem(request, PROBLEM_UNAVAILABLE, "all %u connections are taken (connections)",
                       "las %u conexiones están ocupadas (connections)", request->service->plan.connection_count);
        return false;
    default:
        return true;
    }
}

void request_begin(struct request *request) {
    (void)json_memory_was_refused(); /* to another request of this thread */
    if (!path_is_text(request->path)) {
        answer_problem(request, PROBLEM_BAD_REQUEST, "the path holds control characters",
                       "la ruta lleva caracteres de control");
        return;
    }
    if (!origin_check_host(request)) {
        return;
    }
    if (is_preflight(request)) {
        answer_empty(request, MHD_HTTP_NO_CONTENT);
        return;
    }
    if (!route_choose(request) || !is_of_role(request) || !origin_check_site(request) || !auth_check(request) ||
        !is_admitted(request) || !rate_check(request) || !query_check(request) || !coding_is_taken(request) ||
        !size_is_allowed(request)) {
        return;
    }
    if (request->route->body != BODY_NONE) {
        buffer_init(&request->body, &request->service->bodies);
    }
    if (route_takes_files(request->route) && (!has_room(request) || !upload_begin(request))) {
        return;
    }
    request->is_begun = true;
}

bool request_feed(struct request *request, const char *bytes, size_t count) {
    uint64_t limit = SETTING_NUMBER(&request->service->settings, max_body);
    request->body_bytes += count;
    if (request->route != NULL && !route_takes_files(request->route)) {
        limit = SMALL_BODY_BYTES;
    }
    if (request->body_bytes > limit) {
        return request->body_bytes <= limit + limit / 4; /* a little is swallowed, so that the answer can be read */
    }
    if (request->status != 0 || !request->is_begun || request->route == NULL || request->route->body == BODY_NONE) {
        return true;
    }
    if (route_takes_files(request->route)) {
        upload_feed(request, bytes, count);
        request->service->metrics.upload_bytes += count;
    } else {
        buffer_append(&request->body, bytes, count);
    }
    return true;
}

static bool body_end(struct request *request) {
    uint64_t limit =
        route_takes_files(request->route) ? SETTING_NUMBER(&request->service->settings, max_body) : SMALL_BODY_BYTES;
    if (request->body_bytes > limit) {
        answer_problem(request, PROBLEM_TOO_LARGE, "the body has more than %llu bytes", "el cuerpo pasa de %llu bytes",
                       (unsigned long long)limit);
        return false;
    }
    if (request->body.refused) {
        request_answer_unfit(request);
        return false;
    }
    return !route_takes_files(request->route) || upload_end(request);
}

static void handle(struct request *request) {
    request->generation = waiters_generation(request->service->waiters);
    (void)json_memory_was_refused(); /* to another request of this thread */
    request->route->handle(request);
}

void request_run(struct request *request) {
    if (request->is_ended) {
        handle(request);
        return;
    }
    uint64_t ended_ns = clock_now_ns();
    request->is_ended = true;
    if (!body_end(request)) {
        return;
    }
    handle(request);
    if (route_takes_files(request->route) && request->status != 0) { /* 0: the client asked to wait */
        histogram_add(&request->service->metrics.answer, clock_since_ms(ended_ns) / 1000);
    }
}

static void errand_done(struct errand *errand) {
    struct request *request = errand->context;
    waiters_finish(request->service->waiters, &request->waiter, &request->errand_state, ERRAND_ANSWERED);
}

void request_send_errand(struct request *request) {
    request->errand.done = errand_done;
    request->errand.context = request;
    request->errand.is_answered = false;
    request->errand_state = ERRAND_SENT;
    dispatcher_submit(request->service->dispatcher, &request->errand);
    waiters_wait_for(request->service->waiters, &request->waiter, request->connection, &request->errand_state,
                     ERRAND_SENT);
}

void request_wait(struct request *request, int64_t until_ms) {
    waiters_wait(request->service->waiters, &request->waiter, request->connection, request->generation, until_ms);
}

static void access_log(const struct request *request, bool is_complete) {
    char status[16], milliseconds[32], bytes[32];
    snprintf(status, sizeof status, "%u", request->status);
    snprintf(milliseconds, sizeof milliseconds, "%.1f", clock_since_ms(request->started_ns));
    snprintf(bytes, sizeof bytes, "%llu", (unsigned long long)request->body_bytes);
    service_log("info", is_complete ? "request" : "request_aborted", "id", request->id, "method", request->method,
                "path", request->route == NULL ? "-" : request->route->pattern, "status", status, "ms", milliseconds,
                "bytes", bytes, "actor", request->actor, NULL);
}

void request_free(struct request *request, bool is_complete) {
    struct metrics *metrics = &request->service->metrics;
    metrics->answers[request->status / 100 < 6 ? request->status / 100 : 0]++;
    histogram_add(request->route != NULL && route_takes_files(request->route) ? &metrics->upload : &metrics->request,
                  clock_since_ms(request->started_ns) / 1000);
    if (SETTING_NUMBER(&request->service->settings, access_log) == 0) { /* yes */
        access_log(request, is_complete);
    }
    upload_free(request);
    if (request->work_free != NULL) {
        request->work_free(request->work);
    }
    for (int i = 0; i < REQUEST_FILES; i++) {
        if (request->files[i] >= 0) {
            close(request->files[i]);
        }
    }
    buffer_free(&request->body);
    buffer_free(&request->errand.body);
    arena_clear(&request->arena);
    meter_free(request);
}
