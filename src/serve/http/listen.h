/* listen.h - the socket that the service listens at: handed over by the system's manager, or its own. */
#ifndef LINCE_SERVE_HTTP_LISTEN_H
#define LINCE_SERVE_HTTP_LISTEN_H

#include <stdbool.h>

#include "lince.h"

struct listening {
    int socket;
    bool is_loopback, is_unix; /* a Unix socket is of this machine too */
    char address[160];         /* "127.0.0.1:8080", "unix:/run/lince.socket" */
    char path[108];            /* of a Unix socket that was made here; "": none */
};

/*
 * "host:port", "[::1]:port", ":port", "port", or "unix:PATH": a socket that nobody but the service's own user may use.
 * One that an earlier run left behind is replaced, anything else at that path is not.
 */
enum lince_status listen_open(const char *listen, struct listening *listening, struct lince_error *error);
/* Removes a Unix socket that was made here. The socket itself is closed by whoever took it over. */
void listen_close(struct listening *listening);

#endif
