/* container.c - the memory limit of the control groups around this process, versions 1 and 2. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/container.h"
#include "base/held.h"
#include "base/system.h"

/* Version 1 says "no limit" with a number near the largest. */
/* Numbers that the kernel writes are in range: NOLINTBEGIN(cert-err34-c) */

static const uint64_t NO_LIMIT_FROM_BYTES = UINT64_C(1) << 60;

/* The number in a file; false if there is none ("max", no such file). */
static bool number_read(const char *path, uint64_t *number) {
    unsigned long long value;
    FILE *file = held_open(path);
    if (file == NULL) {
        return false;
    }
    bool found = fscanf(file, "%llu", &value) == 1;
    fclose(file);
    *number = found ? value : 0;
    return found;
}

/* One of the two ways in which the kernel shows control groups. */
struct hierarchy {
    const char *root, *limit_name, *usage_name;
    enum group_version version;
};
static const struct hierarchy hierarchies[] = {
    {"/sys/fs/cgroup", "memory.max", "memory.current", GROUP_VERSION_2},
    {"/sys/fs/cgroup/unified", "memory.max", "memory.current", GROUP_VERSION_2},
    {"/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", GROUP_VERSION_1},
};

const char *container_group_of_line(char *line, enum group_version *version) {
    char *controllers = strchr(line, ':');
    char *path = controllers == NULL ? NULL : strchr(controllers + 1, ':');
    if (path == NULL) {
        return NULL;
    }
    *path = '\0';
    path[1 + strcspn(path + 1, "\n")] = '\0';
    *version = controllers[1] == '\0' ? GROUP_VERSION_2 : GROUP_VERSION_1; /* version 2 names no controllers */
    return *version == GROUP_VERSION_2 || strstr(controllers, "memory") != NULL ? path + 1 : NULL;
}

static bool group_find(const struct hierarchy *hierarchy, char group[PATH_MAX]) {
    char line[PATH_MAX + 64];
    const char *found = NULL;
    FILE *file = held_open("/proc/self/cgroup");
    if (file == NULL) {
        return false;
    }
    while (found == NULL && fgets(line, sizeof line, file) != NULL) {
        enum group_version version;
        const char *path = container_group_of_line(line, &version);
        found = path != NULL && version == hierarchy->version ? path : NULL;
    }
    fclose(file);
    if (found != NULL) {
        snprintf(group, PATH_MAX, "%s", strcmp(found, "/") == 0 ? "" : found);
    }
    return found != NULL;
}

/*
 * The lowest limit from this group up to the root, and the usage of the group that sets it. In a container the path is
 * often the one outside, and the group's files are at the root, so the root is checked too.
 */
static void hierarchy_read(const struct hierarchy *hierarchy, uint64_t *limit, uint64_t *used) {
    char group[PATH_MAX], path[2 * PATH_MAX];
    if (!group_find(hierarchy, group)) {
        return;
    }
    for (;;) {
        uint64_t here, use = 0;
        snprintf(path, sizeof path, "%s%s/%s", hierarchy->root, group, hierarchy->limit_name);
        if (number_read(path, &here) && here < NO_LIMIT_FROM_BYTES && (*limit == 0 || here < *limit)) {
            snprintf(path, sizeof path, "%s%s/%s", hierarchy->root, group, hierarchy->usage_name);
            number_read(path, &use);
            *limit = here;
            *used = use;
        }
        char *slash = strrchr(group, '/');
        if (slash == NULL) {
            return;
        }
        *slash = '\0';
    }
}

bool container_group(char folder[PATH_MAX], enum group_version *version) {
    char group[PATH_MAX], path[PATH_MAX + 64];
    for (size_t i = 0; i < sizeof hierarchies / sizeof *hierarchies; i++) {
        const struct hierarchy *hierarchy = &hierarchies[i];
        if (!group_find(hierarchy, group) || (hierarchy->version == GROUP_VERSION_1 && group[0] == '\0')) {
            continue;
        }
        int length = snprintf(folder, PATH_MAX, "%s%s", hierarchy->root, group);
        snprintf(path, sizeof path, "%s/%s", folder, hierarchy->limit_name);
        if (length < PATH_MAX && access(path, W_OK) == 0) {
            *version = hierarchy->version;
            return true;
        }
    }
    return false;
}

static void hierarchy_hold(const struct hierarchy *hierarchy) {
    char group[PATH_MAX], path[2 * PATH_MAX];
    for (char *slash = group_find(hierarchy, group) ? group : NULL; slash != NULL;) {
        snprintf(path, sizeof path, "%s%s/%s", hierarchy->root, group, hierarchy->limit_name);
        held_add(path);
        snprintf(path, sizeof path, "%s%s/%s", hierarchy->root, group, hierarchy->usage_name);
        held_add(path);
        slash = strrchr(group, '/');
        if (slash != NULL) {
            *slash = '\0';
        }
    }
}

void container_hold(void) {
    for (size_t i = 0; i < sizeof hierarchies / sizeof *hierarchies; i++) {
        hierarchy_hold(&hierarchies[i]);
    }
}

static void container_read(uint64_t *limit, uint64_t *used) {
    *limit = *used = 0;
    for (size_t i = 0; i < sizeof hierarchies / sizeof *hierarchies; i++) {
        hierarchy_read(&hierarchies[i], limit, used);
    }
}

uint64_t container_limit_bytes(void) {
    uint64_t limit, used;
    container_read(&limit, &used);
    return limit;
}

uint64_t container_used_bytes(void) {
    uint64_t limit, used;
    container_read(&limit, &used);
    return used;
}

/* NOLINTEND(cert-err34-c) */
