/* errand_answer.c - what is answered when a worker did not do an errand. */
#include "base/error.h"
#include "serve/http/request.h"
#include "serve/http/translation.h"

const char *errand_unanswered_reason(enum lince_language language) {
    return in_language(language, "the reading did not end: it took longer than the timeout, or its worker was lost",
                       "la lectura no terminó: pasó del tiempo límite, o se perdió su trabajador");
}

bool request_errand_is_answered(struct request *request) {
    if (!request->errand.is_answered) {
        answer_problem(request, request->service->is_draining ? PROBLEM_UNAVAILABLE : PROBLEM_UNREADABLE, "%s", "%s",
                       errand_unanswered_reason(request->language));
    }
    return request->errand.is_answered;
}

void request_errand_refused_as(struct request *request, enum problem problem) {
    const char *message;
    json_t *json = errand_refusal_read(&request->errand, &message);
    answer_problem(request, problem, "%s", "%s", translation_of(&request->arena, message, request->language));
    json_decref(json);
}

void request_errand_refused(struct request *request) {
    enum lince_status status = request->errand.status;
    request_errand_refused_as(request, status == LINCE_ERROR_MEMORY_LIMIT ? PROBLEM_MEMORY
                                       : status == LINCE_ERROR_WRITE      ? PROBLEM_STORAGE_FULL
                                                                          : PROBLEM_UNREADABLE);
}
