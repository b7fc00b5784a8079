/* document_json.h - a document of the store as the JSON that clients get. */
#ifndef LINCE_SERVE_V1_DOCUMENT_JSON_H
#define LINCE_SERVE_V1_DOCUMENT_JSON_H

#include "serve/http/request.h"

/* Without its page. Gives; NULL without memory. */
json_t *document_json(struct request *request, const struct document *document);
/* With its page. */
json_t *document_json_whole(struct request *request, const struct document *document);

bool document_is_final(const struct document *document);

/* Sets a member to a time, or null for -1. */
void json_set_time(json_t *object, const char *key, int64_t at_ms);
/* Sets a member to a text, or null; what is not UTF-8 in it becomes U+FFFD. */
void json_set_text(json_t *object, const char *key, const char *text);

#endif
