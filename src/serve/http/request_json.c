/* request_json.c - the JSON of a body. */
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/json_memory.h"
#include "serve/http/request.h"

/* "application/json", "application/problem+json", ... A browser asks first before a page of another site sends one. */
static bool is_json_type(const char *type) {
    size_t length = type == NULL ? 0 : strcspn(type, "; ");
    return (length == 16 && strncasecmp(type, "application/json", length) == 0) ||
           (length == 9 && strncasecmp(type, "text/json", length) == 0) ||
           (length > 17 && strncasecmp(type, "application/", 12) == 0 &&
            strncasecmp(type + length - 5, "+json", 5) == 0);
}

/* The most is a third of the memory for bodies, because a body is held as bytes, as JSON, and as values. */
void request_answer_unfit(struct request *request) {
    uint64_t most_bytes = request->service->bodies.limit_bytes / 3;
    if (request->body_bytes > most_bytes) {
        answer_problem(request, PROBLEM_TOO_LARGE,
                       "the body has more than the %s that memory for requests allows; send the file as it is",
                       "el cuerpo pasa de los %s que permite la memoria para peticiones; envíe el archivo tal cual",
                       size_for_people(most_bytes).text);
    } else {
        answer_problem(request, PROBLEM_MEMORY, "no memory for the body", "no hay memoria para el cuerpo");
    }
}

json_t *request_json(struct request *request) {
    json_error_t error;
    const char *type = request_header(request, MHD_HTTP_HEADER_CONTENT_TYPE);
    if (request->body.used_bytes > 0 && !is_json_type(type)) {
        answer_problem(request, PROBLEM_MEDIA_TYPE, "the body is JSON: send it as application/json, not %.80s",
                       "el cuerpo es JSON: envíelo como application/json, no %.80s", type != NULL ? type : "-");
        return NULL;
    }
    (void)json_memory_was_refused();
    json_t *json = json_memory_load(request->body.bytes != NULL ? request->body.bytes : "", request->body.used_bytes,
                                    JSON_REJECT_DUPLICATES, &error);
    if (json == NULL && json_memory_was_refused()) {
        request_answer_unfit(request);
        return NULL;
    }
    if (json == NULL) {
        answer_problem(request, PROBLEM_BAD_REQUEST, "the body is not JSON (line %d, column %d: %s)",
                       "el cuerpo no es JSON (línea %d, columna %d: %s)", error.line, error.column, error.text);
        return NULL;
    }
    if (!json_is_object(json)) {
        json_decref(json);
        answer_problem(request, PROBLEM_BAD_REQUEST, "the body must be a JSON object",
                       "el cuerpo debe ser un objeto JSON");
        return NULL;
    }
    return json;
}
