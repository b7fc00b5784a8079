/*
 * request.h - one HTTP request on its way through the service, and the ways to answer it.
 *
 * A handler is called when the body is complete. It answers exactly once, or asks to wait (request_wait) and is called
 * again. Everything that a request allocates is in its arena or freed with it.
 */
#ifndef LINCE_SERVE_HTTP_REQUEST_H
#define LINCE_SERVE_HTTP_REQUEST_H

#include <jansson.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "serve/http/dialect.h"
#include "serve/http/problem.h"
#include "serve/http/upload.h"
#include "serve/http/waiters.h"
#include "serve/pool/dispatcher.h"
#include "serve/state/service.h"

enum scope { SCOPE_NONE = 0, SCOPE_SUBMIT = 1, SCOPE_READ = 2, SCOPE_CORRECT = 4, SCOPE_ADMIN = 8, SCOPE_ALL = 15 };

enum body_kind {
    BODY_NONE,
    BODY_SMALL,     /* JSON or a form without files: kept in memory */
    BODY_FILES,     /* raw image or multipart: files go to the disk as they arrive */
    BODY_STATEMENT, /* the same with a bank's statement: its formats too */
};

enum errand_state { ERRAND_NONE, ERRAND_SENT, ERRAND_ANSWERED };

struct request;
typedef void (*handler)(struct request *request);

struct route {
    const char *method;
    const char *pattern; /* "/v1/documents/{}/image": each {} matches one part of the path */
    enum scope scope;    /* what a key must allow; SCOPE_NONE: open to everyone */
    enum body_kind body;
    handler handle;
    const char *query; /* names of the allowed query parameters, "" for none, or ANY_QUERY */
};
static inline bool route_takes_files(const struct route *route) {
    return route->body == BODY_FILES || route->body == BODY_STATEMENT;
}
#define ANY_QUERY NULL /* unknown parameters are ignored: clients of these paths add what they like */

enum { PARAMETERS_LIMIT = 3, REQUEST_FILES = 3 };

struct request {
    struct service *service;
    struct MHD_Connection *connection;
    const char *method, *path;
    const struct route *route;
    const char *parameters[PARAMETERS_LIMIT];
    struct arena arena;
    uint64_t started_ns, body_bytes;
    char id[ID_BYTES];
    int scopes;     /* what its key allows; SCOPE_ALL if none is required */
    char actor[64]; /* the key's id, or the client's address */
    enum lince_language language;
    const struct dialect *dialect;
    struct buffer body;
    struct upload upload;
    bool rate_known;
    int64_t rate_left;
    uint64_t generation;                /* of the store, when the handler began to read */
    bool is_begun;                      /* the checks before the body are done */
    bool is_ended;                      /* the body is complete */
    bool is_last;                       /* the connection ends with the answer */
    bool is_queued;                     /* the answer was handed to libmicrohttpd */
    bool is_endless;                    /* the answer is a stream of events */
    bool has_key;                       /* a valid key was sent */
    unsigned status;                    /* of the answer; 0: none yet */
    struct lince_error failure;         /* the store's last failure, in the client's language */
    const char *retry_after, *location; /* headers of the answer, in the arena; NULL: none */
    const char *pages_not_read;         /* as well: the pages that a document's form lacks */
    char etag[48], preference[24];
    char allow[40]; /* methods of a path that does not have the requested one */
    struct waiter waiter;
    struct errand errand; /* for work of a worker that is not stored */
    int errand_state;     /* enum errand_state; changed by waiters_finish */
    /* What a waiting handler keeps between its calls. */
    int64_t deadline_ms; /* monotonic; 0: not started */
    const char **ids;    /* of documents or of one batch, in the arena */
    size_t id_count;
    int files[REQUEST_FILES]; /* open ones, closed with the request; -1: none */
    void *work;               /* in the arena; work_free, if set, is called for it at the end */
    void (*work_free)(void *work);
    int *pids; /* of workers still to be asked, in the arena */
    size_t pid_count;
};

