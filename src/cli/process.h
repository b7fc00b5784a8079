/*
 * process.h - sets up the process: malloc, signals, and the kernel's limit in addition to our own.
 *
 * The library leaves all of this to its program.
 */
#ifndef LINCE_CLI_PROCESS_H
#define LINCE_CLI_PROCESS_H

#include "base/group.h"
#include "lince.h"

/* Call it first in main(). */
void process_prepare(void);

/*
 * Makes the kernel enforce the engine's memory limit too, with RLIMIT_DATA: the rest of the limit plus
 * PROCESS_MARGIN_BYTES and the stacks of `threads` more threads. If the control group is ours, its limit is set too;
 * `group` remembers it for group_release. Does nothing without a limit.
 */
enum { PROCESS_MARGIN_BYTES = 16 << 20 };
void process_hold(struct lince_engine *engine, uint32_t threads, struct group_hold *group);

#endif
