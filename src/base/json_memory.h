/*
 * json_memory.h - puts what jansson allocates on a meter.
 *
 * jansson knows one pair of allocation functions for the whole process. The program (not the library, which may live
 * in a process that uses jansson for itself) gives it ours, once, before anything else touches jansson; each thread
 * then says which meter its next documents belong to. A block is given back to the meter it came from on any thread.
 */
#ifndef LINCE_BASE_JSON_MEMORY_H
#define LINCE_BASE_JSON_MEMORY_H

#include <stdbool.h>

struct meter;

/* Gives jansson the metered functions; blocks belong to `home` (lives as long as the process) by default. */
void json_memory_install(struct meter *home);

/* From now on this thread's JSON belongs to `meter`; returns what it was, to be put back. NULL: the home meter. */
struct meter *json_memory_use(struct meter *meter);

/*
 * Was an allocation of this thread's JSON refused since this was last asked? jansson tells some refusals as errors of
 * syntax; ask before parsing, to forget, and after a failure.
 */
bool json_memory_was_refused(void);

#endif
