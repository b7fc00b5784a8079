/*
 * memory_plan.c - turns one limit for the whole service into a number of workers and a limit for each.
 *
 * The limit counts shared pages once, as the kernel does in PSS. A worker counts its own memory as if it were alone
 * (RSS), so each may use its share of the private memory plus all of the shared memory.
 */
#include "serve/state/memory_plan.h"
#include "store/store.h"

#include <unistd.h>

#include "base/error.h"
#include "base/group.h"
#include "base/meter.h"
#include "base/system.h"

static const uint64_t MB = UINT64_C(1) << 20;

/*
 * Measured with two workers: the front without clients, code and mapped weights that all workers share, the private
 * pages of a loaded worker at rest, and the least that it needs to read a page at a legible size.
 */
enum { FRONT_MB = 10, REQUESTS_MB = 8, ANSWERS_MB = 12, SHARED_MB = 32, SPARE_MB = 17, WORKER_LEAST_MB = 56 };

/* What libpq allocates for a connection to a shared store, with TLS. It is on no meter. */
enum { STORE_CONNECTION_KB = 1536 };

/* What libcurl allocates for its connections to a bucket, with TLS. It is on no meter. */
enum { BUCKET_MB = 4 };

/* An idle connection: libmicrohttpd's pool, rounded up to pages; the same with TLS. */
enum { CONNECTION_KB = 11, TLS_CONNECTION_KB = 66, CONNECTIONS_LEAST_MB = 9, CONNECTIONS_PART = 16 };

/* As many as wanted, but within their part of the limit. */
static uint32_t connections_fitting(const struct settings *settings, uint64_t limit_bytes) {
    uint64_t wanted = SETTING_NUMBER(settings, connections);
    uint64_t room = limit_bytes / CONNECTIONS_PART;
    uint64_t each = (SETTING_TEXT_OF(settings, tls_certificate)[0] != '\0' ? TLS_CONNECTION_KB : CONNECTION_KB) << 10;
    room = room < CONNECTIONS_LEAST_MB * MB ? CONNECTIONS_LEAST_MB * MB : room;
    return (uint32_t)(limit_bytes == 0 || wanted < room / each ? wanted : room / each);
}

static uint64_t store_bytes(const struct settings *settings) {
    bool is_shared = SETTING_TEXT_OF(settings, store)[0] != '\0';
    return is_shared ? (uint64_t)STORE_CONNECTIONS_SERVED * STORE_CONNECTION_KB << 10 : 0;
}

static uint64_t bucket_bytes(const struct settings *settings) {
    return SETTING_TEXT_OF(settings, images)[0] != '\0' ? BUCKET_MB * MB : 0;
}

static uint64_t front_bytes(const struct settings *settings, uint32_t connection_count) {
    uint64_t each = (SETTING_TEXT_OF(settings, tls_certificate)[0] != '\0' ? TLS_CONNECTION_KB : CONNECTION_KB) << 10;
    return (FRONT_MB + REQUESTS_MB + ANSWERS_MB) * MB + store_bytes(settings) + bucket_bytes(settings) +
           connection_count * each;
}

/* The smallest limit with room for this many workers. Connections take a part of any limit. */
static uint64_t limit_needed(const struct settings *settings, uint64_t workers) {
    uint64_t limit = (SHARED_MB + WORKER_LEAST_MB * workers) * MB;
    while (limit <
           front_bytes(settings, connections_fitting(settings, limit)) + (SHARED_MB + WORKER_LEAST_MB * workers) * MB) {
        limit += MB;
    }
    return limit;
}

/* The smallest limit of a container that leaves this much. */
static uint64_t container_needed(uint64_t inside_bytes) {
    uint64_t container = inside_bytes;
    while (container - group_margin_bytes(container) < inside_bytes) {
        container += MB;
    }
    return container;
}

static enum lince_status refuse(const struct memory_plan *plan, uint64_t workers, struct lince_error *error) {
    unsigned long long count = workers, needed_mb = plan->smallest_bytes / MB;
    if (plan->container_bytes > 0) {
        return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                         "the container's limit of %s leaves %s, and workers = %llu needs %llu MB; raise that limit to "
                         "%llu MB or lower workers",
                         "el límite de %s del contenedor deja %s, y workers = %llu necesita %llu MB; suba ese límite a "
                         "%llu MB o baje workers",
                         size_for_people(plan->container_bytes).text, size_for_people(plan->limit_bytes).text, count,
                         needed_mb, (unsigned long long)(container_needed(plan->smallest_bytes) / MB));
    }
    return error_set(error, LINCE_ERROR_MEMORY_LIMIT,
                     "memory is %s and workers = %llu needs %llu MB; raise memory or lower workers",
                     "memory es %s y workers = %llu necesita %llu MB; suba memory o baje workers",
                     size_for_people(plan->limit_bytes).text, count, needed_mb);
}

/* What the setting says, or what the container leaves; 0 if neither limits. */
static uint64_t limit_of_service(const struct settings *settings) {
    uint64_t asked = SETTING_NUMBER(settings, memory);
    uint64_t limit = group_limit_within(asked == 0 ? METER_NO_LIMIT : asked);
    return limit == METER_NO_LIMIT ? 0 : limit;
}

enum lince_status memory_plan_make(const struct settings *settings, struct memory_plan *plan,
                                   struct lince_error *error) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    uint64_t wanted = SETTING_NUMBER(settings, workers), limit = limit_of_service(settings);
    bool is_front = SETTING_NUMBER(settings, role) == ROLE_FRONT; /* its worker does what a client waits for */
    uint64_t count = wanted != 0 ? wanted : (uint64_t)(cores > 0 && !is_front ? cores : 1);
    *plan =
        (struct memory_plan){.limit_bytes = limit,
                             .container_bytes = limit != SETTING_NUMBER(settings, memory) ? container_limit_bytes() : 0,
                             .shared_bytes = SHARED_MB * MB,
                             .spare_bytes = SPARE_MB * MB,
                             .store_bytes = store_bytes(settings),
                             .bucket_bytes = bucket_bytes(settings),
                             .requests_bytes = limit == 0 ? METER_NO_LIMIT : REQUESTS_MB * MB,
                             .answers_bytes = limit == 0 ? METER_NO_LIMIT : ANSWERS_MB * MB,
                             .connection_count = connections_fitting(settings, limit)};
    plan->front_bytes = front_bytes(settings, plan->connection_count);
    if (count > 64) {
        return error_set(error, LINCE_ERROR_ARGUMENT, "workers is %llu and can be at most 64",
                         "workers es %llu y puede ser como mucho 64", (unsigned long long)count);
    }
    plan->smallest_bytes = limit_needed(settings, wanted != 0 ? wanted : 1);
    if (limit == 0) {
        plan->worker_count = (uint32_t)count;
        plan->has_spare = true;
        return LINCE_OK;
    }
    uint64_t fixed = plan->front_bytes + plan->shared_bytes, room = limit > fixed ? limit - fixed : 0;
    uint64_t fitting = room / (WORKER_LEAST_MB * MB);
    if (fitting == 0 || (wanted != 0 && fitting < wanted)) {
        return refuse(plan, wanted != 0 ? wanted : 1, error);
    }
    plan->worker_count = (uint32_t)(fitting < count ? fitting : count);
    plan->has_spare = room >= plan->worker_count * WORKER_LEAST_MB * MB + plan->spare_bytes;
    uint64_t private_bytes = (room - (plan->has_spare ? plan->spare_bytes : 0)) / plan->worker_count;
    plan->worker_bytes = plan->shared_bytes + private_bytes;
    return LINCE_OK;
}
