/* memory_kills.c - reads the kernel's counter of processes that it ended for want of memory. */
#include "worker/memory_kills.h"

#include <inttypes.h>
#include <stdio.h>

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

int64_t memory_kills_now(void) {
    return memory_kills_read("/proc/vmstat");
}

enum kill_cause kill_cause_of(int64_t before, int64_t after) {
    if (before == MEMORY_KILLS_UNKNOWN || after == MEMORY_KILLS_UNKNOWN) {
        return KILL_UNKNOWN;
    }
    return after > before ? KILL_BY_MEMORY : KILL_FROM_OUTSIDE;
}
