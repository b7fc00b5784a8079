/* manager.h - telling the system's manager how it goes (the sd_notify protocol). */
#ifndef LINCE_SERVE_STATE_MANAGER_H
#define LINCE_SERVE_STATE_MANAGER_H

struct service;

/* "READY=1", "STOPPING=1", "WATCHDOG=1"; nothing happens where there is no manager. */
void manager_tell(const char *state);
/* Half of the time after which the manager misses a sign of life; -1: it does not watch. */
int manager_interval_ms(void);

#endif
