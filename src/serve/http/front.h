/* front.h - the HTTP server: its socket, its threads, and its waiting connections. */
#ifndef LINCE_SERVE_HTTP_FRONT_H
#define LINCE_SERVE_HTTP_FRONT_H

#include <stdbool.h>
#include <stdint.h>

#include "lince.h"

struct MHD_Connection;
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

/*
 * A connection that sleeps until something changes. Read the generation before checking, so that no change between the
 * check and the sleep is missed.
 */
struct waiter {
    struct MHD_Connection *connection;
    struct waiter *next, *previous;
    int64_t until_ms;           /* monotonic */
    bool is_listed, is_private; /* private: sleeps until front_finish, whatever else changes */
};
uint64_t front_generation(struct front *front);
/* Suspends the connection, from its own thread. It is called again after front_notify or at `until_ms`. */
void front_wait(struct front *front, struct waiter *waiter, struct MHD_Connection *connection, uint64_t generation,
                int64_t until_ms);
/* Wakes all but the private ones; from any thread. */
void front_notify(struct front *front);
/*
 * Suspends the connection while `*state` is `pending`. Nothing else touches it, so the awaited work may hold pointers
 * into its request until front_finish sets the state and wakes it.
 */
void front_wait_for(struct front *front, struct waiter *waiter, struct MHD_Connection *connection, const int *state,
                    int pending);
void front_finish(struct front *front, struct waiter *waiter, int *state, int value);

#endif
