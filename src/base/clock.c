/* clock.c - CLOCK_MONOTONIC as numbers, and pauses. */
#include "base/clock.h"

#include <time.h>

uint64_t clock_now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * UINT64_C(1000000000) + (uint64_t)now.tv_nsec;
}

int64_t clock_now_ms(void) {
    return (int64_t)(clock_now_ns() / 1000000);
}

double clock_since_ms(uint64_t start_ns) {
    return (double)(clock_now_ns() - start_ns) / 1e6;
}

void clock_pause_ms(int64_t ms) {
    struct timespec pause = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};
    nanosleep(&pause, NULL);
}
