/* clock.h - monotonic time. */
#ifndef LINCE_BASE_CLOCK_H
#define LINCE_BASE_CLOCK_H

#include <stdint.h>

/* Nanoseconds since a fixed moment; never goes back. */
uint64_t clock_now_ns(void);

/* The same in whole milliseconds. */
int64_t clock_now_ms(void);

/* Milliseconds since `start_ns`. */
double clock_since_ms(uint64_t start_ns);

#endif
