/* learn_http.h - /v1/learn: what the table of routes names. */
#ifndef LINCE_SERVE_LEARN_LEARN_HTTP_H
#define LINCE_SERVE_LEARN_LEARN_HTTP_H

#include "serve/http/request.h"

void learn_get(struct request *request);
void learn_post(struct request *request);
void learned_get(struct request *request);
void learned_delete(struct request *request);

#endif
