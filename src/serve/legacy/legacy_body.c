/* legacy_body.c - the parameters of a request: the same names in JSON, in a form or in a multipart body. */
#include <string.h>

#include "serve/http/json_set.h"
#include "serve/legacy/legacy_handlers.h"

json_t *legacy_body(struct request *request) {
    const char *type = request_header(request, MHD_HTTP_HEADER_CONTENT_TYPE);
    if (type != NULL && strstr(type, "json") != NULL && request->body.used_bytes > 0) {
        return request_json(request);
    }
    json_t *json = json_object();
    for (const struct upload_field *field = request->upload.fields; field != NULL; field = field->next) {
        json_set_text(json, field->name, field->value == NULL ? "" : field->value);
    }
    return json;
}
