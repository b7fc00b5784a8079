/* problem.c - the table of problems, and one as a whole answer in bytes. */
#include "serve/http/problem.h"

#include <assert.h>
#include <microhttpd.h>
#include <stdio.h>

const struct problem_spec problem_specs[PROBLEM_COUNT] = {
#define SPEC(name, status, type, english, spanish) {status, type, {english, spanish}},
    PROBLEMS(SPEC)
#undef SPEC
};

size_t problem_write_whole(enum problem problem, enum lince_language language, const char *detail, const char *id,
                           char *text, size_t size) {
    const struct problem_spec *spec = &problem_specs[problem];
    char json[640];
    int bytes =
        snprintf(json, sizeof json,
                 "{\"type\":\"/problems/%s\",\"title\":\"%s\",\"status\":%u,\"detail\":\"%s\",\"instance\":\"%s\"}",
                 spec->type, spec->title[language], spec->status, detail, id);
    assert(bytes > 0 && (size_t)bytes < sizeof json);
    int whole = snprintf(text, size,
                         "HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Type: application/problem+json\r\n"
                         "Content-Length: %d\r\nX-Request-Id: %s\r\nX-Content-Type-Options: nosniff\r\n\r\n%s",
                         spec->status, MHD_get_reason_phrase_for(spec->status), bytes, id, json);
    assert(whole > 0 && (size_t)whole < size);
    return (size_t)whole;
}
