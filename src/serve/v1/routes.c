/* routes.c - every path of the service's own API. */
#include "serve/v1/routes.h"

#include "serve/v1/handlers.h"

const struct route routes_v1[] = {
    {"POST", "/v1/documents", SCOPE_SUBMIT, BODY_FILES, documents_post, "layout batch name metadata fields"},
    {"GET", "/v1/documents", SCOPE_READ, BODY_NONE, documents_list,
     "status batch layout needs_review since until text field sha256 duplicate_of fields limit cursor bank sender"
     " paid_since paid_until amount_min amount_max duplicate sort"},
    {"GET", "/v1/documents/{}", SCOPE_READ, BODY_NONE, document_get, "fields"},
    {"PATCH", "/v1/documents/{}", SCOPE_CORRECT, BODY_SMALL, document_patch, ""},
    {"DELETE", "/v1/documents/{}", SCOPE_ADMIN, BODY_NONE, document_delete, ""},
    {"GET", "/v1/documents/{}/history", SCOPE_READ, BODY_NONE, document_history, ""},
    {"GET", "/v1/documents/{}/image", SCOPE_READ, BODY_NONE, document_image, ""},
    {"GET", "/v1/documents/{}/boxes", SCOPE_READ, BODY_NONE, document_boxes, ""},
    {"POST", "/v1/documents/{}/reread", SCOPE_SUBMIT, BODY_SMALL, document_reread, "layout corrections why"},
    {"POST", "/v1/documents/{}/duplicate", SCOPE_CORRECT, BODY_SMALL, document_duplicate, ""},
    {"POST", "/v1/read", SCOPE_SUBMIT, BODY_FILES, read_post, "layout name"},
    {"POST", "/v1/batches", SCOPE_SUBMIT, BODY_SMALL, batches_post, ""},
    {"GET", "/v1/batches", SCOPE_READ, BODY_NONE, batches_list, "limit cursor"},
    {"GET", "/v1/batches/{}", SCOPE_READ, BODY_NONE, batch_get, ""},
    {"GET", "/v1/batches/{}/records", SCOPE_READ, BODY_NONE, batch_records, "format"},
    {"POST", "/v1/batches/{}/start", SCOPE_SUBMIT, BODY_SMALL, batch_start, ""},
    {"POST", "/v1/batches/{}/close", SCOPE_SUBMIT, BODY_SMALL, batch_close, ""},
    {"POST", "/v1/batches/{}/cancel", SCOPE_SUBMIT, BODY_SMALL, batch_cancel, ""},
    {"DELETE", "/v1/batches/{}", SCOPE_ADMIN, BODY_NONE, batch_delete, ""},
    {"GET", "/v1/events", SCOPE_READ, BODY_NONE, events_get, "last_event_id"},
    {"POST", "/v1/webhooks", SCOPE_ADMIN, BODY_SMALL, webhooks_post, ""},
    {"GET", "/v1/webhooks", SCOPE_ADMIN, BODY_NONE, webhooks_list, ""},
    {"DELETE", "/v1/webhooks/{}", SCOPE_ADMIN, BODY_NONE, webhook_delete, ""},
    {"GET", "/v1/webhooks/{}/deliveries", SCOPE_ADMIN, BODY_NONE, webhook_deliveries, ""},
    {"POST", "/v1/deliveries/{}/resend", SCOPE_ADMIN, BODY_SMALL, delivery_resend, ""},
    {"GET", "/v1/memory", SCOPE_READ, BODY_NONE, memory_get, ""},
    {"GET", "/v1/memory/report", SCOPE_READ, BODY_NONE, memory_report_get, "process"},
    {"GET", "/metrics", SCOPE_READ, BODY_NONE, metrics_get, ANY_QUERY},
    {"GET", "/livez", SCOPE_NONE, BODY_NONE, livez_get, ANY_QUERY},
    {"GET", "/readyz", SCOPE_NONE, BODY_NONE, readyz_get, ANY_QUERY},
    {"GET", "/openapi.json", SCOPE_NONE, BODY_NONE, openapi_get, ANY_QUERY},
    {"GET", "/problems/{}", SCOPE_NONE, BODY_NONE, problem_get, ANY_QUERY},
    {0},
};
