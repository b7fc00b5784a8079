/*
 * scheduling.h - the length of a thread's turns on the processor, which decides who goes first when one wakes: since
 * Linux 6.12 a thread of short turns takes over from one of longer turns at once, where it would else wait for the
 * timer. The shares of the processor stay as they are.
 *
 * Both hold for the calling thread and the threads and processes that it starts. An older kernel, or one that refuses,
 * keeps its own ways, so that nothing fails for it.
 */
#ifndef LINCE_BASE_SCHEDULING_H
#define LINCE_BASE_SCHEDULING_H

/* For threads that mostly wait and are waited for: they run as soon as they have something to do. */
void scheduling_make_prompt(void);
/* For threads that compute for long: whoever wakes, in this process or any other, goes before them. */
void scheduling_make_patient(void);

#endif
