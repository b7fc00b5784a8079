/* dispatcher_wait.c - a slot's thread waits for its dispatcher, or asks whether it stops. */
#include <time.h>

#include "serve/pool/slot.h"

void dispatcher_wait_ms(struct dispatcher *dispatcher, int64_t ms) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += ms / 1000;
    until.tv_nsec += ms % 1000 * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_nsec -= 1000000000;
        until.tv_sec++;
    }
    pthread_cond_timedwait(&dispatcher->changed, &dispatcher->lock, &until);
}

bool dispatcher_is_stopping(struct dispatcher *dispatcher) {
    pthread_mutex_lock(&dispatcher->lock);
    bool stopping = dispatcher->is_stopping;
    pthread_mutex_unlock(&dispatcher->lock);
    return stopping;
}
