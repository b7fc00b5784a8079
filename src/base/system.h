/*
 * system.h - what the kernel says of this process: memory, faults, time, and the limits of the container around it.
 *
 * Everything is read from /proc and /sys when asked; what the kernel does not tell is 0. Thread-safe.
 */
#ifndef LINCE_BASE_SYSTEM_H
#define LINCE_BASE_SYSTEM_H

#include <stdint.h>

/*
 * Opens all that the functions below read, and holds it: from then on they open nothing, so that a process which may
 * not open files any more still knows its figures. Once, before threads ask.
 */
void system_hold(void);

/* Resident bytes now: one small read, for use between pieces of work. */
uint64_t system_resident_bytes(void);

/* The most bytes that were ever resident at once (VmHWM). */
uint64_t system_resident_peak_bytes(void);

struct system_figures {
    uint64_t resident_bytes, resident_peak_bytes;
    uint64_t proportional_bytes; /* PSS: what is shared counts in parts */
    uint64_t private_dirty_bytes, shared_bytes, swap_bytes;
    uint64_t data_bytes; /* VmData: private writable addresses, resident or not; what RLIMIT_DATA limits */
    uint64_t minor_fault_count, major_fault_count;
    double user_seconds, system_seconds;
    uint64_t container_limit_bytes, container_used_bytes; /* 0: no limit around the process */
};
struct system_figures system_figures(void);

/* What the resident bytes are, by the kind of mapping. They sum up to what was resident while they were read. */
struct system_parts {
    uint64_t code_bytes;      /* files that are mapped to run: program, libraries, with their constants and data */
    uint64_t weights_bytes;   /* files of models */
    uint64_t file_bytes;      /* other files */
    uint64_t stack_bytes;     /* of all threads: the first one's, and writable memory right above a guard page */
    uint64_t anonymous_bytes; /* the rest: what malloc and our heaps have */
};
struct system_parts system_parts(void);

/*
 * The memory limit of the control group that the process is in or of one around it (memory.max of version 2,
 * memory.limit_in_bytes of version 1), and what the group uses; 0 without a limit.
 */
uint64_t container_limit_bytes(void);
uint64_t container_used_bytes(void);

/* malloc: bytes in use by whoever, and bytes free in malloc's hands. 0 where the C library does not tell. */
struct malloc_figures {
    uint64_t used_bytes, free_bytes;
};
struct malloc_figures malloc_figures(void);

/* Returns malloc's free pages to the kernel, where the C library can. */
void malloc_give_back(void);

#endif
