/*
 * interrupt.h - SIGINT and SIGTERM as a state that workers check, and a descriptor that wakes a blocked read.
 *
 * The first signal requests an orderly end: files in progress are finished, and no new one is begun. The second cancels
 * the files in progress. The third ends the process at once. A failed output counts as two signals.
 */
#ifndef LINCE_CLI_READ_INTERRUPT_H
#define LINCE_CLI_READ_INTERRUPT_H

#include <stdbool.h>
#include <sys/types.h>

#include "lince.h"

/* Installs the handlers, and ignores SIGPIPE, so that a closed pipe is an error of write(2). Once per process. */
enum lince_status interrupt_install(struct lince_error *error);

/* Requests the end as a signal would. Thread-safe. */
void interrupt_cancel(void);

bool interrupt_is_stopping(void);   /* begin nothing new */
bool interrupt_is_cancelling(void); /* abandon what is in progress */

/* read(2) that gives up when an end is requested: -1 with errno ECANCELED. */
ssize_t interrupt_read(int descriptor, void *bytes, size_t bytes_count);

#endif
