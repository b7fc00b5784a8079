/* lockdown.h - takes from a worker everything that reading an image does not need. */
#ifndef LINCE_WORKER_LOCKDOWN_H
#define LINCE_WORKER_LOCKDOWN_H

#include "lince.h"

/*
 * At the very start, before a second thread exists: closes descriptors above `last_descriptor`, and drops what can go
 * before models and libraries are loaded.
 */
void lockdown_begin(int last_descriptor);

/*
 * From now on the process, with all of its threads, keeps what it has and gets nothing more: it cannot open or see a
 * file, use the network, signal or inspect another process, start a program or a process, make memory executable, or
 * gain rights. Such calls are refused, and calls that no reading makes end the process. This cannot be undone. So the
 * libraries, fonts and tables that a decoder takes from the disk must be loaded before.
 */
enum lince_status lockdown_enter(struct lince_error *error);

/*
 * Ends the process after `lockdown_enter` at once. What programs do at their end (handlers, destructors of libraries, a
 * sanitizer's search for leaks) needs calls that are refused by then.
 */
_Noreturn void lockdown_exit(int exit_code);

#endif
