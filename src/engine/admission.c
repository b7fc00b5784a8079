/* admission.c - a ticket queue in front of a number of bytes. */
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

void admission_enter(struct admission *admission, uint64_t bytes) {
    assert(bytes <= admission->room_bytes);
    pthread_mutex_lock(&admission->lock);
    uint64_t ticket = admission->next_ticket++;
    while (ticket != admission->next_served || bytes > admission->room_bytes - admission->taken_bytes) {
        pthread_cond_wait(&admission->changed, &admission->lock);
    }
    admission->next_served++;
    admission->taken_bytes += bytes;
    pthread_cond_broadcast(&admission->changed);
    pthread_mutex_unlock(&admission->lock);
}

void admission_leave(struct admission *admission, uint64_t bytes) {
    pthread_mutex_lock(&admission->lock);
    assert(admission->taken_bytes >= bytes);
    admission->taken_bytes -= bytes;
    pthread_cond_broadcast(&admission->changed);
    pthread_mutex_unlock(&admission->lock);
}
