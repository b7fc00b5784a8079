/* store_ids.c - the time, as a number and as text, and ids that sort by it. */
#include <sodium.h>
#include <stdio.h>
#include <time.h>

#include "store/store_internal.h"

int64_t store_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void store_time_text(int64_t at_ms, char text[TIME_TEXT_BYTES]) {
    time_t seconds = (time_t)(at_ms / 1000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    size_t used = strftime(text, TIME_TEXT_BYTES, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text + used, TIME_TEXT_BYTES - used, ".%03dZ", (int)(at_ms % 1000));
}

void store_id(char id[ID_BYTES], const char *prefix) {
    static uint64_t last;
    unsigned char tail[8];
    char hexadecimal[2 * sizeof tail + 1];
    uint64_t now = (uint64_t)store_now_ms() << 12, before = __atomic_load_n(&last, __ATOMIC_RELAXED), next;
    do { /* ids of one millisecond, or made after the clock went back, still sort in the order in which they were made
          */
        next = now > before ? now : before + 1;
    } while (!__atomic_compare_exchange_n(&last, &before, next, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED));
    randombytes_buf(tail, sizeof tail);
    sodium_bin2hex(hexadecimal, sizeof hexadecimal, tail, 5);
    snprintf(id, ID_BYTES, "%s_%014llx%s", prefix, (unsigned long long)next, hexadecimal);
}
