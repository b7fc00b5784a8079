/* listen.h - the socket that the service listens at: handed over by the system's manager, or its own. */
#ifndef LINCE_SERVE_HTTP_LISTEN_H
#define LINCE_SERVE_HTTP_LISTEN_H

#include <stdbool.h>

#include "lince.h"

struct listening {
    int socket;
    bool is_loopback;
    char address[96]; /* "127.0.0.1:8080" */
};

enum lince_status listen_open(const char *listen, struct listening *listening, struct lince_error *error);

#endif
