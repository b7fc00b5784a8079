/*
 * process.h - how the program sets up the process it runs in: malloc, signals, and the kernel's limit behind its own.
 *
 * The library leaves all this to the program it is in.
 */
#ifndef LINCE_CLI_PROCESS_H
#define LINCE_CLI_PROCESS_H

#include "base/group.h"
#include "lince.h"

/* First thing in main(). */
void process_prepare(void);

/*
 * Makes the kernel hold the engine's memory limit too, by RLIMIT_DATA: what may still be allocated is what the limit
 * leaves, and PROCESS_MARGIN_BYTES and the stacks of `threads` more threads above. Where the control group is ours, its
 * limit is set too; `group` remembers it for group_release. Nothing without a limit.
 */
enum { PROCESS_MARGIN_BYTES = 16 << 20 };
void process_hold(struct lince_engine *engine, uint32_t threads, struct group_hold *group);

#endif
