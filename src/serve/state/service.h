/* service.h - what all parts of the running service share. */
#ifndef LINCE_SERVE_STATE_SERVICE_H
#define LINCE_SERVE_STATE_SERVICE_H

#include <limits.h>
#include <stdatomic.h>

#include "base/meter.h"
#include "config/settings.h"
#include "serve/state/layout_names.h"
#include "serve/state/memory_plan.h"
#include "serve/state/metrics.h"
#include "serve/state/review_limits.h"
#include "store/store.h"

struct dispatcher;
struct front;
struct waiters;
struct courier;
struct watch;
struct route_table;

struct service {
    struct settings settings;
    struct memory_plan plan;
    const char *program;                  /* from which workers are started */
    struct meter process, requests, json; /* json: part of requests */
    struct meter bodies;                  /* part of requests, limited so that endless bodies leave room for others */
    struct meter answers;                 /* workers' answers on their way to the store */
    struct meter kept;                    /* the store: SQLite's pages, statements and sorts */
    struct store *store;
    struct dispatcher *dispatcher;
    struct front *front;
    struct waiters *waiters; /* of the front: connections that sleep until something changes */
    struct courier *courier;
    struct watch *watch;
    const struct route_table *routes; /* every path that is served; ends with a table without routes */
    struct layout_names layout_names;
    struct review_limits review;
    struct metrics metrics;
    int64_t started_ms;
    _Atomic uint32_t profile_period; /* of allocation sites, see profile.h; 0: not counted */
    enum lince_language language;
    bool needs_keys, is_at_loopback, is_at_unix_socket;
    _Atomic bool is_draining;
    _Atomic bool is_front_full; /* the front uses more than its part of the plan: uploads are refused */
    unsigned char secret[32];   /* of this data folder: signs cursors */
};

/*
 * Makes the meters, and puts all memory of jansson and of SQLite on them. Call it once, before either library is used.
 * The service must live as long as the process.
 */
void service_meters_open(struct service *service);

/* Writes one line of JSON to standard error: {"at","level","event", and the pairs given: name, value, ..., NULL}. */
void service_log(const char *level, const char *event, ...) __attribute__((sentinel));

#endif
