/* receivers.c - a table of failing receivers; healthy ones are not in it. */
#include "serve/courier/receivers.h"

#include <stdio.h>
#include <string.h>

static const int64_t PAUSE_MOST_MS = 3600000;

struct receiver *receivers_find(struct receivers *receivers, const char *id) {
    for (int i = 0; i < RECEIVERS; i++) {
        if (*id != '\0' && strcmp(receivers->of[i].id, id) == 0) {
            return &receivers->of[i];
        }
    }
    return NULL;
}

/* A free place, or that of a receiver that is not paused; NULL: all are paused. */
static struct receiver *place_find(struct receivers *receivers) {
    struct receiver *found = NULL;
    for (int i = 0; i < RECEIVERS && (found == NULL || found->id[0] != '\0'); i++) {
        if (!receivers->of[i].is_paused) {
            found = &receivers->of[i];
        }
    }
    return found;
}

static int64_t pause_of(const struct receiver *receiver, int64_t first_ms) {
    int64_t pause_ms = first_ms;
    for (uint32_t i = 1; i < receiver->pauses && pause_ms < PAUSE_MOST_MS; i++) {
        pause_ms *= 2;
    }
    return first_ms > PAUSE_MOST_MS ? first_ms : pause_ms > PAUSE_MOST_MS ? PAUSE_MOST_MS : pause_ms;
}

bool receivers_note_failure(struct receivers *receivers, const char *id, const char *reason, uint64_t failures_most,
                            int64_t pause_ms, int64_t now_ms, bool *is_new) {
    struct receiver *receiver = receivers_find(receivers, id);
    *is_new = false;
    if (receiver == NULL) {
        receiver = place_find(receivers);
        if (receiver == NULL) {
            return false; /* it is tried as usual, each message with its own pauses */
        }
        *receiver = (struct receiver){0};
        snprintf(receiver->id, sizeof receiver->id, "%s", id);
    }
    receiver->failures++;
    snprintf(receiver->reason, sizeof receiver->reason, "%s", reason);
    if (failures_most == 0 || receiver->failures < failures_most) {
        return false;
    }
    *is_new = !receiver->is_paused;
    receiver->is_paused = true;
    receiver->pauses++;
    receiver->until_ms = receiver->postponed_ms = now_ms + pause_of(receiver, pause_ms);
    return true;
}

int64_t receivers_forget(struct receivers *receivers, const char *id) {
    struct receiver *receiver = receivers_find(receivers, id);
    if (receiver == NULL) {
        return 0;
    }
    int64_t postponed_ms = receiver->is_paused ? receiver->postponed_ms : 0;
    *receiver = (struct receiver){0};
    return postponed_ms;
}

void receivers_try_all(struct receivers *receivers, int64_t now_ms) {
    for (int i = 0; i < RECEIVERS; i++) {
        if (receivers->of[i].is_paused && receivers->of[i].until_ms > now_ms) {
            receivers->of[i].until_ms = now_ms;
        }
    }
}
