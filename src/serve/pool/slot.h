/*
 * slot.h - a slot of the dispatcher for one worker. Its thread keeps the worker alive (slot_worker.c), gives it work
 * (slot_work.c, slot_errand.c) and stores the results of jobs (slot_job.c).
 */
#ifndef LINCE_SERVE_POOL_SLOT_H
#define LINCE_SERVE_POOL_SLOT_H

#include <pthread.h>

#include "serve/pool/dispatcher.h"
#include "serve/pool/workers.h"

struct arena;

struct slot {
    struct dispatcher *dispatcher;
    pthread_t thread;
    struct worker_process worker, spare;
    uint64_t served_limit;
    unsigned failed_starts;
    uint64_t layouts_stamp; /* of the folder of learned layouts when the worker started */
    bool is_busy, is_shed;  /* is_shed: its worker was ended because of its memory */
    bool owes_job;          /* it did an errand that is_more: the queue comes before the next such one */
    uint64_t busy_since_ns;
    struct buffer body;
};

struct dispatcher {
    struct service *service;
    struct worker_launch launch;
    pthread_mutex_t lock; /* guards the members below, and the process ids in the slots */
    pthread_cond_t changed;
    uint64_t wakes; /* incremented by each dispatcher_wake */
    struct errand *first_errand, **last_errand;
    bool is_stopping, has_spare; /* has_spare: a slot is loading a spare; only one at a time, to keep to the plan */
    bool is_tight;
    double read_seconds;
    uint64_t busy_ns; /* that slots were at work until they ended it */
    struct busy_mark {
        uint64_t at_ns, busy_ns;
    } marks[2]; /* an earlier look, and a later one */
    uint32_t slot_count;
    struct slot slots[];
};

/* With the lock held: waits for a change, at most this long. */
void dispatcher_wait_ms(struct dispatcher *dispatcher, int64_t ms);

/* How many images the next worker may read before it is replaced. */
uint64_t slot_served_limit(const struct settings *settings);
/* Provides a worker that can read; false, after a pause, if none could be started. */
bool slot_worker_have(struct slot *slot);
/* Puts the worker back after a request or a wait: as it is now, or none if it is gone. */
void slot_worker_settle(struct slot *slot, struct worker_process *worker, bool is_alive);
/* Replaces the worker if it has read or grown enough. */
void slot_worker_recycle(struct slot *slot);
/* Whether the worker is used up and its successor is loading: the slot looks again soon, though no image comes. */
bool slot_worker_awaits_relief(const struct slot *slot);

/* Workers that may be lost over one piece of work. */
enum { KILLS_LIMIT = 2 };

bool dispatcher_is_stopping(struct dispatcher *dispatcher);

/* Asks the slot's worker, which must be ready, and fills the rest of the question's head. Puts away a lost worker. */
enum worker_outcome slot_ask(struct slot *slot, struct worker_question *question, struct work_head *answer,
                             struct buffer *body);
/* With the lock held: takes the first errand for this slot from the list, or says whether there is one. */
struct errand *slot_errand_take(struct slot *slot);
bool slot_has_errand(struct slot *slot);
/* Does an errand that was taken. If its worker dies, it is tried once more, unless it was for that worker alone. */
void slot_errand_run(struct slot *slot, struct errand *errand);
/* Does one errand, if there is one for this slot; false without one. */
bool slot_errand_do(struct slot *slot);
/* Reads the job's document to its end, or gives the job back. */
void slot_job_do(struct slot *slot, struct job *job, struct arena *arena);

/* The thread of the slot that it is given, until the dispatcher stops. */
void *slot_run(void *argument);

#endif
