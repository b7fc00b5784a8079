/* confinement.h - takes files, names and rights from a worker, each with the kernel's own means. */
#ifndef LINCE_WORKER_CONFINEMENT_H
#define LINCE_WORKER_CONFINEMENT_H

/*
 * This is in addition to the filter of system calls, which alone refuses as much. So a step that the kernel or
 * container does not allow is skipped. The thread that reads calls both.
 */

/*
 * At the very start, while the process has one thread: closes the descriptors that it was not given, and drops its
 * user's rights.
 */
void confinement_begin(int last_descriptor);
/* After everything is loaded: no files, no capabilities. */
void confinement_end(void);

#endif
