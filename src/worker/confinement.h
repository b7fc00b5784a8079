/* confinement.h - takes files, names and rights from a worker, each by what the kernel has for it. */
#ifndef LINCE_WORKER_CONFINEMENT_H
#define LINCE_WORKER_CONFINEMENT_H

/*
 * All of it is beside the filter of system calls, which alone refuses as much: what a kernel or a container does not
 * allow is passed over. Both are called by the thread that reads.
 */

/* At the very start, while the process has one thread: closes what was not handed to it, and leaves its user's rights.
 */
void confinement_begin(int last_descriptor);
/* Once all is loaded: no file, no capability. */
void confinement_end(void);

#endif
