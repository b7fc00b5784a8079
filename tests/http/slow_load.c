/*
 * slow_load.c - preloaded, lets every worker begin by sleeping for the seconds in SLOW_LOAD, so that a request that
 * waited for a worker to load is told from any other on a busy machine too.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

__attribute__((constructor)) static void begin(int count, char **arguments) {
    const char *seconds = getenv("SLOW_LOAD");
    if (seconds != NULL && count > 1 && strcmp(arguments[1], "worker") == 0) {
        sleep((unsigned)strtoul(seconds, NULL, 10));
    }
}
