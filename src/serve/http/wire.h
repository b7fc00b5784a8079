/*
 * wire.h - what libmicrohttpd reads from a connection passes through here first, and stops here if it is no valid
 * request.
 *
 * libmicrohttpd lets nobody see the bytes of a head. It reads with recv() and gnutls_record_recv(), so this file
 * defines both for the whole program; sockets that are not watched are read as usual.
 */
#ifndef LINCE_SERVE_HTTP_WIRE_H
#define LINCE_SERVE_HTTP_WIRE_H

#include <stdatomic.h>

#include "serve/http/framing.h"

struct wire;
/*
 * Writes the whole answer for a connection that ends here. Called once, by the thread that reads. Returns its length.
 */
typedef size_t (*wire_answer)(struct wire *wire, char *text, size_t size);

struct wire {
    struct framing framing;
    wire_answer answer;
    bool is_encrypted, is_refused;
    uint64_t swallowed_bytes;
    _Atomic int64_t answered_ms; /* when that answer was sent; 0: not yet */
};

/* Borrows `wire` until wire_forget. False if the socket's number is too high. */
bool wire_watch(int socket, struct wire *wire, bool is_encrypted, wire_answer answer);
/* Ends a connection that cannot be watched: nothing more is read from it. */
void wire_refuse(int socket);
void wire_forget(int socket);

#endif
