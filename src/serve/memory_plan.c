/*
 * memory_plan.c - from one limit for the whole service to a number of workers and a limit for each.
 *
 * The limit is meant as the kernel counts shared pages: once (PSS). A worker counts its own as if it were alone (RSS),
 * so each is allowed its share of what is private and the whole of what is shared.
 */
#include <unistd.h>

#include "base/error.h"
#include "serve/service.h"

static const uint64_t MB = UINT64_C(1) << 20;

/* Measured with two workers: code and mapped weights that all of them share; a loaded worker's own pages at rest. */
enum { FRONT_MB = 16, SHARED_MB = 32, SPARE_MB = 16, WORKER_LEAST_MB = 80 };

enum lince_status memory_plan_make(const struct settings *settings, struct memory_plan *plan,
                                   struct lince_error *error) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t wanted = SETTING_NUMBER(settings, workers), limit = SETTING_NUMBER(settings, memory);
    uint64_t count = wanted != 0 ? wanted : (uint64_t)(cores > 0 ? cores : 1);
    *plan = (struct memory_plan){.limit_bytes = limit,
                                 .front_bytes = FRONT_MB * MB,
                                 .shared_bytes = SHARED_MB * MB,
                                 .spare_bytes = SPARE_MB * MB};
    if (count > 64) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "workers is %llu and can be at most 64",
                         "workers es %llu y puede ser como mucho 64", (unsigned long long)count);
    }
    if (limit == 0) {
        plan->worker_count = (uint32_t)count;
        plan->has_spare = true;
        return LINCE_OK;
    }
    uint64_t fixed = (FRONT_MB + SHARED_MB) * MB, room = limit > fixed ? (limit - fixed) / MB : 0;
    uint64_t fitting = room / WORKER_LEAST_MB;
    if (fitting == 0 || (wanted != 0 && fitting < wanted)) {
        uint64_t needed = fixed / MB + WORKER_LEAST_MB * (wanted != 0 ? wanted : 1);
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "memory is %s and %llu workers need %llu MB; raise memory or lower workers",
                         "memory es %s y %llu trabajadores necesitan %llu MB; suba memory o baje workers",
                         size_for_people(limit).text, (unsigned long long)(wanted != 0 ? wanted : 1),
                         (unsigned long long)needed);
    }
    plan->worker_count = (uint32_t)(fitting < count ? fitting : count);
    plan->has_spare = room >= plan->worker_count * WORKER_LEAST_MB + SPARE_MB;
    uint64_t private_bytes = (room - (plan->has_spare ? SPARE_MB : 0)) * MB / plan->worker_count;
    plan->worker_bytes = plan->shared_bytes + private_bytes;
    return LINCE_OK;
}
