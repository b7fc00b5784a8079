/*
 * session_cookie.h - a person at the page shows the key once and gets a cookie that no script can read. The cookie
 * names the key and is signed. The key is looked up with each request, so revoking it ends its sessions at once.
 */
#ifndef LINCE_SERVE_HTTP_SESSION_COOKIE_H
#define LINCE_SERVE_HTTP_SESSION_COOKIE_H

#include "serve/http/request.h"
#include "store/keys.h"

enum { SESSION_BYTES = 320 };

/* The cookie of a new session with that key, as the value of Set-Cookie. */
void session_cookie(const struct request *request, const char *key_id, char cookie[SESSION_BYTES]);
/* A cookie that ends the session. */
void session_end(const struct request *request, char cookie[SESSION_BYTES]);
/* The id of the key that the request's cookie names; false without a cookie that was made here and has not expired. */
bool session_key_id(const struct request *request, char id[ID_BYTES]);

#endif
