/* watch.h - the memory of the whole service while it runs: looked at, told as events, kept under the limit. */
#ifndef LINCE_SERVE_POOL_WATCH_H
#define LINCE_SERVE_POOL_WATCH_H

#include <stdint.h>

#include "lince.h"

struct service;
struct watch;

/*
 * Begins to look, four times a second. From nine tenths of the limit on, what is free goes back to the kernel, no
 * worker is loaded beside another, and `memory.high` is told; over the limit the largest worker ends (what it read is
 * read again) and `memory.over` is told; well below it again, `memory.normal`. Does so from a thread of its own, since
 * the plan, the workers' own limits and the meters keep the limit by themselves: this is for what none of them foresaw.
 */
enum lince_status watch_open(struct service *service, struct watch **watch, struct lince_error *error);
void watch_close(struct watch *watch);

struct watch_figures {
    uint64_t total_bytes, peak_bytes; /* PSS of front and workers: at the last look, and the most ever seen */
};
struct watch_figures watch_figures(struct watch *watch);

/* Copies what happened to the front's memory since the start. */
struct history;
void watch_history(struct watch *watch, struct history *history);

/* PSS and RSS of a process; 0 when it is gone. */
struct process_figures {
    uint64_t proportional_bytes, resident_bytes;
};
struct process_figures watch_process(int pid);

#endif
