/*
 * framing.h - where each request of a connection begins and ends, and whether it is written as RFC 9112 says.
 *
 * libmicrohttpd is forgiving: it takes lines that end in a bare LF, folds and names with a space behind them. What it
 * takes otherwise than a proxy before it can be made into a second request that the proxy never saw. So every byte of a
 * connection passes here first, and the first one that is not as it should be ends the connection.
 */
#ifndef LINCE_SERVE_HTTP_FRAMING_H
#define LINCE_SERVE_HTTP_FRAMING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What a head may take: its bytes, its cookies once more, and a note for each line, parameter of the query and cookie,
 * as libmicrohttpd keeps them. FRAMING_POOL_BYTES is the memory in which it then has room for the answer's head too;
 * all of that stays while a connection idles.
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

/* Of one connection; zero is one of which nothing has come. */
struct framing {
    int state;                        /* where in the grammar the next byte stands */
    enum framing_fault fault;         /* of the connection, which stays */
    uint64_t left;                    /* bytes of the body or of the chunk that are still to come */
    uint32_t head_bytes, taken_bytes; /* that came of the head; that it takes in all */
    uint32_t line_bytes;
    uint32_t host_count, length_count, coding_count;
    uint32_t digits;                   /* of a length */
    bool is_trailer, is_first_version; /* is_first_version: HTTP/1.0 */
    char word[20];                     /* a method, a version, a field's name in lower case, or a coding; cut */
    uint32_t word_bytes;
    int field; /* which of those that matter the line is */
};

/*
 * Goes over the next bytes of the connection. Gives how many of them come before the request that is not right, which
 * is all of them while `fault` is FRAMING_FINE; 0 where that request began earlier.
 */
size_t framing_feed(struct framing *framing, const char *bytes, size_t count);
/* Whether the next byte begins a request. */
bool framing_is_between(const struct framing *framing);

/* The status of the answer, and what is wrong, by language (enum lince_language). */
unsigned framing_status(enum framing_fault fault);
const char *framing_reason(enum framing_fault fault, int language);

#endif
