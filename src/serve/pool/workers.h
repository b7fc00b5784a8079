/* workers.h - one worker process from the front's side: start, ask, watch, replace. */
#ifndef LINCE_SERVE_POOL_WORKERS_H
#define LINCE_SERVE_POOL_WORKERS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "lince.h"
#include "worker/worker_protocol.h"

struct buffer;

struct worker_process {
    pid_t pid;  /* 0: none */
    int socket; /* -1: none */
    bool is_ready;
    uint64_t served_count, resident_bytes, first_resident_bytes;
};

struct worker_launch {
    const char *program, *models; /* models: "" for the program's default */
    uint64_t memory_bytes;
};

/* Starts the process, which then loads its models. False if the system refuses another process. */
bool worker_start(const struct worker_launch *launch, struct worker_process *worker);
/* Waits until it is ready. False if it gave up or took longer: then stop it. `reason`: its status. */
bool worker_wait_ready(struct worker_process *worker, int64_t limit_ms, enum lince_status *reason);

/* Whether a loading worker has reported: that it is ready, or, by ending, that it never will be. */
bool worker_has_spoken(const struct worker_process *worker);

enum worker_outcome {
    WORKER_ANSWERED,
    WORKER_DIED,     /* crashed, was killed, or broke the protocol */
    WORKER_TIMED_OUT /* took too long */
};
/* A question: the head and its data, all borrowed. */
struct worker_question {
    struct work_head head;
    const char *layouts, *name;
    const void *sent; /* head.body_bytes */
    int descriptor;   /* of the image; -1: none */
    int output;       /* a file for the answer of a worker that succeeds; -1: the buffer gets it */
};
/*
 * `answer` and `body` are filled when it answered; an answer for which `body` gets no memory is one of MEMORY_LIMIT
 * without a body, and one for which the disk has no room one of WRITE. After any other outcome the worker can only be
 * stopped.
 */
enum worker_outcome worker_ask(struct worker_process *worker, const struct worker_question *question, int64_t limit_ms,
                               struct work_head *answer, struct buffer *body);

/* Kills it at once. */
void worker_stop(struct worker_process *worker);

#endif
