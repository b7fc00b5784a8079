/* wire.c - replaces recv() and gnutls_record_recv() for libmicrohttpd: they do the same and check the bytes. */
#include "serve/http/wire.h"

#include <dlfcn.h>
#include <gnutls/gnutls.h>
#include <sys/socket.h>

#include "base/clock.h"

/* SWALLOWED_BYTES: from a client that keeps sending after its answer; they are read, so that the answer reaches it. */
enum { SOCKETS = 1 << 16, ANSWER_BYTES = 1024, SWALLOWED_BYTES = 4 << 20 };

static struct wire *_Atomic wires[SOCKETS];

bool wire_watch(int socket, struct wire *wire, bool is_encrypted, wire_answer answer) {
    if (socket < 0 || socket >= SOCKETS) {
        return false;
    }
    wire->is_encrypted = is_encrypted;
    wire->answer = answer;
    wires[socket] = wire;
    return true;
}

/* Its socket gives nothing more. */
static struct wire refused = {.is_refused = true};

void wire_refuse(int socket) {
    if (socket >= 0 && socket < SOCKETS) {
        wires[socket] = &refused;
    }
    shutdown(socket, SHUT_RDWR);
}

void wire_forget(int socket) {
    if (socket >= 0 && socket < SOCKETS) {
        wires[socket] = NULL;
    }
}

static struct wire *wire_of(int socket) {
    return socket >= 0 && socket < SOCKETS ? wires[socket] : NULL;
}

/* One way to read and write: the socket alone, or its TLS session. */
struct channel {
    int socket;
    gnutls_session_t session; /* NULL: none */
    int flags;
};

typedef ssize_t (*record_reader)(gnutls_session_t, void *, size_t);

static ssize_t channel_read(const struct channel *channel, void *bytes, size_t count) {
    static record_reader _Atomic read_record;
    if (channel->session == NULL) {
        return recvfrom(channel->socket, bytes, count, channel->flags, NULL, NULL);
    }
    if (read_record == NULL) {
        void *found = dlsym(RTLD_NEXT, "gnutls_record_recv");
        read_record = *(record_reader *)&found;
    }
    return read_record(channel->session, bytes, count);
}

/* A client that does not read gets only what fits. */
static void channel_answer(const struct channel *channel, struct wire *wire) {
    char text[ANSWER_BYTES];
    size_t count = wire->answer(wire, text, sizeof text);
    if (channel->session != NULL) {
        (void)gnutls_record_send(channel->session, text, count);
        (void)gnutls_bye(channel->session, GNUTLS_SHUT_WR);
    } else {
        (void)send(channel->socket, text, count, MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    shutdown(channel->socket, SHUT_WR);
    wire->answered_ms = clock_now_ms();
}

/*
 * What came before the invalid request is still passed on, and libmicrohttpd answers it. libmicrohttpd then reads
 * again, and only then is the connection's last answer sent; so the socket is made to signal that there is something to
 * read.
 */
static ssize_t channel_pass(const struct channel *channel, struct wire *wire, void *bytes, size_t count) {
    for (;;) {
        if (wire->framing.fault != FRAMING_FINE && wire->answered_ms == 0) {
            channel_answer(channel, wire);
        }
        ssize_t got = channel_read(channel, bytes, count);
        if (got <= 0) {
            return got;
        }
        if (wire->answered_ms == 0) {
            size_t good = framing_feed(&wire->framing, bytes, (size_t)got);
            if (good > 0 && wire->framing.fault != FRAMING_FINE) {
                shutdown(channel->socket, SHUT_RD);
            }
            if (good > 0) {
                return (ssize_t)good;
            }
        }
        wire->swallowed_bytes += (uint64_t)got;
        if (wire->swallowed_bytes > SWALLOWED_BYTES) {
            return 0;
        }
    }
}

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
__attribute__((visibility("default"))) ssize_t recv(int socket, void *bytes, size_t count, int flags) {
    const struct channel channel = {.socket = socket, .flags = flags};
    struct wire *wire = wire_of(socket);
    if (wire != NULL && wire->is_refused) {
        return 0;
    }
    return wire == NULL || wire->is_encrypted ? channel_read(&channel, bytes, count)
                                              : channel_pass(&channel, wire, bytes, count);
}

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name)
__attribute__((visibility("default"))) ssize_t gnutls_record_recv(gnutls_session_t session, void *bytes, size_t count) {
    const struct channel channel = {.socket = gnutls_transport_get_int(session), .session = session};
    struct wire *wire = wire_of(channel.socket);
    if (wire != NULL && wire->is_refused) {
        return 0;
    }
    return wire == NULL ? channel_read(&channel, bytes, count) : channel_pass(&channel, wire, bytes, count);
}
