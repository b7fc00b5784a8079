/* origin.h - the name in a request, and whether a page of another site made a browser send it. */
#ifndef LINCE_SERVE_HTTP_ORIGIN_H
#define LINCE_SERVE_HTTP_ORIGIN_H

#include <stdbool.h>

struct request;

/* The names that a service answers to. */
struct origin_names {
    const char *told;    /* --host: names separated by commas; "" for none, "*" for any */
    const char *listen;  /* the configured address */
    bool takes_any;      /* any name works while none is configured */
    bool takes_undotted; /* the same for names without a dot, of containers and local networks */
};

/*
 * Whether `host`, the value of a header, is one of the names. IP addresses and loopback names always are: no stranger
 * can make them lead elsewhere. An empty or malformed value is not.
 */
bool origin_is_known(const struct origin_names *names, const char *host);

/* False after answering with a problem: the request was sent to another name than the service's. */
bool origin_check_host(struct request *request);
/*
 * False after answering with a problem: a page of another site sent the request, which would change or read something.
 */
bool origin_check_site(struct request *request);
/* Whether --cors-origin allows that origin; `origin` may be NULL. */
bool origin_is_allowed(const struct request *request, const char *origin);

#endif
