/*
 * dispatcher.h - brings what waits to be read to the workers, one thread a worker.
 */
#ifndef LINCE_SERVE_POOL_DISPATCHER_H
#define LINCE_SERVE_POOL_DISPATCHER_H

#include "base/buffer.h"
#include "serve/state/service.h"
#include "worker/worker_protocol.h"

struct dispatcher;

/* Work that is not in the store: read, drawn on or told now, before the queue, and answered to who asked. */
struct errand {
    enum work_kind kind;
    int pid;        /* of the worker that is to do it, and no other; 0: any */
    int descriptor; /* of the image; stays the caller's; with WORK_REPORT -1 */
    const char *name, *layouts;
    const struct lince_box *boxes; /* with WORK_BOXES */
    size_t box_count;
    struct buffer body; /* the answer; the caller frees it */
    enum lince_status status;
    bool is_answered;                    /* false when no worker lived to answer, or the one that was to */
    void (*done)(struct errand *errand); /* called on the worker's thread; after it the dispatcher forgets the errand */
    void *context;
    int kills;
    struct errand *next;
};

enum lince_status dispatcher_open(struct service *service, struct dispatcher **dispatcher, struct lince_error *error);
/* Lets the readings in work finish, takes no more, ends the workers. */
void dispatcher_close(struct dispatcher *dispatcher);

void dispatcher_submit(struct dispatcher *dispatcher, struct errand *errand);
/* There may be something new in the queue. */
void dispatcher_wake(struct dispatcher *dispatcher);

struct dispatcher_figures {
    uint32_t workers, ready, busy;
    uint64_t resident_bytes; /* sum over the workers, shared pages counted in each */
    double read_seconds;     /* mean of the recent readings: what waiting is estimated by */
};
struct dispatcher_figures dispatcher_figures(struct dispatcher *dispatcher);
/* Process ids of the workers, those that load to replace another among them, at most `limit`; returns how many. */
size_t dispatcher_workers(struct dispatcher *dispatcher, int *pids, size_t limit);

/* While memory is tight no worker is loaded beside the one that it is to replace. */
void dispatcher_set_tight(struct dispatcher *dispatcher, bool is_tight);
/* Ends one worker for the memory that it holds; what it reads is read again and that is not held against it. */
void dispatcher_shed(struct dispatcher *dispatcher, int pid);

#endif
