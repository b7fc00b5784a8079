/* errand_answer.c - what is answered when a worker did not do an errand. */
#include "serve/http/request.h"

bool request_errand_is_answered(struct request *request) {
    if (!request->errand.is_answered) {
        answer_problem(request, request->service->is_draining ? PROBLEM_UNAVAILABLE : PROBLEM_UNREADABLE,
                       "the reading did not end: it took longer than the timeout, or its worker was lost",
                       "la lectura no terminó: pasó del tiempo límite, o se perdió su trabajador");
    }
    return request->errand.is_answered;
}

void request_errand_refused(struct request *request) {
    const struct errand *errand = &request->errand;
    const char *message;
    json_t *json = errand_refusal_read(errand, &message);
    answer_problem(request, errand->status == LINCE_ERROR_MEMORY_LIMIT ? PROBLEM_MEMORY : PROBLEM_UNREADABLE, "%s",
                   "%s", message);
    json_decref(json);
}
