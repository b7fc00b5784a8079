/* front.h - the HTTP server: its socket and its threads. */
#ifndef LINCE_SERVE_HTTP_FRONT_H
#define LINCE_SERVE_HTTP_FRONT_H

#include <stdbool.h>
#include <stdint.h>

#include "lince.h"

struct front;
struct service;

/* Listens and begins to answer. */
enum lince_status front_open(struct service *service, struct front **front, struct lince_error *error);
/* From now on every new request gets 503 at once; running requests continue. */
void front_refuse(struct front *front);
/* The number of running requests. */
int64_t front_active_count(struct front *front);
/* Reads the certificate and its key again, for new connections. If they cannot be read, the old ones stay in use. */
void front_reload(struct front *front);
void front_close(struct front *front);
/* "http://127.0.0.1:8080" */
const char *front_address(const struct front *front);

#endif
