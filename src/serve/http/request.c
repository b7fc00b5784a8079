/* request.c - what the headers and the form of a request say. */
#include "serve/http/request.h"

#include <string.h>
#include <strings.h>

const char *request_header(const struct request *request, const char *name) {
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

const char *request_field(const struct request *request, const char *name) {
    for (const struct upload_field *field = request->upload.fields; field != NULL; field = field->next) {
        if (strcmp(field->name, name) == 0) {
            return field->value;
        }
    }
    return NULL;
}

const char *request_secret(const struct request *request) {
    const char *secret = request_header(request, "X-API-Key");
    const char *bearer = request_header(request, MHD_HTTP_HEADER_AUTHORIZATION);
    if (secret == NULL && bearer != NULL && strncasecmp(bearer, "Bearer ", 7) == 0) {
        secret = bearer + 7;
    }
    return secret;
}

bool request_origin_is_allowed(const struct request *request, const char *origin) {
    const char *allowed = SETTING_TEXT_OF(&request->service->settings, cors_origin);
    return origin != NULL && *allowed != '\0' && (strcmp(allowed, "*") == 0 || strcmp(allowed, origin) == 0);
}
