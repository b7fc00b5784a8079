/* memory_kills.h - how many processes the kernel has ended for want of memory, to tell who killed a child. */
#ifndef LINCE_WORKER_MEMORY_KILLS_H
#define LINCE_WORKER_MEMORY_KILLS_H

#include <stdint.h>

enum { MEMORY_KILLS_UNKNOWN = -1 };

/* The count in a file such as /proc/vmstat ("oom_kill 3"): of the whole machine. MEMORY_KILLS_UNKNOWN without one. */
int64_t memory_kills_read(const char *path);
int64_t memory_kills_now(void);

enum kill_cause {
    KILL_UNKNOWN,      /* the kernel does not count */
    KILL_FROM_OUTSIDE, /* it ended nothing meanwhile: somebody else did */
    KILL_BY_MEMORY,    /* it ended something meanwhile */
};
enum kill_cause kill_cause_of(int64_t before, int64_t after);

#endif
