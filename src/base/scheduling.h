/*
 * scheduling.h - the length of a thread's time slice, which decides who runs first when a thread wakes. Since Linux
 * 6.12 a thread with a short slice preempts one with a longer slice at once, instead of waiting for the timer. Each
 * still gets the same share of the processor.
 *
 * Both functions apply to the calling thread and to the threads and processes that it starts. On an older kernel, or
 * one that refuses, nothing changes and nothing fails.
 */
#ifndef LINCE_BASE_SCHEDULING_H
#define LINCE_BASE_SCHEDULING_H

/* For threads that mostly wait and that others wait for: they run as soon as they have work. */
void scheduling_make_prompt(void);
/* For threads that compute for a long time: any thread that wakes, in this process or another, runs before them. */
void scheduling_make_patient(void);

#endif
