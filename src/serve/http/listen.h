/* listen.h - the socket that the service listens on: its own, or one passed by the service manager. */
#ifndef LINCE_SERVE_HTTP_LISTEN_H
#define LINCE_SERVE_HTTP_LISTEN_H

#include <stdbool.h>

#include "lince.h"

struct listening {
    int socket;
    bool is_loopback, is_unix; /* a Unix socket is local too */
    char address[160];         /* "127.0.0.1:8080", "unix:/run/lince.socket" */
    char path[108];            /* of a Unix socket that was made here; "": none */
};

/*
 * "host:port", "[::1]:port", ":port", "port", or "unix:PATH": a socket that only the service's user may use. Replaces a
 * socket that an earlier run left, but nothing else at that path.
 */
enum lince_status listen_open(const char *listen, struct listening *listening, struct lince_error *error);
/* Removes a Unix socket that was made here. Whoever took over the socket closes it. */
void listen_close(struct listening *listening);

#endif
