/*
 * group.h - sets the kernel's limit on the control group of this process, if the group is ours.
 *
 * The group is ours when this process is alone in it, no group is below it, and its files are writable. `systemd-run
 * --scope`, a unit of a service manager and a container give such a group. A group with other processes is left alone,
 * and so is a limit that is already as low. Groups are never made and processes never moved.
 */
#ifndef LINCE_BASE_GROUP_H
#define LINCE_BASE_GROUP_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

/* How the kernel shows the groups. */
enum group_version { GROUP_VERSION_1 = 1, GROUP_VERSION_2 = 2 };

/* What was set and what was there before, for group_release. */
struct group_hold {
    bool is_held;
    enum group_version version;
    char folder[PATH_MAX];
    char earlier_limit[32], earlier_pressure[32];
};

/*
 * What a group counts beyond resident memory: page tables, sockets, files being written. The limit of a group is larger
 * than that of its processes by this much.
 */
uint64_t group_margin_bytes(uint64_t limit_bytes);

/*
 * The limit that holds for a process or a service that was given `asked_bytes` (METER_NO_LIMIT: none): the container's,
 * less that margin, if it is smaller.
 */
uint64_t group_limit_within(uint64_t asked_bytes);

/*
 * Limits this process's group to `limit_bytes` plus the margin (memory.max; version 1: memory.limit_in_bytes). The
 * kernel reclaims from half of the margin on (memory.high; version 1: from the limit on, soft_limit_in_bytes). Returns
 * false, and sets nothing, if the group is not ours. Call it before starting other processes.
 */
bool group_hold(uint64_t limit_bytes, struct group_hold *hold);
/* The same for the group with files in `folder`. */
bool group_hold_in(const char *folder, enum group_version version, uint64_t limit_bytes, struct group_hold *hold);

/* Restores what was there before. */
void group_release(struct group_hold *hold);

#endif
