/* memory_plan.h - shares one memory limit out between the front and the workers. */
#ifndef LINCE_SERVE_STATE_MEMORY_PLAN_H
#define LINCE_SERVE_STATE_MEMORY_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "config/settings.h"

struct memory_plan {
    uint64_t limit_bytes;     /* of the whole service: `memory`, or what the container leaves if less; 0: none */
    uint64_t container_bytes; /* the container's own limit if `limit_bytes` comes from it; else 0 */
    uint64_t smallest_bytes;  /* the smallest limit for the number of workers that was asked for, or for one */
    uint64_t front_bytes, shared_bytes, spare_bytes, worker_bytes;
    uint64_t store_bytes, bucket_bytes; /* parts of the front's: libpq's for a shared store, libcurl's for a bucket */
    uint64_t requests_bytes, answers_bytes; /* parts of the front's: for requests and for workers' answers */
    uint32_t worker_count, connection_count;
    bool has_spare; /* a new worker may be loaded while the one it replaces still reads */
};

/* Fills the plan from the settings. The message of MEMORY_LIMIT names the smallest limit that would do. */
enum lince_status memory_plan_make(const struct settings *settings, struct memory_plan *plan,
                                   struct lince_error *error);

#endif
