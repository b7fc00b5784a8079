/* legacy_problem.c - failures in the earlier service's form: every text twice, `error` true. */
#include "base/error.h"
#include "serve/http/json_set.h"
#include "serve/http/request.h"
#include "serve/legacy/legacy_handlers.h"
#include "serve/legacy/legacy_json.h"
#include "serve/legacy/legacy_routes.h"

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

static void legacy_problem(struct request *request, const struct problem_spec *spec, const char *detail) {
    json_t *json = legacy_failure("error", "error", code_of(spec->status), detail);
    json_set_text(json, "details", spec->title[request->language]);
    answer_json(request, spec->status, json);
}

const struct dialect legacy_dialect = {legacy_problem, JSON_INDENT(2), true};

void legacy_bad_request(struct request *request, const char *code, const char *english, const char *spanish) {
    answer_json(request, 400, legacy_failure("error", "error", code, in_language(request->language, english, spanish)));
}

void legacy_not_found(struct request *request, const char *code, const char *english, const char *spanish) {
    if (answer_if_failed(request)) {
        return;
    }
    answer_json(request, 404,
                legacy_failure("not_found", "no_encontrado", code, in_language(request->language, english, spanish)));
}
