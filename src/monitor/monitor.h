/*
 * monitor.h - watches an engine from its own thread: keeps the timeline, answers signals and `lince memory watch`,
 * writes reports and log lines.
 *
 *     SIGUSR1  writes a report       SIGUSR2  switches the counting of allocation sites on or off
 *
 * The thread sleeps except for a few checks a second. Linux only: it uses signalfd and /proc.
 */
#ifndef LINCE_MONITOR_MONITOR_H
#define LINCE_MONITOR_MONITOR_H

#include <stdbool.h>

#include "lince.h"
#include "monitor/report.h"

struct monitor;

struct monitor_options {
    struct report_folder folder; /* where reports go */
    bool reports_at_end;         /* at the end and when a threshold is crossed; SIGUSR1 always writes one */
    uint32_t report_every;       /* a report after this many images; 0: none */
    uint32_t profile_period;     /* count allocation sites from the start, as lince_memory_profile; 0: do not */
    bool logs;                   /* a line on standard error for each event */
    enum lince_language language;
};

#define MONITOR_OPTIONS_DEFAULTS                                                                                       \
    { {"memory_reports", 100, UINT64_C(64) << 20}, false, 0, 0, false, LINCE_ENGLISH }

/* Blocks the two signals in this thread and in those that it starts. The program calls it before it starts any. */
void monitor_block_signals(void);

/*
 * Gives a monitor of `engine` and takes over its events; close it with monitor_close before the engine. MEMORY_LIMIT;
 * RUNTIME if the system refuses a thread or descriptors.
 */
enum lince_status monitor_open(struct lince_engine *engine, const struct monitor_options *options,
                               struct monitor **monitor, struct lince_error *error);

/*
 * Writes the last report, if one is wanted. Call it when the work is done and the readers are still open. NULL is
 * allowed.
 */
void monitor_report_end(struct monitor *monitor);

/* NULL is allowed. No reading may be running. */
void monitor_close(struct monitor *monitor);

/* The address at which a process's monitor answers with a report, for `lince memory watch`. */
struct sockaddr_un;
size_t monitor_address(long pid, struct sockaddr_un *address);

#endif
