/* dispatcher.h - brings waiting work to the workers, with one thread per worker. */
#ifndef LINCE_SERVE_POOL_DISPATCHER_H
#define LINCE_SERVE_POOL_DISPATCHER_H

#include <jansson.h>

#include "base/buffer.h"
#include "serve/state/service.h"
#include "worker/worker_protocol.h"

struct dispatcher;

/*
 * Work outside the store, such as reading or drawing for a waiting client. It comes before the queue, and the answer
 * goes to the caller. After an errand that `is_more`, a worker looks into the queue before it does another such one.
 */
struct errand {
    enum work_kind kind;
    int pid;                                            /* of the worker that is to do it, and no other; 0: any */
    int descriptor;                                     /* of the image; stays the caller's; with WORK_REPORT -1 */
    const char *name, *layouts;                         /* with WORK_WRITE `layouts` names the form */
    uint32_t page_index, page_count, parts, part_first; /* see struct work_head */
    bool has_pages, codes, letters;
    bool is_more;     /* one of many for the same client: a document of the queue may come before it */
    const void *sent; /* the data with it: the boxes, or the page as JSON */
    size_t sent_bytes;
    int output; /* a file that the answer is written to if the worker succeeds; -1: none */
    uint64_t output_bytes;
    struct buffer body; /* the answer otherwise; the caller frees it */
    enum lince_status status;
    uint32_t pages_found;                /* of the file, after WORK_READ; 0: it could not be opened */
    bool is_answered;                    /* false if no worker, or not the wanted one, lived to answer */
    void (*done)(struct errand *errand); /* called on the worker's thread; then the dispatcher forgets the errand */
    void *context;
    int kills;
    struct errand *next;
};

enum lince_status dispatcher_open(struct service *service, struct dispatcher **dispatcher, struct lince_error *error);
/* Takes no more jobs, lets running readings finish, and ends the workers. */
void dispatcher_close(struct dispatcher *dispatcher);

void dispatcher_submit(struct dispatcher *dispatcher, struct errand *errand);

/*
 * Why a worker refused what it was asked: its own message, or the name of the status. Gives the answer that has the
 * message, for json_decref afterwards; NULL if there is none.
 */
json_t *errand_refusal_read(const struct errand *errand, const char **message);

/* Call it when the queue may have something new. */
void dispatcher_wake(struct dispatcher *dispatcher);

struct dispatcher_figures {
    uint32_t workers, ready, busy;
    uint64_t resident_bytes; /* sum over the workers; shared pages count in each */
    double read_seconds;     /* mean of recent readings, for estimates of waiting */
    double busy_seconds;     /* that all workers together were at work since the start */
    double busy_share;       /* of their time in the last one or two minutes, 0..1 */
};
struct dispatcher_figures dispatcher_figures(struct dispatcher *dispatcher);
/* Process ids of the workers, including those that are loading as a replacement; at most `limit`. Returns how many. */
size_t dispatcher_workers(struct dispatcher *dispatcher, int *pids, size_t limit);

/* While memory is tight, no worker is loaded beside the one that it will replace. */
void dispatcher_set_tight(struct dispatcher *dispatcher, bool is_tight);
/* Ends one worker because of its memory. Its image is read again, and this does not count against the image. */
void dispatcher_shed(struct dispatcher *dispatcher, int pid);

#endif
