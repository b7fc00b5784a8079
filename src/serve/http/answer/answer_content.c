/* answer_content.c - answers of bytes and of JSON, unless the store has failed meanwhile. */
#include <string.h>

#include "serve/http/request.h"

void answer_bytes(struct request *request, unsigned status, const char *media_type, const void *bytes, size_t count) {
    if (status < 400 && answer_if_failed(request)) {
        return;
    }
    void *copy = meter_allocate(&request->service->requests, count);
    if (copy != NULL) {
        if (count > 0) {
            memcpy(copy, bytes, count);
        }
        answer_response(request, status, answer_response_of(copy, count, media_type));
    } else {
        answer_no_memory(request);
    }
}

void answer_json(struct request *request, unsigned status, json_t *json) {
    size_t flags = request->dialect->json_flags | JSON_REAL_PRECISION(10);
    if (status < 400 && answer_if_failed(request)) {
        json_decref(json);
        return;
    }
    struct MHD_Response *response = answer_response_of_json(request, json, flags, "application/json");
    if (response != NULL) {
        answer_response(request, status, response);
    } else {
        answer_no_memory(request);
    }
}
