/* memory_kills.c - reads the kernel's counters of processes that it ended for want of memory. */
#include "worker/memory_kills.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/container.h"

int64_t memory_kills_read(const char *path) {
    char line[256];
    int64_t count = MEMORY_KILLS_UNKNOWN;
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        return count;
    }
    while (count == MEMORY_KILLS_UNKNOWN && fgets(line, sizeof line, file) != NULL) {
        /* The kernel writes a number in range: NOLINTNEXTLINE(cert-err34-c) */
        if (sscanf(line, "oom_kill %" SCNd64, &count) != 1) {
            count = MEMORY_KILLS_UNKNOWN;
        }
    }
    fclose(file);
    return count;
}

/* In a container the path is often the one outside, and the group's files are at the root. */
static int64_t group_read(const char *root, const char *folder, const char *group, const char *name) {
    char path[2 * PATH_MAX];
    snprintf(path, sizeof path, "%s%s%s/%s", root, folder, strcmp(group, "/") == 0 ? "" : group, name);
    int64_t count = memory_kills_read(path);
    if (count == MEMORY_KILLS_UNKNOWN) {
        snprintf(path, sizeof path, "%s%s/%s", root, folder, name);
        count = memory_kills_read(path);
    }
    return count;
}

static int64_t group_of_line(char *line, const char *root) {
    enum group_version version;
    const char *path = container_group_of_line(line, &version);
    return path == NULL                 ? MEMORY_KILLS_UNKNOWN
           : version == GROUP_VERSION_2 ? group_read(root, "", path, "memory.events")
                                        : group_read(root, "/memory", path, "memory.oom_control");
}

int64_t memory_kills_of_group(const char *groups_path, const char *root) {
    char line[PATH_MAX + 64];
    int64_t count = MEMORY_KILLS_UNKNOWN;
    FILE *file = fopen(groups_path, "re");
    if (file == NULL) {
        return count;
    }
    while (count == MEMORY_KILLS_UNKNOWN && fgets(line, sizeof line, file) != NULL) {
        count = group_of_line(line, root);
    }
    fclose(file);
    return count;
}

struct memory_kills memory_kills_now(void) {
    return (struct memory_kills){.group = memory_kills_of_group("/proc/self/cgroup", "/sys/fs/cgroup"),
                                 .machine = memory_kills_read("/proc/vmstat")};
}

enum kill_cause kill_cause_of(struct memory_kills before, struct memory_kills after) {
    if (before.group != MEMORY_KILLS_UNKNOWN && after.group != MEMORY_KILLS_UNKNOWN) {
        return after.group > before.group ? KILL_BY_MEMORY : KILL_FROM_OUTSIDE;
    }
    bool is_counted = before.machine != MEMORY_KILLS_UNKNOWN && after.machine != MEMORY_KILLS_UNKNOWN;
    return is_counted && after.machine == before.machine ? KILL_FROM_OUTSIDE : KILL_UNKNOWN;
}
