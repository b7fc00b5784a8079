/* admission.c - a queue of tickets in front of a number of bytes. */
#include "engine/admission.h"

#include <assert.h>

void admission_init(struct admission *admission, uint64_t room_bytes) {
    *admission = (struct admission){.room_bytes = room_bytes};
    pthread_mutex_init(&admission->lock, NULL);
    pthread_cond_init(&admission->changed, NULL);
}

void admission_destroy(struct admission *admission) {
    pthread_cond_destroy(&admission->changed);
    pthread_mutex_destroy(&admission->lock);
}

void admission_resize(struct admission *admission, uint64_t room_bytes) {
    pthread_mutex_lock(&admission->lock);
    if (room_bytes != admission->room_bytes) {
        admission->room_bytes = room_bytes;
        pthread_cond_broadcast(&admission->changed);
    }
    pthread_mutex_unlock(&admission->lock);
}

uint64_t admission_room_bytes(struct admission *admission) {
    pthread_mutex_lock(&admission->lock);
    uint64_t room = admission->room_bytes;
    pthread_mutex_unlock(&admission->lock);
    return room;
}

uint64_t admission_taken_bytes(struct admission *admission) {
    pthread_mutex_lock(&admission->lock);
    uint64_t taken = admission->taken_bytes;
    pthread_mutex_unlock(&admission->lock);
    return taken;
}

bool admission_is_idle(struct admission *admission) {
    return admission_taken_bytes(admission) == 0;
}

/* Whether the wait is over: admitted, or never to be. After the room shrinks it may be overdrawn for a while. */
static bool is_decided(const struct admission *admission, uint64_t ticket, uint64_t bytes) {
    if (ticket != admission->next_served) {
        return false;
    }
    uint64_t room = admission->room_bytes, taken = admission->taken_bytes;
    return bytes > room || (taken <= room && bytes <= room - taken);
}

bool admission_enter(struct admission *admission, uint64_t bytes) {
    pthread_mutex_lock(&admission->lock);
    uint64_t ticket = admission->next_ticket++;
    while (!is_decided(admission, ticket, bytes)) {
        pthread_cond_wait(&admission->changed, &admission->lock);
    }
    bool fits = bytes <= admission->room_bytes;
    admission->next_served++;
    admission->taken_bytes += fits ? bytes : 0;
    pthread_cond_broadcast(&admission->changed);
    pthread_mutex_unlock(&admission->lock);
    return fits;
}

void admission_leave(struct admission *admission, uint64_t bytes) {
    pthread_mutex_lock(&admission->lock);
    assert(admission->taken_bytes >= bytes);
    admission->taken_bytes -= bytes;
    pthread_cond_broadcast(&admission->changed);
    pthread_mutex_unlock(&admission->lock);
}
