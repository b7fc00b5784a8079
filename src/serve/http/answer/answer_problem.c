/* answer_problem.c - answers with a failure, as the dialect writes it; the standard one writes problem details. */
#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"
#include "serve/http/json_set.h"
#include "serve/http/request.h"

static void problem_json(struct request *request, const struct problem_spec *spec, const char *detail) {
    char type[96];
    snprintf(type, sizeof type, "/problems/%s", spec->type);
    json_t *json = json_pack("{s:s, s:s, s:i}", "type", type, "title", spec->title[request->language], "status",
                             (int)spec->status);
    json_set_text(json, "detail", detail); /* may name what a client sent, in any bytes */
    json_set_text(json, "instance", request->id);
    struct MHD_Response *response = answer_response_of_json(request, json, JSON_COMPACT, "application/problem+json");
    if (response != NULL) {
        answer_response(request, spec->status, response);
    } else {
        answer_no_memory(request);
    }
}

const struct dialect dialect_standard = {problem_json, JSON_COMPACT, false};

void answer_problem(struct request *request, enum problem problem, const char *english, const char *spanish, ...) {
    const struct problem_spec *spec = &problem_specs[problem];
    char detail[768], shown[768];
    va_list arguments;
    va_start(arguments, spanish);
    vsnprintf(detail, sizeof detail, in_language(request->language, english, spanish), arguments);
    va_end(arguments);
    if (spec->status == 429 || spec->status == 503 || spec->status == 507) {
        request->retry_after = request->retry_after != NULL ? request->retry_after : "10";
    }
    answer_without_paths(request, detail, shown, sizeof shown);
    request->dialect->answer_problem(request, spec, shown);
}

void answer_failure(struct request *request) {
    static const enum problem problems[] = {
        [LINCE_ERROR_ARGUMENT] = PROBLEM_CONFLICT,      [LINCE_ERROR_NOT_FOUND] = PROBLEM_NOT_FOUND,
        [LINCE_ERROR_WRITE] = PROBLEM_STORAGE_FULL,     [LINCE_ERROR_MEMORY_LIMIT] = PROBLEM_MEMORY,
        [LINCE_ERROR_UNREADABLE] = PROBLEM_UNAVAILABLE, [LINCE_ERROR_RUNTIME] = PROBLEM_INTERNAL};
    size_t index = (size_t)request->failure.status;
    enum problem problem =
        index < sizeof problems / sizeof *problems && index != 0 ? problems[index] : PROBLEM_INTERNAL;
    if (problem == PROBLEM_BAD_REQUEST) {
        problem = PROBLEM_INTERNAL; /* a status without a place above */
    }
    answer_problem(request, problem, "%s", "%s", request->failure.message);
}

bool answer_if_failed(struct request *request) {
    if (request->failure.status == LINCE_OK || request->failure.status == LINCE_ERROR_NOT_FOUND) {
        return false;
    }
    answer_failure(request);
    return true;
}
