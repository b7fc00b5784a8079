/* child_process.h - starts the process that works for another one over a socket: a worker, or a decoder. */
#ifndef LINCE_WORKER_CHILD_PROCESS_H
#define LINCE_WORKER_CHILD_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/*
 * Starts `program` with `arguments`, which begin with its name and end with NULL. The child has its end of the socket
 * as WORK_DESCRIPTOR, standard error, and no variable that tells how stores, buckets and documents are opened. False,
 * with errno set, if the system refuses another process; then *pid is 0 and *socket -1.
 */
bool child_process_start(const char *program, const char *const arguments[], pid_t *pid, int *socket);

#endif
