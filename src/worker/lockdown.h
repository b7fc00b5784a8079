/* lockdown.h - takes from a worker all that reading an image does not need. */
#ifndef LINCE_WORKER_LOCKDOWN_H
#define LINCE_WORKER_LOCKDOWN_H

#include "lince.h"

/*
 * At the very start, before there is a second thread: closes what is behind `last_descriptor`, and takes what may go
 * before models and libraries are loaded.
 */
void lockdown_begin(int last_descriptor);

/*
 * From here on the process, with all of its threads, has what it holds: it cannot open or see a file of any name, use
 * the network, signal or look at another process, start a program or a thread, make memory that can be run, or get more
 * rights. What it tries is refused; what no reading would try ends it. For good: whatever a decoder wants of the disk
 * (libraries, fonts, tables) is loaded before.
 */
enum lince_status lockdown_enter(struct lince_error *error);

#endif
