/* resident.c - /proc/self/statm. */
#include "base/resident.h"

#include <stdio.h>
#include <unistd.h>

uint64_t resident_bytes(void) {
    FILE *file = fopen("/proc/self/statm", "re");
    if (file == NULL) {
        return 0;
    }
    unsigned long long total, resident;
    int fields = fscanf(file, "%llu %llu", &total, &resident);
    fclose(file);
    return fields == 2 ? (uint64_t)resident * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}
