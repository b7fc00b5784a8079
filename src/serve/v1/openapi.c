/* openapi.c - the API document, embedded by the assembler. */
#include "serve/v1/handlers.h"

extern const char openapi_json[], openapi_json_end[];
__asm__(".pushsection .rodata\n"
        ".global openapi_json, openapi_json_end\n"
        "openapi_json:\n"
        ".incbin \"" LINCE_SOURCE "/src/serve/v1/openapi.json\"\n"
        "openapi_json_end:\n"
        ".popsection\n");

void openapi_get(struct request *request) {
    answer_bytes(request, 200, "application/json", openapi_json, (size_t)(openapi_json_end - openapi_json));
}
