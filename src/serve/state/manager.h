/* manager.h - reports the service's state to the service manager (the sd_notify protocol). */
#ifndef LINCE_SERVE_STATE_MANAGER_H
#define LINCE_SERVE_STATE_MANAGER_H

struct service;

/* "READY=1", "STOPPING=1", "WATCHDOG=1". Does nothing without a manager. */
void manager_tell(const char *state);
/* Half of the watchdog's timeout; -1: there is no watchdog. */
int manager_interval_ms(void);

#endif
