/* routing.h - takes a request to its handler: the checks before the body, the body, the handler. */
#ifndef LINCE_SERVE_HTTP_ROUTING_H
#define LINCE_SERVE_HTTP_ROUTING_H

#include "serve/http/request.h"

/* NULL without memory. */
struct request *request_new(struct service *service, struct MHD_Connection *connection, const char *method,
                            const char *path);
/* Finds the route and checks key, limits and sizes; may answer already. */
void request_begin(struct request *request);
/* Takes a piece of the body. False if the client keeps sending a body that was refused; its connection is cut off. */
bool request_feed(struct request *request, const char *bytes, size_t count);
/* Runs the handler: after the body, and again after each wait. */
void request_run(struct request *request);
/* Writes the access log and frees it. */
void request_free(struct request *request, bool is_complete);

#endif
