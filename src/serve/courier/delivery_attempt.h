/* delivery_attempt.h - one attempt to send a message to its receiver, signed by the Standard Webhooks specification. */
#ifndef LINCE_SERVE_COURIER_DELIVERY_ATTEMPT_H
#define LINCE_SERVE_COURIER_DELIVERY_ATTEMPT_H

#include "config/settings.h"
#include "store/webhooks.h"

/* Writes a new secret: "whsec_" and base 64. */
enum { DELIVERY_SECRET_BYTES = 64 };
void delivery_secret(char text[DELIVERY_SECRET_BYTES]);

/* Sets last_status: of the answer, or 0 without one; then `reason` says in English why there was none. */
enum { DELIVERY_REASON_BYTES = 256 };
void delivery_attempt(const struct settings *settings, struct delivery *delivery, char reason[DELIVERY_REASON_BYTES]);

#endif
