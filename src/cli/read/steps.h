/* steps.h - the three steps of `lince read`, as jobs.h wants them. */
#ifndef LINCE_CLI_READ_STEPS_H
#define LINCE_CLI_READ_STEPS_H

#include "cli/read/jobs.h"
#include "cli/read/list.h"
#include "cli/read/pictures.h"

struct run;

struct step_worker {
    struct lince_reader *reader; /* opened for its first file; whoever made the worker closes it */
    struct list_item item;
    uint64_t index;         /* of the item in the run, from 0 */
    struct picture picture; /* with --boxes: reserved for the item */
};

/* `context` is the struct run, `state` a struct step_worker. */
bool step_pull(void *context, void *worker);
void step_work(void *context, void *state, struct job_result *result);
void step_deliver(void *context, const struct job_result *result);

#endif
