/* openapi.c - the API document, embedded by the assembler. */
#include "base/embed.h"
#include "serve/v1/handlers.h"

EMBED(openapi_json, OPENAPI_JSON);

void openapi_get(struct request *request) {
    answer_bytes(request, 200, "application/json", openapi_json, (size_t)(openapi_json_end - openapi_json));
}
