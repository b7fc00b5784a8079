/* courier.h - delivers events to webhooks, by the Standard Webhooks specification. */
#ifndef LINCE_SERVE_COURIER_COURIER_H
#define LINCE_SERVE_COURIER_COURIER_H

#include "serve/courier/receivers.h"
#include "serve/state/service.h"

enum lince_status courier_open(struct service *service, struct courier **courier, struct lince_error *error);
void courier_close(struct courier *courier);
/* Wakes the threads. Call it when there may be something new to send. */
void courier_wake(struct courier *courier);

/* Gives the state of the receiver with that id; all zero for a healthy one. */
void courier_receiver(struct courier *courier, const char *id, struct receiver *receiver);
/* How many receivers are paused. */
uint64_t courier_paused_count(struct courier *courier);
/* Call it when the webhook with that id was deleted. */
void courier_forget(struct courier *courier, const char *id);
/* Ends all pauses, because a client wants a message sent now. */
void courier_try_all(struct courier *courier);

#endif
