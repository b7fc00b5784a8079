/* document_json.h - a document of the store as JSON for clients. */
#ifndef LINCE_SERVE_V1_DOCUMENT_JSON_H
#define LINCE_SERVE_V1_DOCUMENT_JSON_H

#include "serve/http/request.h"

/* Without its page. Gives; NULL without memory. */
json_t *document_json(struct request *request, const struct document *document);
/* With its page. */
json_t *document_json_whole(struct request *request, const struct document *document);
/* A page as it is stored, with its failure and warnings in the reader's language. */
json_t *document_page_json(struct request *request, const char *page);
/* One entry per page, for the list of its pages. */
json_t *document_pages_json(struct request *request, const struct document *document);

#endif
