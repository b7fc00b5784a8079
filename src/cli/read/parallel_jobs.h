/*
 * parallel_jobs.h - a parallel map over a stream: workers pull tasks, and results come out in the order of the tasks.
 *
 * Look-ahead is limited twice: no task is pulled while JOBS_WINDOW results per worker, or JOBS_HELD_BYTES of them, wait
 * for an earlier one. So memory is the same for ten tasks and for a million.
 */
#ifndef LINCE_CLI_READ_PARALLEL_JOBS_H
#define LINCE_CLI_READ_PARALLEL_JOBS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "lince.h"

enum { JOBS_LIMIT = 256, JOBS_WINDOW = 4, JOBS_HELD_BYTES = 2 << 20 };

/* The result of a task. The map owns it; `work` gets it empty and fills it, `deliver` reads it. */
struct job_result {
    struct buffer output;    /* for the output */
    struct buffer complaint; /* for standard error */
    struct buffer fields;    /* for the fields of its document: what document_fields.h needs of the page */
    enum lince_status status;
    bool is_dropped; /* abandoned: there is nothing to deliver */
    bool is_page;    /* of a file with pages; and whether it is the first or last wanted page: */
    bool starts_file, ends_file;
    struct buffer separator; /* with --split-on: the code by which the page begins a document; otherwise empty */
    size_t item_at;          /* where the item begins in the output, after what begins a file with pages */
};

/* The three steps. `worker` is the state of the calling worker. */
struct jobs_steps {
    void *context;
    bool (*pull)(void *context, void *worker);                            /* one call at a time; false: no more tasks */
    void (*work)(void *context, void *worker, struct job_result *result); /* many calls at once */
    void (*deliver)(void *context, const struct job_result *result);      /* one call at a time, in the order of pull */
};

/*
 * Runs until `pull` has no more tasks and everything is delivered. `states` points at `worker_count` (1..JOBS_LIMIT)
 * states of `state_bytes` each. The calling thread is the first worker; the others are threads started and joined here.
 * Fails with MEMORY_LIMIT before anything is pulled.
 */
enum lince_status jobs_run(const struct jobs_steps *steps, void *states, size_t state_bytes, uint32_t worker_count,
                           struct meter *meter, struct lince_error *error);

#endif
