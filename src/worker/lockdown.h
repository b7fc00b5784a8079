/* lockdown.h - takes from a worker all that reading an image does not need. */
#ifndef LINCE_WORKER_LOCKDOWN_H
#define LINCE_WORKER_LOCKDOWN_H

#include "lince.h"

/*
 * From here on the process cannot open a file to write, make or use a network socket, start a program, make memory
 * that can be run, or get more rights; what it tries is refused, and starting a program or making a socket ends it. For
 * good.
 */
enum lince_status lockdown_enter(struct lince_error *error);

#endif
