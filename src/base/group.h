/*
 * group.h - the kernel's limit on the control group of this process, where that group is ours to limit.
 *
 * It is ours when the process is alone in it: no other process, no group below, and its files can be written by us.
 * That is what `systemd-run --scope`, a service manager's unit or a container's own group give. Anything that others
 * run in is left as it is, and so is a limit that is as small already. Groups are never made and processes never moved.
 */
#ifndef LINCE_BASE_GROUP_H
#define LINCE_BASE_GROUP_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

/* How the kernel shows the groups. */
enum group_version { GROUP_VERSION_1 = 1, GROUP_VERSION_2 = 2 };

/* What was set and what stood there before, for group_release. */
struct group_hold {
    bool is_held;
    enum group_version version;
    char folder[PATH_MAX];
    char earlier_limit[32], earlier_pressure[32];
};

/*
 * What a group counts beside resident memory: page tables, sockets, files being written. A group's limit is by so much
 * larger than that of the processes in it.
 */
uint64_t group_margin_bytes(uint64_t limit_bytes);

/*
 * Limits this process's group to `limit_bytes` with the margin on top (memory.max, or memory.limit_in_bytes of version
 * 1); from half of the margin on the kernel reclaims (memory.high; version 1: soft_limit_in_bytes, from the limit on).
 * False, and nothing set, where the group is not ours. Call it before other processes are started.
 */
bool group_hold(uint64_t limit_bytes, struct group_hold *hold);
/* The same for the group whose files lie in `folder`. */
bool group_hold_in(const char *folder, enum group_version version, uint64_t limit_bytes, struct group_hold *hold);

/* Puts back what was there; when the work is over. */
void group_release(struct group_hold *hold);

#endif
