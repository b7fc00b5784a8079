/* problem.c - failures as problem details, in the client's language, or as the earlier service told them. */
#include "serve/problem.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "serve/legacy.h"
#include "serve/request.h"

const struct problem_spec problem_specs[PROBLEM_COUNT] = {
#define SPEC(name, status, type, english, spanish) {status, type, {english, spanish}},
    PROBLEMS(SPEC)
#undef SPEC
};

static void problem_json(struct request *request, const struct problem_spec *spec, const char *detail) {
    char type[96];
    snprintf(type, sizeof type, "/problems/%s", spec->type);
    json_t *json = json_pack("{s:s, s:s, s:i, s:s, s:s}", "type", type, "title", spec->title[request->language],
                             "status", (int)spec->status, "detail", detail, "instance", request->id);
    char text[1536];
    size_t bytes = json == NULL ? 0 : json_dumpb(json, text, sizeof text, JSON_COMPACT);
    json_decref(json);
    answer_bytes(request, spec->status, "application/problem+json", text, bytes < sizeof text ? bytes : 0);
}

void answer_problem(struct request *request, enum problem problem, const char *english, const char *spanish, ...) {
    const struct problem_spec *spec = &problem_specs[problem];
    char detail[768];
    va_list arguments;
    va_start(arguments, spanish);
    vsnprintf(detail, sizeof detail, in_language(request->language, english, spanish), arguments);
    va_end(arguments);
    if (spec->status == 429 || spec->status == 503 || spec->status == 507) {
        request->retry_after = request->retry_after != NULL ? request->retry_after : "10";
    }
    if (request->is_legacy) {
        legacy_problem(request, spec, detail);
    } else {
        problem_json(request, spec, detail);
    }
}

void answer_failure(struct request *request, const struct lince_error *error) {
    static const enum problem problems[] = {
        [LINCE_ERROR_ARGUMENT] = PROBLEM_CONFLICT,      [LINCE_ERROR_NOT_FOUND] = PROBLEM_NOT_FOUND,
        [LINCE_ERROR_WRITE] = PROBLEM_STORAGE_FULL,     [LINCE_ERROR_MEMORY_LIMIT] = PROBLEM_MEMORY,
        [LINCE_ERROR_UNREADABLE] = PROBLEM_UNAVAILABLE, [LINCE_ERROR_RUNTIME] = PROBLEM_INTERNAL};
    size_t index = (size_t)error->status;
    enum problem problem =
        index < sizeof problems / sizeof *problems && index != 0 ? problems[index] : PROBLEM_INTERNAL;
    if (problem == PROBLEM_BAD_REQUEST) {
        problem = PROBLEM_INTERNAL; /* a status without a place above */
    }
    answer_problem(request, problem, "%s", "%s", error->message);
}
