/* watch.h - watches the memory of the whole service: measures it, reports events, keeps it under the limit. */
#ifndef LINCE_SERVE_POOL_WATCH_H
#define LINCE_SERVE_POOL_WATCH_H

#include <stdint.h>

#include "lince.h"

struct service;
struct watch;

/*
 * Starts a thread that checks four times a second. From nine tenths of the limit on, free memory goes back to the
 * kernel, no worker is loaded beside another, and `memory.high` is reported. Over the limit, the largest worker is
 * ended (its image is read again) and `memory.over` is reported. Well below it again, `memory.normal` is reported. The
 * plan, the workers' own limits and the meters already keep the limit; this is for what none of them foresaw.
 */
enum lince_status watch_open(struct service *service, struct watch **watch, struct lince_error *error);
void watch_close(struct watch *watch);

struct watch_figures {
    uint64_t total_bytes, peak_bytes; /* PSS of front and workers: at the last check, and the most so far */
};
struct watch_figures watch_figures(struct watch *watch);

/*
 * Copies the memory of the whole service since the start: each point has the most since the one before it. `warns_at`:
 * the part of the limit, in percent, from which memory.high is reported.
 */
struct timeline;
void watch_timeline(struct watch *watch, struct timeline *timeline, int *warns_at);

/* Copies the history of the front's memory since the start. */
struct history;
void watch_history(struct watch *watch, struct history *history);

/* PSS and RSS of a process; 0 if it is gone. */
struct process_figures {
    uint64_t proportional_bytes, resident_bytes;
};
struct process_figures watch_process(int pid);

#endif