/* ---- reading the request ---- */

const char *request_header(const struct request *request, const char *name);
/* The key that the request sends, in either header; NULL without one. */
const char *request_secret(const struct request *request);
/* Whether --cors-origin allows that origin; `origin` may be NULL. */
bool request_origin_is_allowed(const struct request *request, const char *origin);
/* False after answering with a problem: the query has an unknown parameter, or one twice. */
bool query_check(struct request *request);
/* A parameter of the query; NULL if absent, "" without a value. */
const char *request_query(const struct request *request, const char *name);
/* A whole number of the query within bounds. Otherwise answers with a problem and returns false. */
bool request_number(struct request *request, const char *name, int64_t least, int64_t most, int64_t *value);
/* Whether a parameter of the query is true: 1 or 0; it stays if absent. Otherwise as request_number. */
bool request_flag(struct request *request, const char *name, int *flag);
/* A field of the form or multipart body; NULL if absent. */
const char *request_field(const struct request *request, const char *name);
/* Gives the body, which must be a JSON object; free it with json_decref. NULL after answering with a problem. */
json_t *request_json(struct request *request);

/* ---- answering ---- */

/* Takes `json`. */
void answer_json(struct request *request, unsigned status, json_t *json);
/* Copies the bytes. */
void answer_bytes(struct request *request, unsigned status, const char *media_type, const void *bytes, size_t count);
/* A file of the store, sent by the kernel. Takes the descriptor. */
void answer_file(struct request *request, const char *media_type, const char *file_name, int descriptor,
                 uint64_t bytes);
void answer_empty(struct request *request, unsigned status);
/* Takes the response; adds the headers that every answer has. */
void answer_response(struct request *request, unsigned status, struct MHD_Response *response);
void answer_problem(struct request *request, enum problem problem, const char *english, const char *spanish, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));
/*
 * A message as a client may see it: the paths of the data folder, the models and the layouts become DATA, MODELS and
 * LAYOUTS. Every detail of a problem goes through this; other messages of the store must too.
 */
void answer_without_paths(const struct request *request, const char *message, char *shown, size_t size);
/* The store's last failure as a problem. */
void answer_failure(struct request *request);
/*
 * If the store has failed, answers with its failure and returns true; a missing row is no failure. Every answer that is
 * not a problem calls this first, so that nothing is left out of an answer in silence.
 */
bool answer_if_failed(struct request *request);
/* Whether If-None-Match names the ETag of the answer; answer_response then says 304 to a GET. */
bool answer_etag_is_known(const struct request *request);
/* Answers that there is no memory for the body: because it is too large, or only now. */
void request_answer_unfit(struct request *request);
/* The answer when there is no memory for a longer one. */
void answer_no_memory(struct request *request);
/* A block on the requests' meter as a response. Takes it: it stays until the client has received it or is gone. */
struct MHD_Response *answer_response_of(void *block, size_t count, const char *media_type);
/* JSON as a response, to which headers can be added; NULL without memory. Takes `json`. */
struct MHD_Response *answer_response_of_json(struct request *request, json_t *json, size_t flags,
                                             const char *media_type);

/* Suspends the request until something in the store changes, its errand is done or `until_ms` (monotonic) has come. */
void request_wait(struct request *request, int64_t until_ms);
/* Gives the request's errand to the workers and suspends the request, which is called again with ERRAND_ANSWERED. */
void request_send_errand(struct request *request);
/* Why the worker did not answer. */
const char *errand_unanswered_reason(enum lince_language language);
/* Whether the worker answered. False after answering with a problem. */
bool request_errand_is_answered(struct request *request);
/* Answers with the reason for which the worker refused the errand, as the problem that its status is, or as that one.
 */
void request_errand_refused(struct request *request);
void request_errand_refused_as(struct request *request, enum problem problem);

#endif
