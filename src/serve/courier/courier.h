/* courier.h - delivers events to webhooks, by the Standard Webhooks specification. */
#ifndef LINCE_SERVE_COURIER_COURIER_H
#define LINCE_SERVE_COURIER_COURIER_H

#include "serve/state/service.h"

enum lince_status courier_open(struct service *service, struct courier **courier, struct lince_error *error);
void courier_close(struct courier *courier);
/* Call it when there may be something new to send. */
void courier_wake(struct courier *courier);

/* A new secret, "whsec_" and base 64. */
enum { COURIER_SECRET_BYTES = 64 };
void courier_secret(char text[COURIER_SECRET_BYTES]);

/*
 * Why nothing can be sent to that address, as a sentence; NULL if it is allowed. Names are checked when they are
 * called.
 */
const char *courier_url_reason(const struct service *service, const char *url, enum lince_language language);

#endif
