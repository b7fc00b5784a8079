/* clock.h - monotonic time, and pauses. */
#ifndef LINCE_BASE_CLOCK_H
#define LINCE_BASE_CLOCK_H

#include <stdint.h>

/* Nanoseconds since a fixed moment; never goes back. */
uint64_t clock_now_ns(void);

/* The same in whole milliseconds. */
int64_t clock_now_ms(void);

/* Milliseconds since `start_ns`. */
double clock_since_ms(uint64_t start_ns);

/* Lets the thread sleep; a signal may wake it earlier. */
void clock_pause_ms(int64_t ms);

#endif
