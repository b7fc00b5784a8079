/* origin.h - the name in a request, and whether a page of another site made a browser send it. */
#ifndef LINCE_SERVE_HTTP_ORIGIN_H
#define LINCE_SERVE_HTTP_ORIGIN_H

#include <stdbool.h>

struct request;

/* False after answering with a problem: the request was sent to another name than the service's. */
bool origin_check_host(struct request *request);
/*
 * False after answering with a problem: a page of another site sent the request, which would change or read something.
 */
bool origin_check_site(struct request *request);

#endif
