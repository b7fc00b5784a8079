/*
 * receivers.h - receivers that fail: how often in a row, and until when nothing is sent to them (a circuit breaker).
 *
 * After some failures in a row a receiver is paused. When the pause is over, one message is tried: if it is taken, the
 * receiver is well; if not, the next pause is twice as long, up to an hour. Kept in memory alone: after a new start
 * each receiver is tried again.
 */
#ifndef LINCE_SERVE_COURIER_RECEIVERS_H
#define LINCE_SERVE_COURIER_RECEIVERS_H

#include <stdbool.h>
#include <stdint.h>

#include "store/store.h"

enum { RECEIVERS = 128, RECEIVER_REASON_BYTES = 128 };

struct receiver {
    char id[ID_BYTES];    /* of the webhook; "": the place is free */
    uint64_t failures;    /* in a row */
    uint32_t pauses;      /* in a row */
    int64_t until_ms;     /* of the pause, by the wall clock */
    int64_t postponed_ms; /* what waits for it was put off until then */
    bool is_paused;       /* until a message is taken */
    char reason[RECEIVER_REASON_BYTES];
};

/* Those that fail. Whoever holds them has a lock for them. */
struct receivers {
    struct receiver of[RECEIVERS];
};

/* NULL: it is well, or was never tried. */
struct receiver *receivers_find(struct receivers *receivers, const char *id);
bool receivers_is_paused(struct receivers *receivers, const char *id, int64_t now_ms);
/*
 * Notes that a message was not taken. `failures_most` in a row pause the receiver for `pause_ms` or longer (0: never).
 * True when it is paused now; `*is_new`: it was not before.
 */
bool receivers_note_failure(struct receivers *receivers, const char *id, const char *reason, uint64_t failures_most,
                            int64_t pause_ms, int64_t now_ms, bool *is_new);
/* Notes that a message was taken, or that the receiver is gone. Gives postponed_ms, 0: it was not paused. */
int64_t receivers_forget(struct receivers *receivers, const char *id);
/* Ends all pauses, so that the next message to each is tried at once. */
void receivers_try_all(struct receivers *receivers, int64_t now_ms);

#endif
