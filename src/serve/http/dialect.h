/* dialect.h - the form of one API's answers, which each table of routes names. */
#ifndef LINCE_SERVE_HTTP_DIALECT_H
#define LINCE_SERVE_HTTP_DIALECT_H

#include <stdbool.h>
#include <stddef.h>

struct problem_spec;
struct request;
struct route;

struct dialect {
    /* Answers with a failure. `detail` is in the request's language. */
    void (*answer_problem)(struct request *request, const struct problem_spec *spec, const char *detail);
    size_t json_flags;    /* jansson's flags for the bodies of answers */
    bool takes_any_media; /* a body of an unknown media type is kept in memory for the handler instead of refused */
};

/* Problem details (RFC 9457) and compact JSON. */
extern const struct dialect dialect_standard;

/* The routes below one prefix. `routes` ends with a row without a method. */
struct route_table {
    const struct route *routes;
    const char *prefix; /* a request whose path begins with it uses this dialect, even if the path does not exist */
    const struct dialect *dialect;
};

#endif
