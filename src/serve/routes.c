/* routes.c - every path of the service's own API. */
#include "serve/handlers.h"
#include "serve/routing.h"

const struct route routes_v1[] = {
    {"POST", "/v1/documents", SCOPE_SUBMIT, BODY_FILES, documents_post, false},
    {"GET", "/v1/documents", SCOPE_READ, BODY_NONE, documents_list, false},
    {"GET", "/v1/documents/{}", SCOPE_READ, BODY_NONE, document_get, false},
    {"PATCH", "/v1/documents/{}", SCOPE_CORRECT, BODY_SMALL, document_patch, false},
    {"DELETE", "/v1/documents/{}", SCOPE_ADMIN, BODY_NONE, document_delete, false},
    {"GET", "/v1/documents/{}/history", SCOPE_READ, BODY_NONE, document_history, false},
    {"GET", "/v1/documents/{}/image", SCOPE_READ, BODY_NONE, document_image, false},
    {"GET", "/v1/documents/{}/boxes", SCOPE_READ, BODY_NONE, document_boxes, false},
    {"POST", "/v1/documents/{}/reread", SCOPE_SUBMIT, BODY_SMALL, document_reread, false},
    {"POST", "/v1/read", SCOPE_SUBMIT, BODY_FILES, read_post, false},
    {"POST", "/v1/batches", SCOPE_SUBMIT, BODY_SMALL, batches_post, false},
    {"GET", "/v1/batches", SCOPE_READ, BODY_NONE, batches_list, false},
    {"GET", "/v1/batches/{}", SCOPE_READ, BODY_NONE, batch_get, false},
    {"GET", "/v1/batches/{}/records", SCOPE_READ, BODY_NONE, batch_records, false},
    {"POST", "/v1/batches/{}/start", SCOPE_SUBMIT, BODY_SMALL, batch_start, false},
    {"POST", "/v1/batches/{}/close", SCOPE_SUBMIT, BODY_SMALL, batch_close, false},
    {"POST", "/v1/batches/{}/cancel", SCOPE_SUBMIT, BODY_SMALL, batch_cancel, false},
    {"DELETE", "/v1/batches/{}", SCOPE_ADMIN, BODY_NONE, batch_delete, false},
    {"GET", "/v1/memory", SCOPE_READ, BODY_NONE, memory_get, false},
    {"GET", "/metrics", SCOPE_READ, BODY_NONE, metrics_get, false},
    {"GET", "/livez", SCOPE_NONE, BODY_NONE, livez_get, false},
    {"GET", "/readyz", SCOPE_NONE, BODY_NONE, readyz_get, false},
    {"GET", "/problems/{}", SCOPE_NONE, BODY_NONE, problem_get, false},
    {0},
};
