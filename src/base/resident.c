/* resident.c - /proc/self/statm. */
#include "base/resident.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

uint64_t resident_bytes(void) {
    FILE *file = fopen("/proc/self/statm", "re");
    if (file == NULL) {
        return 0;
    }
    char text[128];
    const char *read = fgets(text, sizeof text, file);
    fclose(file);
    /* The first number is the size of the address space, the second what of it is resident, both in pages. */
    const char *second = read != NULL ? strchr(text, ' ') : NULL;
    return second != NULL ? strtoull(second, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE) : 0;
}
