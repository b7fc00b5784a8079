/* legacy_problem.c - failures as the earlier service's clients look for them: every text twice, `error` true. */
#include <stdio.h>
#include <time.h>

#include "serve/legacy.h"
#include "serve/legacy_json.h"
#include "serve/request.h"

static const char *code_of(unsigned status) {
    switch (status) {
    case 400:
        return "BAD_REQUEST_400";
    case 401:
        return "UNAUTHORIZED_401";
    case 403:
        return "FORBIDDEN_403";
    case 404:
        return "NOT_FOUND_404";
    case 405:
        return "METHOD_NOT_ALLOWED_405";
    case 413:
        return "FILE_TOO_LARGE_413";
    case 429:
        return "TOO_MANY_REQUESTS_429";
    case 503:
        return "SERVICE_UNAVAILABLE_503";
    case 507:
        return "INSUFFICIENT_STORAGE_507";
    default:
        return status < 500 ? "BAD_REQUEST_400" : "INTERNAL_SERVER_ERROR_500";
    }
}

void legacy_problem(struct request *request, const struct problem_spec *spec, const char *detail) {
    char timestamp[LEGACY_TIME_BYTES];
    legacy_time(store_now_ms(), timestamp);
    answer_json(request, spec->status,
                json_pack("{s:b, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "error", 1, "status", "error", "estado", "error",
                          "message", detail, "mensaje", detail, "details", spec->title[request->language], "timestamp",
                          timestamp, "error_code", code_of(spec->status)));
}
