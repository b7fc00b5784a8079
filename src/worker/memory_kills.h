/* memory_kills.h - how many processes the kernel has ended for want of memory, to tell who killed a child. */
#ifndef LINCE_WORKER_MEMORY_KILLS_H
#define LINCE_WORKER_MEMORY_KILLS_H

#include <stdint.h>

enum { MEMORY_KILLS_UNKNOWN = -1 };

struct memory_kills {
    int64_t group;   /* in this process's control group and those below it */
    int64_t machine; /* on the whole machine, in other containers too */
};

/* The count in a file with a line "oom_kill 3", MEMORY_KILLS_UNKNOWN without one. */
int64_t memory_kills_read(const char *path);
/*
 * The count of the control group that a file such as /proc/self/cgroup names, whose folders are below `root`
 * (/sys/fs/cgroup). MEMORY_KILLS_UNKNOWN if the kernel shows none.
 */
int64_t memory_kills_of_group(const char *groups_path, const char *root);
struct memory_kills memory_kills_now(void);

enum kill_cause {
    KILL_UNKNOWN,      /* the kernel does not count, or it ended something on the machine, perhaps another one's */
    KILL_FROM_OUTSIDE, /* it ended nothing meanwhile: somebody else did */
    KILL_BY_MEMORY,    /* it ended something of this group meanwhile */
};
enum kill_cause kill_cause_of(struct memory_kills before, struct memory_kills after);

#endif
