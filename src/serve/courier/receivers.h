/*
 * receivers.h - failing receivers: how many failures in a row, and until when nothing is sent to them (a circuit
 * breaker).
 *
 * After several failures in a row a receiver is paused. After the pause one message is tried. If it is accepted, the
 * receiver is healthy; if not, the next pause is twice as long, up to an hour. Kept only in memory: after a restart
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
    int64_t until_ms;     /* end of the pause, by the wall clock */
    int64_t postponed_ms; /* its messages were postponed until then */
    bool is_paused;       /* until a message is accepted */
    char reason[RECEIVER_REASON_BYTES];
};

/* The failing receivers. The owner locks access to them. */
struct receivers {
    struct receiver of[RECEIVERS];
};

/* NULL: it is healthy, or was never tried. */
struct receiver *receivers_find(struct receivers *receivers, const char *id);
/*
 * Notes a rejected message. `failures_most` in a row pause the receiver for at least `pause_ms` (0: never). Returns
 * true if it is paused now; `*is_new`: it was not before.
 */
bool receivers_note_failure(struct receivers *receivers, const char *id, const char *reason, uint64_t failures_most,
                            int64_t pause_ms, int64_t now_ms, bool *is_new);
/* Notes an accepted message, or a deleted receiver. Returns postponed_ms, 0 if it was not paused. */
int64_t receivers_forget(struct receivers *receivers, const char *id);
/* Ends all pauses, so that the next message to each is tried at once. */
void receivers_try_all(struct receivers *receivers, int64_t now_ms);

#endif
