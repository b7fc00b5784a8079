/* review_json.h - why a person should check a document, in the reader's words. */
#ifndef LINCE_SERVE_V1_REVIEW_JSON_H
#define LINCE_SERVE_V1_REVIEW_JSON_H

#include <jansson.h>

#include "serve/http/request.h"

/* "missing:referencia doubtful:monto" as [{"code", "field", "message"}, ...]. */
json_t *review_json(const char *review, enum lince_language language);
/* The same for a document, with both sides of each contradiction to a known party. */
json_t *review_json_of(struct request *request, const struct document *document);

#endif
