/*
 * framing.h - where each request of a connection begins and ends, and whether it follows RFC 9112.
 *
 * libmicrohttpd is lenient: it accepts lines that end with a bare LF, folded headers, and names followed by a space. If
 * it reads a request differently from a proxy in front of it, an attacker can smuggle in a second request that the
 * proxy never saw. So every byte of a connection passes through here first, and the first invalid one ends the
 * connection.
 */
#ifndef LINCE_SERVE_HTTP_FRAMING_H
#define LINCE_SERVE_HTTP_FRAMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The size of a head: its bytes, its cookies once more, and a note for each line, query parameter and cookie, as
 * libmicrohttpd keeps them. FRAMING_POOL_BYTES also has room for the answer's head; all of it stays while a connection
 * is idle.
 */
enum {
    FRAMING_HEAD_BYTES = 8 << 10,
    FRAMING_NOTE_BYTES = 64,
    FRAMING_ANSWER_BYTES = 5 << 8,
    FRAMING_POOL_BYTES = FRAMING_HEAD_BYTES + FRAMING_ANSWER_BYTES
};

enum framing_fault {
    FRAMING_FINE,
    FRAMING_REQUEST_LINE,
    FRAMING_ZERO,
    FRAMING_VERSION,
    FRAMING_LINE_END,
    FRAMING_FOLDED,
    FRAMING_FIELD_NAME,
    FRAMING_FIELD_VALUE,
    FRAMING_HOST,
    FRAMING_LENGTH,
    FRAMING_CHUNK,
    FRAMING_TOO_LARGE,
    FRAMING_FAULTS
};

/* State of one connection; zero: nothing has come yet. */
struct framing {
    int state;                        /* position in the grammar */
    enum framing_fault fault;         /* of the connection; permanent */
    uint64_t left;                    /* remaining bytes of the body or chunk */
    uint32_t head_bytes, taken_bytes; /* bytes of the head so far; bytes that it takes in all */
    uint32_t line_bytes;
    uint32_t host_count, length_count, coding_count;
    uint32_t digits;                   /* of a length */
    bool is_trailer, is_first_version; /* is_first_version: HTTP/1.0 */
    char word[20];                     /* a method, a version, a field's name in lower case, or a coding; cut */
    uint32_t word_bytes;
    int field; /* which of the relevant fields the line is */
};

/*
 * Checks the next bytes of the connection. Returns how many precede the invalid request: all of them while `fault` is
 * FRAMING_FINE, 0 if that request began earlier.
 */
size_t framing_feed(struct framing *framing, const char *bytes, size_t count);
/* Whether the next byte begins a request. */
bool framing_is_between(const struct framing *framing);

/* The status of the answer, and what is wrong, by language (enum lince_language). */
unsigned framing_status(enum framing_fault fault);
const char *framing_reason(enum framing_fault fault, int language);

#endif
