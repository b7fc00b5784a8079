/* alerts.h - memory events of a worker's engine, as log lines and events of the service. */
#ifndef LINCE_SERVE_POOL_ALERTS_H
#define LINCE_SERVE_POOL_ALERTS_H

struct service;
struct work_head;

/*
 * Writes one log line and one event for each alert that came with an answer: `worker.memory.cleaned`, `.high`,
 * `.refused`, `.growing`. The worker's engine reports each kind at most once in ten seconds.
 */
void alerts_tell(struct service *service, int worker_pid, const struct work_head *answer);

#endif
