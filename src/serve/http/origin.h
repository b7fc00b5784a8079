/* origin.h - by which name a request came, and whether a page of another site made a browser send it. */
#ifndef LINCE_SERVE_HTTP_ORIGIN_H
#define LINCE_SERVE_HTTP_ORIGIN_H

#include <stdbool.h>

struct request;

/* The names that a service answers to. */
struct origin_names {
    const char *told;    /* --host: names with commas in between; "" for none, "*" for any */
    const char *listen;  /* the address as it was set */
    bool takes_any;      /* where nothing is told */
    bool takes_undotted; /* likewise, those without a dot: of containers and of a local network */
};

/*
 * Whether `host`, the value of a header, is one of the names. Addresses and the loopback's names always are: no
 * stranger can make them lead elsewhere. An empty or malformed value is none.
 */
bool origin_is_known(const struct origin_names *names, const char *host);

/* False after answering with a problem: the request was sent to a name that is not the service's. */
bool origin_check_host(struct request *request);
/* False after answering with a problem: a page of another site sent it, and it would change or read something. */
bool origin_check_site(struct request *request);
/* Whether --cors-origin names that origin; `origin` may be NULL. */
bool origin_is_allowed(const struct request *request, const char *origin);

#endif
