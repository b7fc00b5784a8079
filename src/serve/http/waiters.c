/* waiters.c - a list of suspended connections, each resumed at a change, at its time, or when its own work is done. */
#include "serve/http/waiters.h"

#include <microhttpd.h>

void waiters_open(struct waiters *waiters) {
    pthread_mutex_init(&waiters->lock, NULL);
}

void waiters_close(struct waiters *waiters) {
    pthread_mutex_destroy(&waiters->lock);
}

uint64_t waiters_generation(struct waiters *waiters) {
    pthread_mutex_lock(&waiters->lock);
    uint64_t generation = waiters->generation;
    pthread_mutex_unlock(&waiters->lock);
    return generation;
}

static void waiter_list(struct waiters *waiters, struct waiter *waiter) {
    waiter->is_listed = true;
    waiter->next = waiters->first;
    if (waiter->next != NULL) {
        waiter->next->previous = waiter;
    }
    waiters->first = waiter;
}

void waiters_wait(struct waiters *waiters, struct waiter *waiter, struct MHD_Connection *connection,
                  uint64_t generation, int64_t until_ms) {
    *waiter = (struct waiter){.connection = connection, .until_ms = until_ms};
    pthread_mutex_lock(&waiters->lock);
    MHD_suspend_connection(connection);
    if (generation != waiters->generation || waiters->is_stopping) {
        MHD_resume_connection(connection);
    } else {
        waiter_list(waiters, waiter);
    }
    pthread_mutex_unlock(&waiters->lock);
}

static void waiter_wake(struct waiters *waiters, struct waiter *waiter) {
    if (waiter->previous != NULL) {
        waiter->previous->next = waiter->next;
    } else {
        waiters->first = waiter->next;
    }
    if (waiter->next != NULL) {
        waiter->next->previous = waiter->previous;
    }
    waiter->is_listed = false;
    MHD_resume_connection(waiter->connection);
}

void waiters_notify(struct waiters *waiters) {
    pthread_mutex_lock(&waiters->lock);
    waiters->generation++;
    for (struct waiter *waiter = waiters->first, *next; waiter != NULL; waiter = next) {
        next = waiter->next;
        if (!waiter->is_private) {
            waiter_wake(waiters, waiter);
        }
    }
    pthread_mutex_unlock(&waiters->lock);
}

void waiters_wait_for(struct waiters *waiters, struct waiter *waiter, struct MHD_Connection *connection,
                      const int *state, int pending) {
    *waiter = (struct waiter){.connection = connection, .until_ms = INT64_MAX, .is_private = true};
    pthread_mutex_lock(&waiters->lock);
    MHD_suspend_connection(connection);
    if (*state != pending) {
        MHD_resume_connection(connection);
    } else {
        waiter_list(waiters, waiter);
    }
    pthread_mutex_unlock(&waiters->lock);
}

void waiters_finish(struct waiters *waiters, struct waiter *waiter, int *state, int value) {
    pthread_mutex_lock(&waiters->lock);
    *state = value;
    if (waiter->is_listed) {
        waiter_wake(waiters, waiter);
    }
    pthread_mutex_unlock(&waiters->lock);
}

bool waiters_tick(struct waiters *waiters, int64_t now_ms) {
    pthread_mutex_lock(&waiters->lock);
    for (struct waiter *waiter = waiters->first, *next; waiter != NULL; waiter = next) {
        next = waiter->next;
        if (now_ms >= waiter->until_ms) {
            waiter_wake(waiters, waiter);
        }
    }
    bool goes_on = !waiters->is_stopping;
    pthread_mutex_unlock(&waiters->lock);
    return goes_on;
}

void waiters_stop(struct waiters *waiters) {
    pthread_mutex_lock(&waiters->lock);
    waiters->is_stopping = true;
    pthread_mutex_unlock(&waiters->lock);
    waiters_notify(waiters);
}
