/*
 * system.h - the kernel's figures of this process: memory, faults, time, and the limits of its container.
 *
 * Everything is read from /proc and /sys on each call. A figure that the kernel does not give is 0. Thread-safe.
 */
#ifndef LINCE_BASE_SYSTEM_H
#define LINCE_BASE_SYSTEM_H

#include <stdint.h>

/*
 * Opens and holds every file that the functions below read. After that they open nothing, so they still work in a
 * process that may open no files. Call it once, before other threads ask.
 */
void system_hold(void);

/* Resident bytes now: one small read, cheap enough between pieces of work. */
uint64_t system_resident_bytes(void);

/* The most bytes ever resident (VmHWM). */
uint64_t system_resident_peak_bytes(void);

struct system_figures {
    uint64_t resident_bytes, resident_peak_bytes;
    uint64_t proportional_bytes; /* PSS: shared pages count in proportion */
    uint64_t private_dirty_bytes, shared_bytes, swap_bytes;
    uint64_t data_bytes; /* VmData: private writable address space, resident or not; RLIMIT_DATA limits it */
    uint64_t minor_fault_count, major_fault_count;
    double user_seconds, system_seconds;
    uint64_t container_limit_bytes, container_used_bytes; /* 0: no limit around the process */
};
struct system_figures system_figures(void);

/* The resident bytes by kind of mapping. Their sum is what was resident while they were read. */
struct system_parts {
    uint64_t code_bytes;      /* files mapped to run: the program and libraries, with their constants and data */
    uint64_t weights_bytes;   /* model files */
    uint64_t file_bytes;      /* other files */
    uint64_t stack_bytes;     /* of all threads: the first one's, and writable memory right above a guard page */
    uint64_t anonymous_bytes; /* the rest: malloc and our heaps */
};
struct system_parts system_parts(void);

/*
 * The memory limit of the process's control group or of a group above it (memory.max; version 1:
 * memory.limit_in_bytes), and what that group uses; 0 without a limit.
 */
uint64_t container_limit_bytes(void);
uint64_t container_used_bytes(void);

/* malloc: bytes in use by anyone, and bytes that malloc keeps free. 0 if the C library does not say. */
struct malloc_figures {
    uint64_t used_bytes, free_bytes;
};
struct malloc_figures malloc_figures(void);

/* Returns malloc's free pages to the kernel, if the C library can. */
void system_give_back(void);

/*
 * Lets the kernel refuse more than `more_bytes` of private memory beyond what is mapped now (RLIMIT_DATA). A lower
 * limit stays. The kernel counts addresses, resident or not.
 */
void system_data_limit(uint64_t more_bytes);

#endif
