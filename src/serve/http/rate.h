/* rate.h - how many requests per minute one client may make. */
#ifndef LINCE_SERVE_HTTP_RATE_H
#define LINCE_SERVE_HTTP_RATE_H

#include "serve/http/request.h"

/* Counts the request for its actor. False after answering 429. */
bool rate_check(struct request *request);
/*
 * Counts a wrong key for its address. False after answering 429: there were too many. A right key is never slowed, so
 * that an attacker cannot shut out others behind the same address.
 */
bool rate_check_wrong_key(struct request *request);

#endif
