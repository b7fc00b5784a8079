/* worker.h - the process that reads images for the front, one after another, locked down. */
#ifndef LINCE_WORKER_WORKER_H
#define LINCE_WORKER_WORKER_H

#include <stdint.h>

#include "lince.h"

struct worker_options {
    const char *models;    /* NULL: as in lince_engine_options */
    uint64_t memory_bytes; /* limit of this process; 0: none */
};

/* Serves the socket WORK_DESCRIPTOR until the front closes it. Any other status than OK says why it could not begin. */
enum lince_status worker_run(const struct worker_options *options, struct lince_error *error);

#endif
