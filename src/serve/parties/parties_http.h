/* parties_http.h - /v1/parties: what the table of routes names. */
#ifndef LINCE_SERVE_PARTIES_PARTIES_HTTP_H
#define LINCE_SERVE_PARTIES_PARTIES_HTTP_H

#include "serve/http/request.h"

void parties_list(struct request *request);
void parties_post(struct request *request);
void party_get(struct request *request);
void party_patch(struct request *request);
void party_delete(struct request *request);
void party_export(struct request *request);

#endif
