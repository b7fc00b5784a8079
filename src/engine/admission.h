/*
 * admission.h - readings wait their turn, in order, until their price fits beside those that run.
 */
#ifndef LINCE_ENGINE_ADMISSION_H
#define LINCE_ENGINE_ADMISSION_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct admission {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint64_t room_bytes, taken_bytes;
    uint64_t next_ticket, next_served; /* first come, first served: nobody starves */
};

void admission_init(struct admission *admission, uint64_t room_bytes);
void admission_destroy(struct admission *admission);

/* Changes the room; those who wait look again. */
void admission_resize(struct admission *admission, uint64_t room_bytes);

uint64_t admission_room_bytes(struct admission *admission);
uint64_t admission_taken_bytes(struct admission *admission);
bool admission_is_idle(struct admission *admission);

/*
 * Waits until all earlier callers have been let in and `bytes` fit beside those that run. Holds nothing while waiting.
 * False, without having been let in, when `bytes` are more than the whole room, which may have become smaller.
 */
bool admission_enter(struct admission *admission, uint64_t bytes);
void admission_leave(struct admission *admission, uint64_t bytes);

#endif
