/* waiters.h - connections that sleep until something changes. */
#ifndef LINCE_SERVE_HTTP_WAITERS_H
#define LINCE_SERVE_HTTP_WAITERS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct MHD_Connection;

/*
 * A connection that sleeps until something changes. Read the generation before checking, so that no change between the
 * check and the sleep is missed.
 */
struct waiter {
    struct MHD_Connection *connection;
    struct waiter *next, *previous;
    int64_t until_ms;           /* monotonic */
    bool is_listed, is_private; /* private: sleeps until waiters_finish, whatever else changes */
};

/* All waiting connections. A front has one list, and closes it when its threads have ended. */
struct waiters {
    pthread_mutex_t lock; /* guards what follows */
    struct waiter *first;
    uint64_t generation;
    bool is_stopping;
};
void waiters_open(struct waiters *waiters);
void waiters_close(struct waiters *waiters);
/* Wakes those whose time has come; false when the front stops. */
bool waiters_tick(struct waiters *waiters, int64_t now_ms);
/* Wakes all but the private ones; from now on no connection waits for a change. */
void waiters_stop(struct waiters *waiters);

uint64_t waiters_generation(struct waiters *waiters);
/* Suspends the connection, from its own thread. It is called again after waiters_notify or at `until_ms`. */
void waiters_wait(struct waiters *waiters, struct waiter *waiter, struct MHD_Connection *connection,
                  uint64_t generation, int64_t until_ms);
/* Wakes all but the private ones; from any thread. */
void waiters_notify(struct waiters *waiters);
/*
 * Suspends the connection while `*state` is `pending`. Nothing else touches it, so the awaited work may hold pointers
 * into its request until waiters_finish sets the state and wakes it.
 */
void waiters_wait_for(struct waiters *waiters, struct waiter *waiter, struct MHD_Connection *connection,
                      const int *state, int pending);
void waiters_finish(struct waiters *waiters, struct waiter *waiter, int *state, int value);

#endif
