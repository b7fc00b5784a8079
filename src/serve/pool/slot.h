/*
 * slot.h - the dispatcher's place for one worker: the thread that keeps the worker alive (slot_worker.c), takes work
 * and brings its answer where it belongs (slot_work.c).
 */
#ifndef LINCE_SERVE_POOL_SLOT_H
#define LINCE_SERVE_POOL_SLOT_H

#include <pthread.h>

#include "serve/pool/dispatcher.h"
#include "serve/pool/workers.h"

struct slot {
    struct dispatcher *dispatcher;
    pthread_t thread;
    struct worker_process worker, spare;
    uint64_t served_limit;
    unsigned failed_starts;
    bool is_busy, is_shed; /* is_shed: its worker was ended for the memory that it held */
    struct buffer body;
};

struct dispatcher {
    struct service *service;
    struct worker_launch launch;
    pthread_mutex_t lock; /* guards what follows, and the process ids in the slots */
    pthread_cond_t changed;
    uint64_t wakes; /* grows with each dispatcher_wake */
    struct errand *first_errand, **last_errand;
    bool is_stopping, has_spare; /* has_spare: somebody is loading one: one at a time keeps the plan */
    bool is_tight;
    double read_seconds;
    uint32_t slot_count;
    struct slot slots[];
};

/* With the lock held: until something changes, at most that long. */
void dispatcher_wait_ms(struct dispatcher *dispatcher, int64_t ms);

/* How many images the next worker may read before another takes its place. */
uint64_t slot_served_limit(const struct settings *settings);
/* A worker that reads, or false after a pause when none could be had. */
bool slot_worker_have(struct slot *slot);
/* Puts back what was asked or waited for: the worker as it is now, or none when it is gone. */
void slot_worker_settle(struct slot *slot, struct worker_process *worker, bool is_alive);
/* Replaces the worker when it has read or grown enough. */
void slot_worker_recycle(struct slot *slot);

/* The thread of the slot that it is given, until the dispatcher stops. */
void *slot_run(void *argument);

#endif
