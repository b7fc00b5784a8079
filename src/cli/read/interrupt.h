/*
 * interrupt.h - SIGINT and SIGTERM as a state that workers look at, and a descriptor that wakes a blocked read.
 *
 * The first signal asks for an orderly end: files in work are finished, no new one is begun. The second cancels
 * the files in work. The third ends the process at once. A failed output asks for the same as two signals.
 */
#ifndef LINCE_CLI_READ_INTERRUPT_H
#define LINCE_CLI_READ_INTERRUPT_H

#include <stdbool.h>
#include <sys/types.h>

#include "lince.h"

/* Installs the handlers and ignores SIGPIPE, so that a closed pipe is an error of write(2). Once a process. */
enum lince_status interrupt_install(struct lince_error *error);

/* Asks for the end as a signal would. Thread-safe. */
void interrupt_cancel(void);

bool interrupt_is_stopping(void);   /* begin nothing new */
bool interrupt_is_cancelling(void); /* leave what is in work */

/* read(2) that gives up when the end is asked for: -1 with errno ECANCELED. */
ssize_t interrupt_read(int descriptor, void *bytes, size_t bytes_count);

#endif
