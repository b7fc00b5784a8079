/*
 * held.h - the kernel's files of figures under /proc and /sys: opened on demand, or held open for a process that may
 * open no files later.
 */
#ifndef LINCE_BASE_HELD_H
#define LINCE_BASE_HELD_H

#include <stdbool.h>
#include <stdio.h>

/*
 * The file from its beginning, as it is now; close it with fclose(). NULL if it is not there. After held_seal() only
 * files that are held can be opened, by the same path.
 */
FILE *held_open(const char *path);

/*
 * Holds a file for held_open() after held_seal(). Skips a file that is not there, and any beyond 20. One thread calls
 * this and held_seal(), before others read.
 */
void held_add(const char *path);
/* From now on held_open() opens no files. */
void held_seal(void);

#endif
