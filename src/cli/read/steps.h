/* steps.h - the three steps of `lince read` for parallel_jobs.h. */
#ifndef LINCE_CLI_READ_STEPS_H
#define LINCE_CLI_READ_STEPS_H

#include "cli/read/parallel_jobs.h"
#include "cli/read/pull.h"

struct run;

struct step_worker {
    struct lince_reader *reader; /* opened for its first file; the creator of the worker closes it */
    struct task task;
};

/* `context` is the struct run, `state` a struct step_worker. */
bool step_pull(void *context, void *worker);
void step_work(void *context, void *state, struct job_result *result);
void step_deliver(void *context, const struct job_result *result);

/* When everything is delivered: ends the document whose pages were being delivered, if one is open. */
void steps_end(struct run *run);

#endif
