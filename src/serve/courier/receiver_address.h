/*
 * receiver_address.h - which addresses messages are sent to. A user chooses them, so private ones are refused unless
 * allowed. The last check uses the address that the connection really goes to: a name that changes its address cannot
 * evade it.
 */
#ifndef LINCE_SERVE_COURIER_RECEIVER_ADDRESS_H
#define LINCE_SERVE_COURIER_RECEIVER_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

#include "config/settings.h"
#include "lince.h"

bool receiver_address_is_private(const struct sockaddr *address);

/*
 * A sentence that says why nothing is sent to that URL; NULL if it is allowed. The address of a name is checked at each
 * delivery.
 */
const char *receiver_url_reason(const struct settings *settings, const char *url, enum lince_language language);

#endif
