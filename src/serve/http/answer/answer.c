/* answer.c - sends a response, with the headers that all have; files, and answers without a body. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json_memory.h"
#include "serve/http/connections.h"
#include "serve/http/request.h"

/* Whether a list of ETags, some of them weak, has that one, or is "*". */
static bool is_named(const char *list, const char *etag) {
    etag += strncmp(etag, "W/", 2) == 0 ? 2 : 0;
    size_t bytes = strlen(etag);
    while (*list != '\0') {
        list += strspn(list, ", \t");
        list += strncmp(list, "W/", 2) == 0 ? 2 : 0;
        size_t listed = strcspn(list, ", \t");
        if ((listed == bytes && strncmp(list, etag, bytes) == 0) || (listed == 1 && *list == '*')) {
            return true;
        }
        list += listed;
    }
    return false;
}

bool answer_etag_is_known(const struct request *request) {
    const char *known = request_header(request, MHD_HTTP_HEADER_IF_NONE_MATCH);
    return known != NULL && request->etag[0] != '\0' && is_named(known, request->etag);
}

static void cors_headers(struct request *request, struct MHD_Response *response) {
    const char *allowed = SETTING_TEXT_OF(&request->service->settings, cors_origin);
    const char *origin = request_header(request, "Origin");
    if (allowed[0] == '\0') {
        return;
    }
    MHD_add_response_header(response, "Vary", "Origin");
    if (request_origin_is_allowed(request, origin)) {
        MHD_add_response_header(response, "Access-Control-Allow-Origin", allowed);
        MHD_add_response_header(response, "Access-Control-Expose-Headers",
                                "Location, ETag, Retry-After, X-Request-Id, Lince-Pages-Not-Read");
        MHD_add_response_header(response, "Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE");
        MHD_add_response_header(response, "Access-Control-Allow-Headers",
                                "Authorization, Content-Type, If-Match, Idempotency-Key, Prefer, X-API-Key");
    }
}

/* RateLimit and RateLimit-Policy, if there is a limit. */
static void rate_headers(struct request *request, struct MHD_Response *response) {
    if (!request->rate_known) {
        return;
    }
    unsigned long long limit = SETTING_NUMBER(&request->service->settings, rate_limit);
    char policy[64], left[64];
    snprintf(policy, sizeof policy, "\"minute\";q=%llu;w=60", limit);
    snprintf(left, sizeof left, "\"minute\";r=%lld;t=%lld", (long long)request->rate_left,
             (long long)(((long long)limit - request->rate_left) * 60 / (long long)limit));
    MHD_add_response_header(response, "RateLimit-Policy", policy);
    MHD_add_response_header(response, "RateLimit", left);
}

/* Sends constant bytes, so it needs little memory itself. */
void answer_no_memory(struct request *request) {
    static const char problem[] = "{\"type\":\"/problems/memory-limit\",\"status\":503,"
                                  "\"title\":\"The memory limit does not allow it\","
                                  "\"detail\":\"the service is at its memory limit; send it again later\"}";
    struct MHD_Response *response =
        MHD_create_response_from_buffer(sizeof problem - 1, (void *)(uintptr_t)problem, MHD_RESPMEM_PERSISTENT);
    if (response != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/problem+json");
    }
    request->retry_after = "10";
    answer_response(request, MHD_HTTP_SERVICE_UNAVAILABLE, response);
}

void answer_response(struct request *request, unsigned status, struct MHD_Response *response) {
    if (response == NULL) {
        request->status = 500; /* without memory even for that, request_come ends the connection */
        return;
    }
    bool is_read = strcmp(request->method, "GET") == 0 || strcmp(request->method, "HEAD") == 0;
    if (status == MHD_HTTP_OK && is_read && answer_etag_is_known(request)) {
        struct MHD_Response *nothing = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
        if (nothing != NULL) {
            MHD_destroy_response(response);
            response = nothing;
            status = MHD_HTTP_NOT_MODIFIED;
        }
    }
    request->status = status;
    MHD_add_response_header(response, "X-Request-Id", request->id);
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    if (request->service->is_draining || request->is_last || connection_is_spare(request->connection)) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    }
    if (request->retry_after != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, request->retry_after);
    }
    if (request->pages_not_read != NULL && status == MHD_HTTP_OK) {
        MHD_add_response_header(response, "Lince-Pages-Not-Read", request->pages_not_read);
    }
    if (request->location != NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, request->location);
    }
    if (request->etag[0] != '\0') {
        MHD_add_response_header(response, MHD_HTTP_HEADER_ETAG, request->etag);
    }
    if (status == 401) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_WWW_AUTHENTICATE,
                                request_secret(request) == NULL ? "Bearer realm=\"lince\""
                                                                : "Bearer realm=\"lince\", error=\"invalid_token\"");
    }
    if (request->preference[0] != '\0') {
        MHD_add_response_header(response, "Preference-Applied", request->preference);
    }
    /* No cache may keep an answer unless its handler allows it: an answer may show what people paid. */
    if (MHD_get_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL) == NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    }
    if (status == 405 && request->route == NULL) {
        MHD_add_response_header(response, MHD_HTTP_HEADER_ALLOW, request->allow);
    }
    rate_headers(request, response);
    cors_headers(request, response);
    connection_note_answer(request->connection, request->is_endless);
    request->is_queued = MHD_queue_response(request->connection, status, response) == MHD_YES;
    MHD_destroy_response(response);
}

static void block_free(void *block) {
    meter_free(block);
}

struct MHD_Response *answer_response_of(void *block, size_t count, const char *media_type) {
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback(count, block, block_free);
    if (response == NULL) {
        meter_free(block);
    } else {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, media_type);
    }
    return response;
}

void answer_empty(struct request *request, unsigned status) {
    answer_response(request, status, MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT));
}

struct MHD_Response *answer_response_of_json(struct request *request, json_t *json, size_t flags,
                                             const char *media_type) {
    bool is_whole = json != NULL && !json_memory_was_refused(); /* a refused member would be missing in silence */
    size_t count = is_whole ? json_dumpb(json, NULL, 0, flags) : 0;
    char *text = count == 0 ? NULL : meter_allocate(&request->service->requests, count);
    if (text != NULL) {
        json_dumpb(json, text, count, flags);
    }
    json_decref(json);
    return text == NULL ? NULL : answer_response_of(text, count, media_type);
}

/* What a header can carry of a file's name: ASCII, and all of it by RFC 8187. */
static void disposition(char *text, size_t size, const char *name) {
    size_t used = (size_t)snprintf(text, size, "inline; filename*=UTF-8''");
    for (; *name != '\0' && used + 4 < size; name++) {
        unsigned char c = (unsigned char)*name;
        bool is_plain =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || strchr("-._", c) != NULL;
        used += (size_t)snprintf(text + used, size - used, is_plain ? "%c" : "%%%02X", c);
    }
}

void answer_file(struct request *request, const char *media_type, const char *file_name, int descriptor,
                 uint64_t bytes) {
    char header[1024];
    struct MHD_Response *response = MHD_create_response_from_fd64(bytes, descriptor);
    disposition(header, sizeof header, file_name);
    if (response == NULL) {
        close(descriptor);
    } else {
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, media_type);
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_DISPOSITION, header);
        MHD_add_response_header(response, "Content-Security-Policy", "default-src 'none'; sandbox");
    }
    answer_response(request, 200, response);
}
