/*
 * held.h - files of the kernel's figures under /proc and /sys: opened when they are asked for, or held open from before
 * a process gives up opening files.
 */
#ifndef LINCE_BASE_HELD_H
#define LINCE_BASE_HELD_H

#include <stdbool.h>
#include <stdio.h>

/*
 * From the file's beginning, as it is now. NULL when it is not there; fclose() it. After held_seal() only
 * what is held can be had, by the same path.
 */
FILE *held_open(const char *path);

/*
 * Holds a file from now on, for held_open() after held_seal(). One that is not there, or too many (20), are passed
 * over. Both are called by one thread, before others ask.
 */
void held_add(const char *path);
/* From here on held_open() opens nothing. */
void held_seal(void);

#endif
