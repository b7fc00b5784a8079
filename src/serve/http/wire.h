/*
 * wire.h - what libmicrohttpd reads from a connection passes here first, and ends here where it is no request.
 *
 * libmicrohttpd gives nobody a look at the bytes of a head. It reads by recv() and gnutls_record_recv(), so this file
 * defines both, for the whole program: sockets that are not watched are read as ever.
 */
#ifndef LINCE_SERVE_HTTP_WIRE_H
#define LINCE_SERVE_HTTP_WIRE_H

#include <stdatomic.h>

#include "serve/http/framing.h"

struct wire;
/* Writes the whole answer for a connection that ends here. Called once, by the thread that reads. Gives its length. */
typedef size_t (*wire_answer)(struct wire *wire, char *text, size_t size);

struct wire {
    struct framing framing;
    wire_answer answer;
    bool is_encrypted;
    uint64_t swallowed_bytes;
    _Atomic int64_t answered_ms; /* when that answer went out; 0: it has not */
};

/* Borrows `wire` until wire_forget. False where the socket's number is beyond all bounds. */
bool wire_watch(int socket, struct wire *wire, bool is_encrypted, wire_answer answer);
void wire_forget(int socket);

#endif
